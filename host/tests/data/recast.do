set obs 3
gen double x = 99.5 + _n
recast int x
recast int x, force
display x[1] " " x[2] " " x[3]
local t : type x
display "`t'"
gen str5 s = "abcd"
replace s = "ab" in 1
recast str3 s
recast str3 s, force
display s[1] " " s[2]
recast byte x
capture noisily recast str5 x
display _rc
capture noisily recast nosuch x
display _rc
recast strL s
local t : type s
display "`t' " s[2]
recast byte x
