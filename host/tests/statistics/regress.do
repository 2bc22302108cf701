* regress: the table, e(), r(table), options, replay.
quietly do "`: environment DO_DIR'/../report/auto.setup"
regress price mpg weight
ereturn list
matrix list r(table)
display %12.8f e(r2) " " _b[mpg] " " _se[mpg] " " e(sample)
generate w2 = weight * 2
regress price weight w2 if foreign == 0, level(90)
matrix list e(b)
count if e(sample)
gsort -price
count if e(sample) & foreign == 0
drop in 1/30
count if e(sample)
quietly do "`: environment DO_DIR'/../report/auto.setup"
regress mpg weight, vce(robust)
regress, level(99)
regress price
regress price mpg, noconstant
regress price rep78 [aw=weight] in 1/40
regress price mpg [fw=rep78]
by foreign, sort: regress mpg weight
set level 90
regress price mpg
