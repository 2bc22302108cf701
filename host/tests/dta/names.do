* Names of files: extensions, blanks, letters beyond ASCII, temporary files.
set obs 1
generate x = 1
save "with blank"
confirm file "with blank.dta"
save "größe ✓.dta"
mkdir "été"
save "été/a.b"
use "été/a.b"
display "`c(filename)'"
save other.xyz
use other.xyz
display "`c(filename)'"
mkdir "v1.2"
save "v1.2/plain"
use `"v1.2/plain"'
display "`c(filename)'"
tempfile t
quietly save `t'
confirm file `t'
use `t', clear
use "with blank", clear
display "`c(filename)'"
append using "with blank" "größe ✓"
count
erase "with blank.dta"
capture noisily confirm file "with blank.dta"
display _rc
capture noisily use with blank
display _rc
capture noisily use https://example.com/auto, clear
display _rc
capture noisily sysuse auto, clear
display _rc
capture noisily webuse auto, clear
display _rc
