local dir : environment HOST_TEST_PLUGINS
program probe, plugin using("`dir'/probe.plugin")
plugin call probe, macro_save color blue
display "$color"
plugin call probe, macro_use color 20
plugin call probe, macro_use color 5
plugin call probe, macro_use color 4
plugin call probe, macro_use nosuch 20
local shape round
plugin call probe, macro_use _shape 20
plugin call probe, macro_save _shape square
display "`shape'"
program outer
    local shape inner
    plugin call probe, macro_use _shape 20
    plugin call probe, macro_save _made here
    display "`made'"
end
outer
display "`shape' [`made']"
plugin call probe, macro_save "no name" x
plugin call probe, macro_save "" x
plugin call probe, macro_save color ""
display "[$color]"
