display 2+2
display "a" "b" 3
display "a", 3
display "x = " %9.3f 3.14159 " y = " %-8.1f 2 "|"
display %10s "abc" "|" %-10s "abc" "|"
display as text "t" as result 1 as error "e" _n "next"
display _dup(3) "ab" _skip(4) "c" _col(20) "d"
display "no newline" _continue
display " ... here"
display "{hline 10}{c +}{hline 3}"
display `"say "hi""'
display "a" + "b"
display 1/3, -1/3, 1e10, 123456789, .
display 1 == 1
display -2^2
display "before " nope
