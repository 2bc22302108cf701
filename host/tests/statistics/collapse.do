* collapse: statistics, names, by(), weights.
quietly do "`: environment DO_DIR'/../report/auto.setup"
label variable price "Price"
preserve
collapse price mpg
describe
list
restore, preserve
collapse (mean) price (sd) sdp=price (median) medp=price (p25) price25=price (iqr) iq = price (count) n=rep78 (sum) weight (min) lo=mpg (max) hi=mpg, by(foreign)
describe
list
display "`: sortedby'"
restore, preserve
collapse (first) make (last) lastmake=make (firstnm) rep78 (lastnm) r2=rep78 (percent) share=price, by(foreign)
list
describe
restore, preserve
collapse (mean) price (rawsum) s=price [fw=rep78], by(foreign)
list
restore, preserve
collapse (mean) price (sum) s=price (sd) sd=price (count) n=price [aw=weight] if mpg > 15, by(foreign)
list
restore, preserve
collapse (mean) price (count) n=price [pw=weight]
list
restore, preserve
collapse (mean) rep78 price, cw
list
restore, preserve
collapse (mean) rep78 price in 1/10, by(foreign turn)
list
restore, preserve
capture noisily collapse (mean) make
display _rc
capture noisily collapse (nosuch) price
display _rc
capture noisily collapse (mean) price (sd) price
display _rc
capture noisily collapse (mean) price if price < 0
display _rc
capture noisily collapse (sd) price [pw=weight]
display _rc
capture noisily collapse
display _rc
capture noisily collapse price, by(nosuch)
display _rc
capture noisily collapse foreign, by(foreign)
display _rc
count
