set obs 3
gen x = _n
preserve
drop in 1
capture noisily preserve
display _rc
restore
display _N
capture noisily restore
display _rc
preserve
replace x = 10
restore, not
display x[1]
preserve
replace x = 20
restore, preserve
display x[1]
drop x
restore
display x[1]
