local dir : environment HOST_TEST_PLUGINS
capture program x, plugin using("`dir'/nosuch.plugin")
display _rc
capture program x, plugin using("`dir'/refuse.plugin")
display _rc
capture program x, plugin using("`dir'/no_entry.plugin")
display _rc
set obs 4
* pginit may use the interface
program x, plugin using("`dir'/early.plugin")
plugin call x
* its state lives as long as it is loaded, under every name
plugin call x
capture noisily program x, plugin using("`dir'/early.plugin")
display _rc
program y, plugin using("`dir'/early.plugin")
plugin call y
program drop x
plugin call y
program drop y
program x, plugin using("`dir'/early.plugin")
plugin call x
