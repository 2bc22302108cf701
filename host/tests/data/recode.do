* recode: rules, new variables, labels.
clear
input byte x y
1 5
2 6
3 .
4 7
5 .a
. 8
end
label variable x "The x"
recode x (1 2 = 1) (3 = 2) (4/5 = 3), generate(x3)
list
recode x (1/2 = 1 "low") (3/max = 2 "high, or so") (missing = .a "none"), generate(x2)
describe x2 x3
label list
list x x2
recode x y (min/2=0) (nonmissing=1) (else=.), prefix(n_)
list
recode y 5=500 6/7=2.5
list y
describe y
recode y (500 = 1) if x == 1
recode x (1=2) (2=1) in 1/2
list x
recode x (* = 9) in 1/3, generate(only)
recode x (* = 9) in 1/3, generate(all) copyrest
list x only all
capture noisily recode x (1=2), generate(a b)
display _rc
capture noisily recode x (1=2 "two")
display _rc
capture noisily recode x (1.5=x)
display _rc
capture noisily recode x
display _rc
capture noisily recode x (1=2.5 "half"), generate(z)
display _rc
capture noisily recode nosuch (1=2)
display _rc
capture noisily recode x (1=2), generate(y)
display _rc
