local dir : environment HOST_TEST_PLUGINS
program probe, plugin using("`dir'/probe.plugin")
* without data
plugin call probe, nobs
plugin call probe, nvar
plugin call probe, nvars
plugin call probe, sample
set obs 6
gen a = 10
gen b = 20
gen c = 30
plugin call probe, nobs
* without a varlist, i counts the variables of the data
plugin call probe, nvars
plugin call probe, vdata 2 1
* with one, it counts in the varlist
plugin call probe c a, nvars
plugin call probe c a, nvar
plugin call probe c a, vdata 1 1
plugin call probe c a, vdata 2 1
plugin call probe c a, vdata 3 1
plugin call probe c a c, vdata 3 1
* observations keep their numbers
plugin call probe c in 3/5, sample
plugin call probe c if _n != 4 in 3/5, sample
plugin call probe c if _n > 5, sample
plugin call probe c if 0, sample
plugin call probe c in 3/5, ifobs 2
plugin call probe c in 3/5, ifobs 3
plugin call probe c in 3/5, vdata 1 6
plugin call probe, findvar b 0
plugin call probe c, findvar b 0
plugin call probe, findvar nosuch 1
plugin call probe, matsize
plugin call probe, version
plugin call probe, poll
plugin call probe, stopflag
