set obs 2
generate double price = 1.5
generate byte rep = _n
label variable price "The price, in $"
label define replbl 1 "one" 2 "twenty-two"
label values rep replbl
label data "my data"
format price %9.2f
char price[unit] dollars
char price[base] 1
char _dta[source] here
sort rep
display "`: type price' `: format price' `: variable label price' `: value label rep'"
display "`: data label' | `: sortedby'"
display "`: label (rep) 2' `: label replbl 1' `: label replbl 2 6' `: label (rep) 3' [`: label (rep) 3, strict'] `: label replbl maxlength'"
display "`: char price[unit]' [`: char price[]'] [`: char price[none]'] `: char _dta[source]'"
display "`: type pri'"
capture noisily local t : type nosuch
display _rc
display "`: permname price' `: permname fresh'"
