numlist "1/3 8(2)12 0(.1).7"
display "`r(numlist)'"
numlist "3 1 2", sort
display "`r(numlist)'"
capture noisily numlist "1 2 a"
display _rc
capture noisily numlist "2 1", ascending
display _rc
capture noisily numlist "5", range(>=0 <5)
display _rc
foreach x of numlist 0(.1).7 {
  display "`x'" _continue " "
}
display ""
set obs 4
generate a1 = 5 - _n
generate a2 = _n > 2
generate str3 name = cond(_n < 3, "b c", "a")
replace a1 = . in 4
unab v : a* name
display "`v'"
capture noisily unab v : a*, max(1)
display _rc
capture noisily unab v : a*, max(1) name(by())
levelsof a1
return list
levelsof a1, local(l) missing separate(,)
levelsof name if a2, clean
levelsof name
