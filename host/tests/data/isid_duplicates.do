set obs 6
gen id = _n
gen g = ceil(_n / 2)
gen str1 s = "a"
isid id
isid g id
capture noisily isid g
display _rc
capture noisily isid g s
display _rc
replace id = . in 6
capture noisily isid id
display _rc
isid id, missok
duplicates report
duplicates report g
return list
duplicates tag g, generate(copies)
display copies[1]
capture noisily duplicates drop g
display _rc
duplicates drop g, force
duplicates drop
