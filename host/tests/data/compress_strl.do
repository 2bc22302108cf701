* a strL becomes a str# where that is smaller
set obs 3
gen strL s = "abc"
gen strL essay = 3000 * "x"
compress s
local t : type s
display "`t' [" s[2] "]"
compress essay
local t : type essay
display "`t'"
