* input reads its observations from the lines behind it
input id str5 name double(x y)
1 "Ann Bo" 1.5 .a
2 bob, -2e3 .
. "" .z
end
list, noobs
describe id name x
* a word where a number belongs is refused; Stata asks for the line again
input
three "c" 3 3
3 "c" 3 3
end
list id name in -1
* new variables fill the observations that are there
input byte grade
1
300
2
end
list id grade
capture noisily input id
1
end
display _rc
capture noisily input z
1 2
end
display _rc
clear
capture noisily input
end
display _rc
frame create other
quietly frame other: input a
5
6
end
frame other: display _N " " a[2]
