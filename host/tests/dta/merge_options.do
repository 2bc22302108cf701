* merge: update, replace, assert(), keep(), 1:1 _n, sorted, force.
clear
input id a str2 s
1 1 "x"
2 . ""
3 3 "z"
4 . "w"
end
save master
clear
input id a str4 s
1 9 "xxxx"
2 2 "b"
3 . "z"
4 .a ""
end
save other
use master, clear
merge 1:1 id using other, update
list
use master, clear
merge 1:1 id using other, update replace
list
use master, clear
merge 1:1 id using other
list
use master, clear
keep in 1/3
merge 1:1 id using other, assert(match using)
capture noisily merge 1:1 id using other, assert(match using)
use master, clear
keep in 1/3
capture noisily merge 1:1 id using other, assert(match)
display _rc
count
use master, clear
keep in 1/3
capture noisily merge 1:1 id using other, assert(match master) nogenerate
display _rc
use master, clear
keep in 1/3
merge 1:1 id using other, keep(using matched) nogenerate
use master, clear
capture noisily merge 1:1 id using other, keep(3 nosuch)
display _rc
merge 1:1 id using other, keep(3 1) noreport
use master, clear
drop s
keep in 1/2
merge 1:1 _n using other, keepusing(s)
list
use master, clear
gsort -id
capture noisily merge 1:1 id using other, sorted
display _rc
sort id
merge 1:1 id using other, sorted noreport
use master, clear
drop s
generate s = 5
capture noisily merge 1:1 id using other
display _rc
merge 1:1 id using other, force
list
