display `"[`: word count a "b c" d'] [`: word 2 of a "b c" d'] [`: word 9 of a']"'
local text the quick brown fox
display "[`: piece 1 10 of "`text'"'] [`: piece 2 10 of "`text'"'] [`: piece 3 10 of "`text'"']"
display "`: strlen local text' `: length local text'"
local u "é"
display "`: strlen local u' `: ustrlen local u'"
local s : subinstr local text " " "_"
display "`s'"
local s : subinstr local text "o" "0", all count(local n)
display "`s' `n'"
local list a ab a
local s : subinstr local list "a" "x", all word
display "`s'"
local c : copy local text
display "`c'"
global g `"a "b" c"'
local c : copy global g
display `"`c'"'
display "[`: display %9.2f 3.14159'] [`: di "x" 1+1']"
capture noisily local x : nonsense a
display _rc
