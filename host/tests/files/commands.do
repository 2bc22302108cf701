mkdir d1
capture noisily mkdir d1
display _rc
file open out using d1/x.txt, write
file write out "text" _n
file close out
copy d1/x.txt y.txt
capture noisily copy d1/x.txt y.txt
display _rc
copy d1/x.txt y.txt, replace
copy y.txt d1/z.txt
local files : dir "d1" files "*"
display `"`files'"'
local files : dir "d1" files "z*"
display `"`files'"'
local folders : dir "." dirs "*"
display `"`folders'"'
capture noisily local files : dir "nosuch" files "*"
display _rc
capture noisily rmdir d1
display _rc
erase d1/x.txt
rm "d1/z.txt"
capture noisily erase d1/x.txt
display _rc
rmdir d1
capture noisily cd nosuch
display _rc
capture noisily copy nosuch y.txt
display _rc
findfile y.txt, path(".")
return list
capture noisily findfile nosuch.ado
display _rc
timer on 1
timer off 1
timer off 2
quietly timer list
display r(nt1) " " (r(t1) < 5)
timer clear 1
timer list
display "`r(t1)'"
capture noisily timer on 101
display _rc
