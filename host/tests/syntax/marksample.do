set obs 6
generate x = _n
replace x = . in 2
generate str2 s = "a"
replace s = "" in 3
generate w = _n - 1
program p
  syntax varlist [if] [in] [fweight] [, m(string)]
  marksample touse, `m'
  local mark
  forvalues i = 1/6 {
    local mark `mark' `=`touse'[`i']'
  }
  display "`mark'"
end
p x
p x if x > 3
p x in 1/4
p x [fw=w]
p x [fw=w], m(zeroweight)
p x s
p x s, m(strok)
p x if x < 5, m(novarlist)
mark t if x < 5
markout t w s, strok
display t[1] t[2] t[3] t[4] t[5] t[6]
capture noisily markout nosuch x
display _rc
