* save, use and their messages.
set obs 3
generate id = _n
generate str5 s = "ab" in 1/2
label data "A small file"
describe, short
save one
display "[`c(filename)'] `c(changed)' [`c(filedate)']"
capture noisily save one
display _rc
save one, replace
save, replace
save two, replace
replace id = 7 in 1
display c(changed)
capture noisily use one
display _rc
use one, clear
display "[`c(filename)'] `c(changed)'"
list
describe
use id using one
describe, simple
use s id using one.dta, clear
describe, simple
use in 2/3 using one, clear
list
use id if s == "" using one, clear
list
use if id > 1 & s == "ab" using one, clear
list
use using one in 1/2 if id > 1, clear
list
display c(changed)
capture noisily use nosuch
display _rc
capture noisily use id nosuch using one
display _rc
capture noisily use in 2/9 using one
display _rc
capture noisily use if nosuch > 1 using one
display _rc
list
capture noisily use if id > 1
display _rc
capture noisily use one two
display _rc
capture noisily use one, nosuch
display _rc
clear
capture noisily save empty
display _rc
save empty, emptyok
use empty
describe
capture noisily save
display _rc
clear
capture noisily save
display _rc
clear
set obs 1
generate x = 1
capture noisily save nosuch/file
display _rc
