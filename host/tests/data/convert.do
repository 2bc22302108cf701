set obs 3
gen str5 s = "b"
replace s = "a" in 2
replace s = "" in 3
label variable s "letters"
encode s, generate(code)
label list
display code[1] " " code[2] " " code[3]
local l : variable label code
display "`l'"
decode code, generate(back)
display "[" back[1] "][" back[2] "][" back[3] "]"
capture noisily encode code, generate(x)
display _rc
capture noisily decode s, generate(x)
display _rc
gen str8 number = "100"
replace number = "200" in 2
replace number = "" in 3
gen str8 mixed = "1,234"
replace mixed = "x" in 2
destring number, replace
display number[2] + 1
destring mixed, generate(m)
destring mixed, generate(m) force
destring mixed, generate(m2) ignore(",x")
display m[1] " " m2[1] " " m2[2]
destring number, replace
tostring number, replace
gen half = 1.5
tostring half, generate(h)
display h[1] + "|" + number[3]
gen double third = 1/3
tostring third, replace
capture noisily destring s
display _rc
ds
