local dir : environment HOST_TEST_PLUGINS
program probe, plugin using("`dir'/probe.plugin")
scalar pi = 3.5
scalar text = "abc"
plugin call probe, scalar_use pi
plugin call probe, scalar_use text
plugin call probe, scalar_use nosuch
plugin call probe, scalar_save made .b
plugin call probe, scalar_save pi 4
plugin call probe, scalar_save "3x" 4
display made " " pi
