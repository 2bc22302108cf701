* notes: search, replace, renumber, ranges.
set obs 1
generate x = 1
generate y = 1
note: first of the data
note: second, about x
note: third
notes x: one
notes x: two, to be replaced
notes x: three
notes y: only
notes search about
notes search "to be"
notes search nothing of the kind
notes list x in 2/l
notes list _dta x in 2
notes replace x in 2: now: replaced
notes replace _dta in l: TS was the time
notes
notes drop x in 1/2
notes renumber x
notes x: four
notes x
notes drop _dta y
notes
char list
capture noisily notes replace x in 7: text
display _rc
capture noisily notes replace x: text
display _rc
capture noisily notes renumber nosuch
display _rc
capture noisily notes drop
display _rc
capture noisily notes nosuch: text
display _rc
capture noisily notes x in 0
display _rc
save f
use f, clear
notes
