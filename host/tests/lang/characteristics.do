* `x[name]' and `_dta[name]' expand to characteristics
set obs 1
generate price = 1
char price[unit] dollars
char _dta[source] the survey's office
local name unit
display "`price[unit]' `price[`name']'"
display "`_dta[source]'"
display "<`price[none]'> <`nosuch[unit]'> <`_dta[none]'>"
local text "`price[unit]' per piece"
display "`text'"
