foreach x in a "b c" `"d "e""' {
    display `"[`x']"'
}
display "[`x']"
local list one two three
foreach x of local list {
    if "`x'" == "two" continue
    display "`x'"
}
global glist g h
foreach x of global glist {
    display "`x'"
}
foreach n of numlist 1/3 10(5)20 {
    display `n'
}
foreach x of newlist a b1-b3 {
    display "`x'"
}
set obs 1
generate alpha = 1
generate beta = 2
foreach v of varlist alp be* {
    display "`v'"
}
forvalues i = 1/3 {
    forvalues j = 10(10)30 {
        if `j' == 20 continue, break
        display `i' * `j'
    }
}
forvalues i = 3(-1)1 {
    display `i'
}
forvalues i = 0(.1).3 {
    display `i'
}
forvalues i = 1 3 to 7 {
    display `i'
}
forvalues i = 5/1 {
    display "never"
}
local i = 0
while `i' < 5 {
    local ++i
    if `i' == 2 continue
    if `i' == 4 continue, break
    display `i'
}
foreach x in 1 {
    local inner "set in the loop"
}
display "`inner'"
