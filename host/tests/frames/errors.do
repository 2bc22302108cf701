* what frame refuses, and with which codes; nothing is left half done
capture noisily frame change nosuch
display _rc
capture noisily frame create default
display _rc
capture noisily frame create 2x
display _rc
capture noisily frame create
display _rc
capture noisily frame create f x x
display _rc
capture noisily frame create f str4
display _rc
capture noisily frame rename nosuch y
display _rc
frame create f
capture noisily frame rename default f
display _rc
capture noisily frame drop default
display _rc
capture noisily frame drop f nosuch
display _rc
confirm frame f
capture noisily frame drop f default
display _rc
confirm frame f
capture noisily frame copy nosuch g
display _rc
capture noisily frame put, into(g)
display _rc
capture noisily frame put x, into(g)
display _rc
capture noisily frame put x
display _rc
set obs 1
generate x = 1
capture noisily frame put x, into(f)
display _rc
capture noisily frame put if y, into(g)
display _rc
capture noisily frame fly
display _rc
capture noisily frame nosuch: display 1
display _rc
capture noisily confirm frame g
display _rc
capture noisily confirm new frame f
display _rc
confirm new frame g
confirm frame default
capture noisily frame f: error 111
display _rc " " c(frame)
capture noisily frame f {
    set obs 2
    nonsense
}
display _rc " " c(frame) " " _N
frame f: display _N
frame nosuch {
    display "not run"
}
