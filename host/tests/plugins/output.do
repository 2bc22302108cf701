local dir : environment HOST_TEST_PLUGINS
program probe, plugin using("`dir'/probe.plugin")
plugin call probe, display "plain{space 3}{bf:bold}"
display ""
plugin call probe, error "an {err:error}"
display ""
* quietly hides what is displayed, not errors
quietly plugin call probe, display "hidden"
quietly plugin call probe, error "shown"
display ""
capture plugin call probe, error "hidden too"
display "end"
