set obs 4
gen n = _n - 1
replace n = . in 4
expand n
expand 2 if n == 1, generate(new)
display _N " " new[4] " " new[_N]
expand -1
capture noisily expand "a"
display _rc
