* Files that are no .dta files, or were.
file open f using text.dta, write text
file write f "id,x" _n "1,2" _n
file close f
set obs 1
generate y = 1
capture noisily use text, clear
display _rc
list
file open f using empty.dta, write text
file close f
capture noisily use empty, clear
display _rc
save good
file open f using good.dta, read write binary
file seek f 301
file write f %6s "JUNK!!"
file close f
capture noisily use good, clear
display _rc
capture noisily append using text
display _rc
capture noisily merge 1:1 _n using text
display _rc
capture noisily describe using text
display _rc
mkdir folder.dta
capture noisily use folder, clear
display _rc
