clear
set obs 3
gen s = "id" + string(_n*11) + "x"
replace s = "none" in 2
gen digits = regexs(1) if regexm(s, "([0-9]+)")
list, noobs
