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
matrix M = (1, 2, 3 \ 4, 5, 6)
plugin call probe, rows M
plugin call probe, cols M
plugin call probe, rows nosuch
plugin call probe, mat_el M 2 1
plugin call probe, mat_store M 2 1 40
plugin call probe, mat_el M 2 1
plugin call probe, mat_store M 1 3 .
plugin call probe, mat_el M 1 3
plugin call probe, mat_el M 0 1
plugin call probe, mat_el M 3 1
plugin call probe, mat_el M 1 4
plugin call probe, mat_store nosuch 1 1 1
