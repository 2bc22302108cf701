set obs 1
foreach v in price mpg rep78 weight rep_cost {
    gen `v' = 1
}
ds p*
ds mpg-weight
ds mpg - rep78 price
ds *ep*
ds w
ds r?p78
ds m~g
capture noisily ds rep
display _rc
capture noisily ds nosuch
display _rc
capture noisily ds z*
display _rc
capture noisily ds weight-mpg
display _rc
capture noisily ds i.rep78
display _rc
set varabbrev off
capture noisily ds w
display _rc
ds, has(type numeric)
ds, not(type float)
