* A tour of what adohost runs: build/bin/adohost examples/tour.do
version 14.1
clear
set seed 12345
set obs 200

* Data: types, labels, formats, missing values
generate int id = _n
generate byte group = 1 + mod(_n, 3)
label define group 1 "control" 2 "low dose" 3 "high dose"
label values group group
generate double score = 10 + 2*group + runiform()
replace score = .a in 1/5
label variable score "Test score"
generate visit = td(23nov2026) + int(30*runiform())
format visit %td

describe
summarize score, detail
tabulate group
bysort group (id): summarize score
list id group score visit in 1/4, sepby(group)

* A program with Stata's own syntax
program spread, rclass
    syntax varname [if] [in] [, Title(string)]
    marksample touse
    quietly summarize `varlist' if `touse'
    display as text `"`title'"' as result %9.3f r(max) - r(min)
    return scalar spread = r(max) - r(min)
end

foreach level of numlist 1/3 {
    spread score if group == `level', title("group `level': ")
}
return list

* Errors have Stata's codes
capture noisily summarize nosuchvariable
display _rc
