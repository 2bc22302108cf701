capture noisily foreach x in a b
display _rc
capture noisily foreach x on a b {
}
display _rc
capture noisily forvalues i = 1/`none' {
}
display _rc
capture noisily forvalues i = 1/_N {
}
display _rc
capture noisily while 1
display _rc
capture noisily foreach x in a { display 1 }
display _rc
capture noisily if 1 {display 1}
display _rc
capture noisily if 1
display _rc
