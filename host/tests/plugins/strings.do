local dir : environment HOST_TEST_PLUGINS
program probe, plugin using("`dir'/probe.plugin")
set obs 2
gen str5 s = "abc"
gen x = 1
gen strL l = "long text"
plugin call probe s x l, sdata 1 1
plugin call probe s x l, sstore 1 2 "exact"
plugin call probe s x l, sdata 1 2
* cut at the width, which is in bytes
plugin call probe s x l, sstore 1 2 "too long"
plugin call probe s x l, sdata 1 2
plugin call probe s x l, sstore 1 2 ""
plugin call probe s x l, sdata 1 2
plugin call probe s x l, sdatalen 1 1
plugin call probe s x l, sdatalen 1 2
plugin call probe s x l, is_string 1
plugin call probe s x l, is_string 2
plugin call probe s x l, is_string 3
plugin call probe s x l, is_string 4
plugin call probe s x l, is_strl 1
plugin call probe s x l, is_strl 3
* strL: the number of bytes copied, a NUL after them only where there is room
plugin call probe s x l, sdatalen 3 1
plugin call probe s x l, strldata 3 1 9
plugin call probe s x l, strldata 3 1 10
plugin call probe s x l, strldata 3 1 4
plugin call probe s x l, strldata 1 1 9
plugin call probe s x l, strldata 3 5 9
plugin call probe s x l, is_binary 3 1
plugin call probe s x l, sdata 3 1
plugin call probe s x l, sstore 3 2 "new"
plugin call probe s x l, strldata 3 2 9
plugin call probe s x l, sdata 2 1
plugin call probe s x l, sstore 2 1 "5"
plugin call probe s x l, sdatalen 2 1
display s[1] "|" s[2] "|" l[1] "|" l[2]
