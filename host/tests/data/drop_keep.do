set obs 2000
gen a = _n
gen b1 = 1
gen b2 = 2
gen c = 3
drop in 1
drop if a > 1005
keep in 1/10
keep if a != 5
drop b*
ds
keep c
ds
capture noisily drop
display _rc
capture noisily drop nosuch
display _rc
capture noisily drop c if c == 3
display _rc
capture noisily keep c, clear
display _rc
drop if c == 3
display _N
drop _all
display _N " " c(k)
capture noisily drop c
display _rc
