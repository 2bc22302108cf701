local dir : environment HOST_TEST_PLUGINS
program probe, plugin using("`dir'/probe.plugin")
plugin call probe
plugin call probe,
plugin call probe, args one two
plugin call probe, args "one two" three
plugin call probe, args "" x ""
plugin call probe, args `"say "hi""' "a, b"
local n 5
plugin call probe, args `n' "`n'/`=`n'+1'"
capture plugin call probe, rc 498
display _rc
capture noisily plugin call nosuch, args
display _rc
capture noisily plugin call probe nosuch, args
display _rc
capture noisily plugin nosuch
display _rc
capture noisily plugin call probe using x, args
display _rc
plugin call probe, rc 7
