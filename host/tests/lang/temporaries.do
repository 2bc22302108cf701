set obs 2
program temps
    tempvar v
    tempname s
    tempfile f
    generate `v' = 1
    scalar `s' = 2
    display `v'[1] + `s'
    file open h using `"`f'"', write text
    file close h
    confirm file `"`f'"'
    c_local var `v'
    c_local scal `s'
    c_local path `f'
    if "`1'" != "" error `1'
end
temps
capture confirm variable `var'
display _rc
capture display `scal'
display _rc
capture confirm file `"`path'"'
display _rc
capture temps 9
display _rc
capture confirm file `"`path'"'
display _rc
program keeps
    preserve
    drop _all
    if "`1'" != "" error `1'
end
generate x = 1
keeps
display _N
capture keeps 9
display _N
