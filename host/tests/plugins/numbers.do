local dir : environment HOST_TEST_PLUGINS
program probe, plugin using("`dir'/probe.plugin")
set obs 3
gen byte b = _n
gen int i = 100 * _n
gen long l = 1e6 * _n
gen float f = _n / 4
gen double d = _n / 10
gen str3 s = "abc"
* values as doubles
plugin call probe b i l f d s, vdata 1 3
plugin call probe b i l f d s, vdata 2 3
plugin call probe b i l f d s, vdata 3 3
plugin call probe b i l f d s, vdata 4 3
plugin call probe b i l f d s, vdata 5 3
* the ends of a range are kept, beyond is missing with rc 0
plugin call probe b i l f d s, vstore 1 1 100
plugin call probe b i l f d s, vstore 1 2 101
plugin call probe b i l f d s, vstore 2 1 -32767
plugin call probe b i l f d s, vstore 2 2 -32768
plugin call probe b i l f d s, vstore 3 1 2147483620
plugin call probe b i l f d s, vstore 3 2 2147483621
plugin call probe b i l f d s, vstore 4 1 1e38
plugin call probe b i l f d s, vstore 4 2 1e39
plugin call probe b i l f d s, vstore 5 1 nan
plugin call probe b i l f d s, vstore 5 2 inf
* fractions are cut off, tags are kept
plugin call probe b i l f d s, vstore 1 3 -1.9
plugin call probe b i l f d s, vstore 2 3 .
plugin call probe b i l f d s, vstore 3 3 .a
plugin call probe b i l f d s, vstore 4 3 .z
plugin call probe b i l f d s, vstore 5 3 .m
display b[1] " " b[2] " " b[3]
display i[1] " " i[2] " " i[3]
display %12.0f l[1] " " l[2] " " l[3]
display f[1] " " f[2] " " f[3]
display d[1] " " d[2] " " d[3]
plugin call probe b i l f d s, vdata 3 3
plugin call probe b i l f d s, vdata 4 3
* no such variable or observation, no number
plugin call probe b i l f d s, vdata 0 1
plugin call probe b i l f d s, vdata 7 1
plugin call probe b i l f d s, vdata 1 0
plugin call probe b i l f d s, vdata 1 4
plugin call probe b i l f d s, vstore 1 -1 5
plugin call probe b i l f d s, vdata 6 1
plugin call probe b i l f d s, vstore 6 1 5
plugin call probe, is_missing .z
plugin call probe, is_missing 8e307
plugin call probe, is_missing nan
