set obs 6
gen g = ceil(_n/3)
sort g, stable
by g: gen n = _n
by g: gen N = _N
by g: gen lag = n[_n-1]
by g: gen run = sum(n)
by g: replace lag = 0 if _n == 1
gen total = sum(n) if mod(_n, 2)
list, noobs
by g: count if n > 1
