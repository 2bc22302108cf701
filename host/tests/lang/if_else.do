local x 2
if `x' == 1 {
    display "one"
}
else if `x' == 2 {
    display "two"
}
else {
    display "other"
}
if `x' == 1 display "one"
else display "not one"
if `x' > 1 & "`x'" != "" display "both"
if (`x' == 3) {
    display "skipped"
}
else if `x' == 4 display "skipped"
else if `x' == 2 display "chosen"
else display "skipped"
quietly if 1 {
    noisily display "prefixed"
}
if 0 {
    if 1 {
        display "nested, skipped"
    }
    else {
        display "skipped too"
    }
}
capture noisily if "a" display 1
capture noisily else display 1
