set obs 1
foreach v in a b c d e {
    gen `v' = 1
}
rename a first
ds
rename (b c) (c b)
ds
rename * *_x
ds
rename (first_x d_x) =1
ds
rename *_x* *
ds
rename _all, upper
ds
rename C-B, lower
ds
capture noisily rename nosuch x
display _rc
capture noisily rename c b
display _rc
capture noisily rename c 3c
display _rc
capture noisily rename (c b) (x x)
display _rc
capture noisily rename (c b) (x y z)
display _rc
clear
set obs 1
foreach v in x10 x2 z a x1 {
    gen `v' = 1
}
order a
ds
order z, last
ds
order x1, before(x10)
ds
order a, after(x2)
ds
order _all, alphabetic
ds
order _all, sequential
ds
capture noisily order a, first last
display _rc
