* capture noisily { }: the error is noted and the block closed, as in Stata 18.
clear
set obs 1
generate price = 1
capture noisily {
    foreach v of varlist price nosuchvar {
        display "`v'"
    }
    display "never"
}
display _rc
capture noisily {
    if 1 {
        display "inside"
        error 9
    }
    display "never"
}
display _rc
capture {
    display "not shown"
    error 9
}
display _rc
capture noisily generate = 1
display _rc
program quiet_inside
    capture noisily {
        error 9
    }
end
quiet_inside
display _rc
foreach v of varlist price nosuchvar {
    display "never"
}
