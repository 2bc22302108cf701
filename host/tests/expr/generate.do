set obs 5
generate x = _n
generate byte b = 3 in 1/2
generate double d = x/3 if x > 1
generate s = "n" + string(x)
generate str2 cut = "abcdef"
generate str longer = "a"*x
generate long lagged = x[_n-1]
generate first:lbl = x == 1
list, noobs
generate float y = nope
