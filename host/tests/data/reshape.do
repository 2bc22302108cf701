* reshape long and wide.
clear
input id sex inc80 inc81 inc82 ue80 ue81
2 1 2000 2200 3300 1 0
1 0 5000 5500 6000 0 1
3 0 3000 2000 1000 0 0
end
label variable inc80 "Income"
label data "Incomes"
reshape long inc ue, i(id) j(year)
describe
list, sepby(id)
reshape wide
list
describe
reshape long
drop in 1
reshape wide inc ue, i(id) j(year)
list id inc80 ue80 ue82 sex
clear
input str1 g t_a_x t_b_x str2 n_a n_b
"p" 1 2 "u" 3
end
capture noisily reshape long t_@_x n_, i(g) j(k) string
display _rc
drop n_a
reshape long t_@_x, i(g) j(k) string
list
reshape wide t_@_x, i(g) j(k) string
list
clear
input id j x z
1 1 10 5
1 1 11 5
end
capture noisily reshape wide x, i(id) j(j)
display _rc
replace j = 2 in 2
replace z = 6 in 2
capture noisily reshape wide x, i(id) j(j)
display _rc
replace j = . in 2
capture noisily reshape wide x z, i(id) j(j)
display _rc
capture noisily reshape long q, i(id) j(k)
display _rc
capture noisily reshape long x
display _rc
clear
input id x1 x2
1 10 20
1 30 40
end
capture noisily reshape long x, i(id) j(k)
display _rc
capture noisily reshape long
display _rc
replace id = 2 in 2
capture noisily reshape long x, i(id) j(x1)
display _rc
set obs 3
replace id = 3 in 3
forvalues k = 3/30 {
    quietly generate x`k' = `k'
}
reshape long x, i(id) j(k)
count
