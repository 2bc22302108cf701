set obs 5
generate g = _n > 2
generate str1 s = "a"
replace s = "b" in 4/5
capture noisily by g: count
display _rc
bysort g: count
by g, sort: count if s == "b"
by g s, sort: count
bysort g (s): generate n = _n
by g: generate N = _N
list g s n N, clean noobs
label define yes 0 "no" 1 "yes"
label values g yes
by g: count
capture noisily by g: tempvar x
display _rc
program groups, byable(recall)
    syntax [if] [in]
    marksample touse
    count if `touse'
end
by g: groups
by g: groups if s == "b"
program plain
    display 1
end
capture noisily by g: plain
display _rc
