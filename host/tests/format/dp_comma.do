* set dp comma: what is shown has a comma, what programs read has not.
set obs 3
generate x = _n * 1234.5
set dp comma
display 1.5 " " %12.2fc 1234567.891 " " %8.2e 0.00123 " " %21x 1.5
list
format x %12.1fc
list
summarize x
local a = 1.5
display "`a'"
display string(2.25) " " string(3.125, "%9.2f")
numlist "1.5(.5)3"
display "`r(numlist)'"
scalar s = x[2]
assert s == 2469
display `a' + 1
generate y = real("1.5")
list y in 1
regress x y
display `"`: display 2.5'"'
set dp period
display 1.5 " " %12.2fc 1234567.891
display %9,2f 1.5
