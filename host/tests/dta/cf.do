* cf compares values only.
clear
input id x str3 s
1 1 "a"
2 . "b"
3 3 "c"
end
save f
cf _all using f
cf _all using f, all
replace x = .a in 2
replace s = "" in 3
generate new = 1
label variable x "changes nothing"
capture noisily cf _all using f
display _rc
capture noisily cf _all using f, all verbose
display "`r(Nsum)'"
cf id using f
drop s
generate s = 1
capture noisily cf s using f
display _rc
drop in 1
capture noisily cf id using f
display _rc
capture noisily cf nosuch using f
display _rc
