capture nosuchcommand
display _rc
capture noisily nosuchcommand
display _rc
capture display "not shown"
display _rc
capture noisily {
    display "shown"
    error 459
    display "never"
}
display _rc
capture {
    noisily display "noisily overrides"
    exit 7
}
display _rc
capture quietly capture noisily error 111
display _rc
quietly display "not shown"
quietly {
    noisily display "shown"
    capture noisily error 9
}
display _rc
capture: capture error 5
display _rc
cap noi qui n: display "prefixes in any order"
program fails
    display "before"
    error 198
    display "never"
end
quietly capture fails
display _rc
capture noisily fails
display _rc
quietly fails
