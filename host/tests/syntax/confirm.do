set obs 2
generate price = 1
generate str5 make = "a"
confirm variable price
confirm numeric variable pri
capture noisily confirm variable pri, exact
display _rc
capture noisily confirm numeric variable price make
display _rc
capture noisily confirm string variable price
confirm str5 variable make
capture noisily confirm byte variable price
confirm new variable other
capture noisily confirm new variable price
display _rc
capture noisily confirm new variable 1a
display _rc
confirm integer number -3
capture noisily confirm integer number 3.5
display _rc
capture noisily confirm number abc
capture noisily confirm number
confirm number -1e5
confirm names a _b
capture noisily confirm names a 1b
capture noisily confirm file nosuch.txt
display _rc
confirm new file nosuch.txt
capture noisily confirm new file "no/such/dir/x"
display _rc
confirm existence x
capture noisily confirm existence
display _rc
confirm format %9.2f
confirm string format %-10s
capture noisily confirm numeric format %9s
capture noisily confirm format 9
scalar s = 1
confirm scalar s
capture noisily confirm scalar t
display _rc
capture noisily confirm matrix m
capture noisily confirm frame f
capture noisily confirm nonsense x
display _rc
novarabbrev confirm variable price
capture noisily novarabbrev confirm variable pri
confirm variable pri
