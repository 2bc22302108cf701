global one 1
scalar sc = 2
scalar st = "x"
display "`: all globals "on*"' `: all scalars' `: all numeric scalars' `: all string scalars'"
numlist "1 2"
display "`: r(macros)' [`: r(scalars)']"
display "[`: environment NO_SUCH_VARIABLE'] `: adosubdir "Name"'"
display "`: sysdir SITE'"
display "`c(os)' `c(stata_version)' `c(edition)' `c(edition_real)' [`c(nosuch)'] `c(maxbyte)' `c(pi)'"
display c(N) " " c(k) " " c(changed) " `c(frame)' `c(type)' `c(varabbrev)' `c(dp)'"
set varabbrev off
set dp comma
display "`c(varabbrev)' `c(dp)'"
numlist "0(.5)1"
display "`r(numlist)'"
set dp period
version 14.1: display c(version)
display c(max_N_theory)
local t : tempvar
confirm new variable `t'
local f : tempfile
confirm new file `f'
capture noisily local t : tempvar x
