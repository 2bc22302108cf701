* what a program learns about the by group that it was called for ([P] byable)
set obs 5
generate g = _n > 3
sort g
program recalled, byable(recall)
    syntax [if] [in]
    marksample touse
    display _by() " " _byindex() " " _bylastcall() " " _byn1() "/" _byn2() " `_byvars'"
    count if `touse'
    count
end
by g: recalled
recalled
program once, byable(onecall)
    if _by() by `_byvars'`_byrc0': count if g
    else display "alone"
end
by g: once
by g, rc0: once
once
capture noisily by g: count in 1/2
display _rc
capture noisily by g: recalled in 1
display _rc
* rc0 goes on after a group that fails
generate bad = 1 - g
capture noisily by g: assert bad
display _rc
by g, rc0: assert g
* the last line is reached
