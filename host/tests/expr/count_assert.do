set obs 1234
gen x = _n
count
count if x > 1230
count in 1/10
display r(N)
assert x > 0
assert 1
capture noisily assert x > 2
display _rc
capture noisily assert x == 5
capture noisily assert 1 == 2
assert x < 1234
