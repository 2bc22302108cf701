* merge 1:1, m:1, 1:m, m:m: results, order, types.
clear
input id x
1 10
2 20
4 40
end
save using1
clear
input byte id y
3 33
1 11
2 22
end
label variable y "The y"
merge 1:1 id using using1
list
describe
label list
drop _merge
merge 1:1 id using using1, keepusing(x) generate(how)
list
drop how
merge 1:1 id using using1, nogenerate
merge 1:1 id using using1, nogenerate keep(match) noreport
count
clear
input id z
2 1
2 2
1 3
5 4
end
save many
merge m:1 id using using1
list
display "[`: sortedby']"
use using1, clear
merge 1:m id using many
list
display "[`: sortedby']"
use many, clear
replace z = z * 100
merge m:m id using many, keep(match master) nogenerate
list
use using1, clear
merge 1:1 id using using1
display "[`: sortedby']"
