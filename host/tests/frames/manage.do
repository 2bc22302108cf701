* create, change, copy, rename, drop, put, dir: frames as [D] frames says
frame
display "`r(currentframe)' `c(frame)'"
frames dir
set obs 3
generate x = _n
label data "three numbers"
frame create b
frame create results str4 name double(mean sd) int n1-n2
frames dir
display "`r(frames)'"
frame change results
describe, simple
display c(frame) " " c(N) " " c(k) " " c(changed)
foreach v of varlist * {
    display "`v' `: type `v''"
}
cwf default
assert _N == 3 & x == _n
frame copy default twin
frame twin: replace x = 10 * x in 1
assert x[1] == 1
frame rename b renamed
frame rename default main
pwf
capture noisily frame copy twin renamed
frame copy twin renamed, replace
frame renamed: display x[1]
generate str3 s = "obs"
frame put x if x > 1, into(part)
frame part: list
frame put s, into(text)
frame text: describe, simple
frame put in 2, into(second)
frame second {
    display x
    replace x = 7
}
display x[2]
generate byte g = x > 1
bysort g: frame put x if _n == 1, into(firsts)
frame firsts: list
mkf last
frame drop last part text
frames dir
frames reset
frames list
