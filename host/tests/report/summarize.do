* The table of summarize: strings, missing values, separators, formats, by, stored results.
local folder : environment DO_DIR
run "`folder'/auto.setup"
summarize
summarize price mpg, separator(1)
summarize price weight headroom, format
summarize rep78 if foreign in 50/60
by foreign: summarize mpg rep78
summarize displ gear, sep(0)
summarize price if mpg > 40
return list
summarize price if mpg > 50
return list
summarize price, meanonly
return list
quietly summarize mpg
display r(N) " " r(sum) " " r(min) " " r(max)
summarize price make
display r(N)
