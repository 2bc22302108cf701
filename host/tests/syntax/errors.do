program p
  syntax namelist(min=2 max=3), b(string) [c n(integer 1) l(numlist integer max=3 >0) level(cilevel)]
  display "`namelist' `b' `c' `n' `l'"
end
p a b, b(1) c
capture noisily p a, b(1)
display _rc
capture noisily p a b c d, b(1)
display _rc
capture noisily p a b
display _rc
capture noisily p a b, b()
capture noisily p a b, b(1) d
display _rc
capture noisily p a b, b(1) d(3)
capture noisily p a b, b(1) c(3)
capture noisily p a b, b
capture noisily p a b, b(1) n(x)
capture noisily p a b, b(1) n(1.5)
capture noisily p a b, b(1) b(2)
capture noisily p a b, b(1) l(1/4)
display _rc
capture noisily p a b, b(1) l(0)
display _rc
capture noisily p a b, b(1) l(1.5)
display _rc
capture noisily p a b, b(1) l(x)
display _rc
capture noisily p a b, b(1) level(5)
capture noisily p a 1b, b(1)
display _rc
capture noisily p, b(1)
display _rc
capture noisily p a b if x, b(1)
display _rc
capture noisily p a b in 1/2, b(1)
capture noisily p a b using x, b(1)
capture noisily p a b [fw=x], b(1)
capture noisily p a b = 3, b(1)
program q
  syntax using [fweight]
end
capture noisily q
display _rc
capture noisily q using x, y
display _rc
capture noisily q using x [aw=y]
capture noisily q x using x
capture noisily q using a b
display _rc
program w
  syntax anything(id="a thing")
end
capture noisily w
program v
  syntax [, n(integer)]
end
capture noisily v
display _rc
