* What a file holds comes back: types, formats, labels, characteristics, notes, order.
clear
set obs 4
generate byte b = cond(_n == 1, -127, cond(_n == 2, 100, cond(_n == 3, ., .a)))
generate int i = cond(_n == 1, -32767, cond(_n == 2, 32740, cond(_n == 3, ., .z)))
generate long l = cond(_n == 1, -2147483647, cond(_n == 2, 2147483620, .b))
generate float f = cond(_n == 1, -1.5, cond(_n == 2, 1.7e38, .c))
generate double d = cond(_n == 1, 1/3, cond(_n == 2, -8e307, .d))
generate str3 s = cond(_n == 1, "a b", cond(_n == 2, "é", ""))
generate strL t = cond(_n < 3, "a long text " * 10, "")
replace t = char(0) + "x" in 3
generate long day = 20000 + _n
format day %td
format d %12.4f
format s %-12s
label data `"Größe "quoted" \$money"'
label variable b `"A label with "quotes", a \`backquote and a \$dollar"'
label variable s `"“Curly” ü"'
label define yn 0 "no" 1 "yes" .a "refused" -127 `"say "hi""'
label values b yn
label define orphan 1 "nobody"
note: first note
note b: a note of b
char b[key] `"some "text" with \`quotes'"'
char _dta[other] "x"
sort b l
save all
clear
use all
describe
list, nolabel
list b
label dir
label list
notes
char list
display `"[`: variable label b'] [`: variable label s'] [`: data label']"'
display strlen(t[3]) " " strlen(t[1]) " " (d[1] == 1/3 | d[2] == 1/3 | d[3] == 1/3)
display "`: sortedby'"
label define orphan 1 "nobody"
save all, replace orphans
use all, clear
label dir
save all, replace nolabel
use all, clear
label dir
display "[`: value label b']"
