* The globals S_FN and S_FNDATE are the name of the data and the date in it
quietly set obs 2
generate x = _n
quietly save base.dta
display "`c(filename)'|$S_FN"
local name : copy global S_FN
local date : copy global S_FNDATE
assert "$S_FNDATE" == "`c(filedate)'" & "`date'" != ""
global S_FN
global S_FNDATE
display "`c(filename)'|`c(filedate)'|$S_FN|"
macro drop _all
save, replace
