set obs 4
gen byte x = _n
replace x = 100
replace x = 101 in 1
replace x = 40000 in 2
replace x = 1.5 in 3
replace x = . in 4
replace x = . if x > 1000
replace x = 7 if x == 8
gen s = "ab"
replace s = "abcd" in 2
replace s = "" in 1
gen long y = 1
replace y = y[_n-1] + y if _n > 1
list
gen byte z = 1
replace z = 500, nopromote
list z, noobs
