capture log close
display _rc
capture noisily log close
quietly log using one.log
capture noisily log using two.log, text
display _rc
quietly log close
capture log using one.log, text
display _rc
quietly log using one.log, text append
quietly log close
capture noisily log using three, smcl
display _rc
