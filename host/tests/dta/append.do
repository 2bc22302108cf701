* append: types, labels, new variables, several files.
set obs 2
generate byte x = _n
generate str2 s = "ab"
generate byte only1 = 1
label define yn 1 "yes"
label values x yn
note: shared
note x: of x in the first
save first
clear
set obs 2
generate int x = 300 + _n
generate str5 s = "abcde"
generate double only2 = 2.5
format only2 %9.2f
label variable only2 "Only there"
label define yn 1 "other"
label values x yn
label define extra 2 "two"
label values only2 extra
note: shared
note: from the second
note x: of x in the second
save second
use first, clear
append using second
list, nolabel
describe
label list
notes
append using second, nolabel nonotes
count
use first, clear
append using second first, generate(from) keep(x only*)
list
describe, simple
capture noisily append using second, generate(from)
display _rc
use first, clear
append using second, keep(s)
list
capture noisily append using second, keep(nosuch)
display _rc
clear
append using second
describe
display "[`c(filename)'] `c(changed)'"
clear
set obs 1
generate str1 x = "a"
capture noisily append using first
display _rc
append using first, force
list
clear
set obs 1
generate x = 1.5
generate s = 9
capture noisily append using first
display _rc
append using first, force
list
describe
capture noisily append using nosuch
display _rc
capture noisily append
display _rc
clear
set obs 1
generate strL s = "long"
append using first
list
use first, clear
generate strL t = "text"
append using second
describe s t
list x t
