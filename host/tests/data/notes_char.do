set obs 1
gen x = 1
gen y = 1
char x[one] this is char named one of x
char define y[two] `"quoted "text" here"'
char _dta[three] of the data
char list
char list x[]
char list y[two]
display `"`: char y[two]'"'
char x[one]
char list x[]
char rename y x
char list
note: a first note
note: a second one: with a colon
notes x: about x
notes
notes list x
notes drop _dta in 1
notes
notes x: this note is so long that it has to be wrapped below its first word because the line has an end
notes x
char list _dta[]
capture noisily char nosuch[a] text
display _rc
capture noisily char x[3] text
display _rc
