* Weights: frequencies count, analytic and importance weights have a column of their own.
set obs 4
generate x = cond(_n == 1, 1, cond(_n == 2, 2, 10))
generate w = _n - 1
replace w = 1 in 3
replace w = 2 in 4
generate byte n = w
replace x = . in 1
summarize x [fweight=n]
return list
summarize x [aw=w]
return list
summarize x [w=w/4]
summarize x [iw=w/4]
summarize x [fw=n], detail
capture noisily summarize x [pw=w]
capture noisily summarize x [fw=w/4]
capture noisily summarize x [aw=-w]
capture noisily summarize x [iw=w], detail
