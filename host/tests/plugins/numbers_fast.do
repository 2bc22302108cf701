local dir : environment HOST_TEST_PLUGINS
program probe, plugin using("`dir'/probe_fast.plugin")
set obs 2
gen byte b = _n
gen str3 s = "abc"
plugin call probe b s, vdata 1 2
plugin call probe b s, vstore 1 1 .c
plugin call probe b s, vdata 1 1
plugin call probe b s, vdata 1 3
plugin call probe b s, vdata 2 1
