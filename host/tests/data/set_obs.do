set obs 1000
set obs 2500
set obs 2500
capture noisily set obs 10
display _rc
capture noisily set obs many
display _rc
capture noisily set obs -1
display _rc
display _N
gen x = 1
set obs 2501
display x[2501]
clear
display _N
