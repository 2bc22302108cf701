set more off
set varabbrev off
display c(varabbrev)
set varabbrev on
set type double
display c(type)
set level 90
display c(level)
set linesize 60
display c(linesize)
capture noisily set more
display _rc
capture noisily set more maybe
display _rc
capture noisily set nosuchsetting on
display _rc
capture noisily set linesize 5
display _rc
capture noisily set type text
display _rc
clear
scalar s = 1
matrix m = (1, 2)
program p
end
clear all
capture display s
display _rc
capture p
display _rc
capture noisily clear nosuch
display _rc
shell echo from the shell
! exit 3
sleep 1
capture noisily mata: 1
display _rc
