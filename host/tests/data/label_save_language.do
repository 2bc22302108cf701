* label save writes a do-file; label values widens formats.
set obs 2
generate byte x = _n - 1
generate y = _n
label define yn 0 "no" 1 `"yes, "sure""' .a "a rather long text"
label define two 2 "zwei"
label save yn using labels
type labels.do
capture noisily label save yn using labels
display _rc
label save using labels, replace
type labels.do
capture noisily label save nosuch using labels, replace
display _rc
capture noisily label save yn
display _rc
label drop _all
do labels
label list
label values x yn
display "`: format x'"
label values y yn, nofix
display "`: format y'"
label define two 3 "a text of some length", add
label values y two
label define two 4 "a text of some more length", modify nofix
display "`: format y'"
label define two 5 "short", modify
display "`: format y'"
* Languages.
label language
return list
label data "The data"
label variable x "X in English"
label language de, new
describe
label data "Die Daten"
label variable x "X auf deutsch"
label define jn 0 "nein" 1 "ja"
label values x jn
char list
label language default
list
label language en, rename
label language fr, new copy
label language
label variable x "X en français"
display "`: variable label x' `: data label'"
label language de
display "`: variable label x' `: data label' `: value label x'"
label language de
capture noisily label language nosuch
display _rc
capture noisily label language fr, new
display _rc
capture noisily label language it, new delete
display _rc
capture noisily label language it, copy
display _rc
save languages
use languages, clear
label dir
label language de, delete
display "`: variable label x'"
label language fr, delete
label language
capture noisily label language en, delete
display _rc
char list
