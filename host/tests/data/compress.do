* each variable takes the smallest type that holds all its values
set obs 3
gen double whole = _n
gen double big = 1e6 * _n
gen double huge = 1e12 * _n
gen double half = _n / 2
gen float fwhole = 100 * _n
gen long small = -_n
gen int edge = 100
gen int over = 101
gen double tags = .a
gen str20 s = "abc"
gen str5 empty = ""
gen byte b = 1
replace tags = 5 in 2
compress
display tags[1] " " tags[2]
compress
compress b
