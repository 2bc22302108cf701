* preserve keeps the data of the current frame, and restore puts them back there
set obs 2
generate x = _n
frame create other
preserve
replace x = 0
frame change other
set obs 1
generate y = 5
restore
display c(frame) " " _N " " y
frame change default
list, noobs
* a frame that has been dropped is made again
preserve
frame change other
frame drop default
restore
confirm frame default
frame default: display x[2]
* at the end of a program too
program spoil
    frame change default
    preserve
    drop x
    frame other: replace y = 6
    frame change other
end
spoil
display c(frame) " " y
frame default: assert x == _n
* temporary frames and variables go with their program, wherever they are
program temporaries
    tempname f
    tempvar v
    frame create `f'
    frame `f' {
        set obs 5
        generate z = 1
        quietly count
    }
    frame default: generate `v' = 1
    frame change default
    global made `f'
end
temporaries
capture confirm frame $made
display _rc " " c(k)
clear frames
frames dir
frame create again
clear all
frames dir
display c(frame) " " c(k)
