* describe using: a file's variables without reading its observations.
set obs 2
generate a_name_longer_than_fifteen = _n
generate b = _n
generate str8 c = "x"
label variable b "The second"
label data "A file"
note: about it
sort b c
save f
clear
describe using f
return list
describe using f, short varlist
return list
describe b c using f
describe *_* using f
describe using f, simple
capture noisily describe b-c using f
display _rc
capture noisily describe nosuch using f
display _rc
capture noisily describe using nosuch
display _rc
capture noisily describe using f, fullnames
display _rc
count
