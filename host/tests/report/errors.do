* What the report commands refuse, with Stata's codes and texts.
capture noisily summarize
capture noisily list
capture noisily tabulate
set obs 3
generate x = _n
generate double many_values = _n
capture noisily summarize y
capture noisily summarize x, nosuch
capture noisily summarize x, separator(-1)
capture noisily summarize x, detail meanonly
capture noisily list x, separator(a)
capture noisily list x in 2/9
capture noisily list x, sepby(y)
capture noisily describe y
capture noisily describe x if x > 1
capture noisily describe using nowhere
capture noisily tabulate x many_values x
capture noisily by x: describe
quietly set obs 12001
quietly replace x = _n
capture noisily tabulate x
display _rc
