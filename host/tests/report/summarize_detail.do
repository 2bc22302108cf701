* summarize, detail: the block, Stata's percentiles, few and no observations, r().
local folder : environment DO_DIR
run "`folder'/auto.setup"
summarize price, detail
return list
summarize mpg in 1/2, detail
summarize make rep78 if mpg > 50, detail
clear
set obs 5
generate x = -2000000 * _n
label variable x "An even number of characters"
summarize x, detail
