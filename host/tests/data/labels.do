set obs 2
gen x = _n
gen str1 s = "a"
label data "About things"
label variable x "The x"
local l : variable label x
display "`l'"
label define yn 1 "yes" 2 "no" .a "refused"
label list
return list
label define yn 3 "maybe", add
label define yn 2 "never", modify
label list yn
capture noisily label define yn 1 "other"
display _rc
capture noisily label define yn 1 "other", add
display _rc
label define yn 0 "zero", replace
label values x yn
label define second 1 "one"
label dir
label copy yn third
capture noisily label values s yn
display _rc
capture noisily label list nosuch
display _rc
capture noisily label define bad 1.5 "half"
display _rc
capture noisily label variable nosuch "x"
display _rc
capture noisily label nosuch
display _rc
label drop second
label values x
label dir
label drop _all
label dir
