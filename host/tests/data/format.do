set obs 1
gen x = 1234.5
gen double d = 20000
gen str4 s = "a"
format x %9.2f
format d %td
format %-10s s
format
format x d
display "`: format x' `: format s'"
capture noisily format x %9q
display _rc
capture noisily format s %9.0g
display _rc
capture noisily format %9.0g
display _rc
