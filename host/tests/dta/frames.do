* Files and frames; varabbrev off; a comma for decimals.
set varabbrev off
set obs 2
generate identifier = _n + 0.5
save a
frame create f
frame f: use a
frame f: replace identifier = 7 in 1
frame f: save b
frame f: display "`c(filename)' `c(changed)'"
display "`c(filename)' `c(changed)'"
cf _all using a
capture noisily use ident using a, clear
display _rc
use identifier using a, clear
set dp comma
list
merge 1:1 _n using b, nogenerate
list
preserve
use b, clear
restore
list
display "`c(filename)'"
program inner
    preserve
    use b, clear
    error 9
end
capture inner
list
