* frame post adds an observation; gsort, generate() numbers groups.
frame create results str8 name double(b se) byte n
local who "second"
frame post results ("first") (1.5) (2/3) (7)
frame post results ("`who'") (.a) (sqrt(2)) (200)
frame results: list
frame results: describe, short
capture noisily frame post results ("x") (1) (2)
display _rc
capture noisily frame post results ("x") (1) (2) (3) (4)
display _rc
capture noisily frame post results (1) (1) (2) (3)
display _rc
capture noisily frame post nosuch (1)
display _rc
capture noisily frame post results 1 2 3 4
display _rc
frame results: count
frame change results
frame post results ("third") (b[1] * 2) (0) (1)
gsort -b, generate(rank)
list
display "`: sortedby'"
by rank: generate first = _n == 1
gsort n -b, generate(r2)
list n b r2
display "`: sortedby'"
capture noisily gsort -b, generate(b)
display _rc
