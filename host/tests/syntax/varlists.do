set obs 3
generate price = _n
generate byte foreign = _n > 2
generate str3 make = "abc"
program p
  syntax [varlist] [if] [in] [, by(varlist) one(varname numeric) new(newvarname)]
  display "[`varlist'] [`if'] [`in'] [`by'] [`one'] [`new']"
end
p
p pri for if price > 1 in 2/3
p make, by(pri for) one(fo) new(z)
capture noisily p nosuch
display _rc
capture noisily p, by(nosuch)
display _rc
capture noisily p, one(make)
display _rc
capture noisily p, one(price foreign)
display _rc
capture noisily p, new(price)
display _rc
program q
  syntax varlist(numeric min=2 max=2)
  display "`varlist'"
end
q price foreign
capture noisily q
display _rc
capture noisily q price
display _rc
capture noisily q price foreign price
display _rc
capture noisily q price make
display _rc
program none
  syntax [varlist(default=none)] [=/exp]
  display "[`varlist'] [`exp']"
end
none
none price = 2 + 3
program fresh
  syntax newvarlist(generate) [, k]
  display "`varlist' : `typlist'"
end
fresh a double b c
fresh long(d1-d3)
display "`: type a' `: type b' `: type c' `: type d2'"
capture noisily fresh price
display _rc
