capture noisily }
display _rc
capture noisily 5
display _rc
