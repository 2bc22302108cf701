* joinby: all pairs within groups.
clear
input family parent
1 10
1 11
2 20
3 30
end
save parents
clear
input family child
2 1
1 2
1 3
4 5
end
save children
use parents, clear
joinby family using children
list
use parents, clear
joinby family using children, unmatched(both)
list, nolabel
label list _merge
use parents, clear
joinby using children, unmatched(master) _merge(from)
list, nolabel
use parents, clear
generate child = .
joinby family using children, update
list
capture noisily joinby nosuch using children
display _rc
capture noisily joinby family using children, unmatched(some)
display _rc
