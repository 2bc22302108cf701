* What regress and predict refuse.
quietly do "`: environment DO_DIR'/../report/auto.setup"
capture noisily predict p
display _rc
capture noisily regress
display _rc
capture noisily regress make price
display _rc
capture noisily regress price nosuch
display _rc
capture noisily regress price mpg if price < 0
display _rc
capture noisily regress price mpg in 1
display _rc
capture noisily regress price mpg, nosuch
display _rc
capture noisily regress price mpg, vce(bootstrap)
display _rc
capture noisily regress price mpg, level(101)
display _rc
capture noisily regress price i.foreign
display _rc
capture noisily regress price mpg [pw=weight]
display _rc
regress price mpg rep78
predict p
predict double r, residuals
predict s in 1/10, stdp
capture noisily predict p
display _rc
capture noisily predict q, nosuch
display _rc
capture noisily predict q, xb residuals
display _rc
capture noisily predict
display _rc
describe p r s
summarize p r s
assert abs(price - p - r) < 0.001 if e(sample)
assert missing(p) if missing(rep78)
drop mpg
capture noisily predict q
display _rc
