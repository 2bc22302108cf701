* What a program puts back is what save, replace writes to
quietly set obs 2
generate x = _n
quietly save base.dta
local name : copy global S_FN
quietly save other.dta
global S_FN `"`macval(name)'"'
save, replace
frame create f
frame f: display "`c(filename)'|$S_FN|"
preserve
quietly save third.dta
restore
display "$S_FN"
