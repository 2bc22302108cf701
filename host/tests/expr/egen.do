set obs 6
gen g = mod(_n, 2)
gen x = _n if _n < 6
egen mean = mean(x), by(g)
egen total = total(x)
egen sd = sd(x)
egen median = median(x)
egen count = count(x)
list g x mean total sd median count, noobs
egen rank = rank(-x)
egen group = group(g)
egen tag = tag(g)
egen both = concat(g x), punct("-")
list g x rank group tag both, noobs
egen rowmean = rowmean(g x)
egen rowtotal = rowtotal(g x)
egen rowmin = rowmin(g x)
egen rowmax = rowmax(g x)
egen rowmiss = rowmiss(g x)
list rowmean rowtotal rowmin rowmax rowmiss, noobs
egen seq = seq(), from(1) to(3)
bysort g: egen max = max(x)
list g x max, noobs
egen bad = nosuch(x)
