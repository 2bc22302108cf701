* The format of Stata 13, and what cannot be written.
set obs 2
generate x = _n
generate strL t = "text" + string(_n)
label variable x "é"
saveold old, version(13)
saveold old, version(13) replace
use old, clear
list
display "[`: variable label x']"
saveold new, version(14)
capture noisily saveold older, version(12)
display _rc
capture noisily saveold old, version(99)
display _rc
capture noisily saveold
display _rc
file open f using old.dta, read binary
file read f %28s start
file close f
display "[`start']"
file open f using new.dta, read binary
file read f %31s start
file close f
display "[`start']"
