set obs 5
gen x = mod(_n, 3)
gen y = _n
replace x = .b in 2
replace x = . in 4
sort x
display x[1] x[2] x[3] x[4] x[5] " " y[1] y[2] y[3] y[4] y[5]
local by : sortedby
display "`by'"
gsort -x y
display x[1] x[2] x[3] x[4] x[5] " " y[1] y[2] y[3] y[4] y[5]
local by : sortedby
display "[`by']"
gsort -x, mfirst
display x[1] x[2] x[3] x[4] x[5]
gen str2 s = "b"
replace s = "a" in 2
replace s = "" in 3
replace s = "B" in 4
sort s y
display "[" s[1] "][" s[2] "][" s[3] "][" s[4] "][" s[5] "]"
local by : sortedby
display "`by'"
capture noisily sort nosuch
display _rc
capture noisily sort
display _rc
