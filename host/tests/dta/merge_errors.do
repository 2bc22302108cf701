* What merge refuses.
clear
input id str3 k
1 "a"
1 "b"
2 "c"
end
save twice
clear
input id
1
2
end
save once
capture noisily merge 1:1 id using twice
display _rc
capture noisily merge m:1 id using twice
display _rc
use twice, clear
capture noisily merge 1:1 id using once
display _rc
capture noisily merge 1:m id using once
display _rc
generate g = 1
save twice2
capture noisily merge 1:1 id g using twice2
display _rc
rename id id2
rename k id
capture noisily merge m:1 id using once
display _rc
capture noisily merge m:1 nosuch using once
display _rc
capture noisily merge m:1 g using once
display _rc
generate strL text = "x"
save strl
capture noisily merge m:1 text using strl
display _rc
use once, clear
generate _merge = 1
capture noisily merge 1:m id using twice
display _rc
capture noisily merge 1:m id using twice, generate(id)
display _rc
save withmerge
drop _merge
capture noisily merge 1:1 id using withmerge
display _rc
capture noisily merge 1:1 using twice
display _rc
capture noisily merge m:1 using twice
display _rc
capture noisily merge id using twice
display _rc
capture noisily merge 1:1 id
display _rc
capture noisily merge 1:m id using twice, replace
display _rc
capture noisily merge 1:m id using twice, generate(x) nogenerate
display _rc
capture noisily merge 1:m id using nosuch
display _rc
capture noisily merge 1:m id using twice, nosuch
display _rc
capture noisily merge m:m _n using twice
display _rc
list
