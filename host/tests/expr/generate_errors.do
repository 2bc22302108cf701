set obs 2
gen x = 1
capture noisily gen x = 2
capture noisily gen 1x = 2
capture noisily gen y
capture noisily gen y z = 1
capture noisily gen y = "a" + 1
capture noisily gen byte y = "a"
capture noisily gen str5 y = 1
capture noisily gen y = foo(1)
capture noisily gen y = (1
capture noisily gen y = 1 in 1/3
capture noisily gen y = 1, nosuch
capture noisily replace nope = 1
capture noisily replace x = "a"
capture confirm variable y
display _rc
