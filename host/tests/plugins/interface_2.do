* a plugin built against the older table of 424 bytes
local dir : environment HOST_TEST_PLUGINS
program old, plugin using("`dir'/probe_v2.plugin")
set obs 2
gen x = _n
gen str4 s = "text"
plugin call old x s, vdata 1 2
plugin call old x s, vstore 1 2 9
plugin call old x s, vdata 1 2
plugin call old x s, sdata 2 1
plugin call old x s, is_string 2
plugin call old x s, nvars
