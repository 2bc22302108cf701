program p
  syntax using [if] [aweight fweight] [, *]
  display `"`using' | `if' | `weight' | `exp' | `options'"'
end
p using abc
p using "a b" if (x) [weight=w*2], z(1 , 2) q
p using a [fw = n]
program e
  syntax anything(everything) [, o]
  display `"`anything' | `o'"'
end
e x if y in z using "a, b", o
program q
  syntax anything(equalok) [if]
  display `"`anything' | `if'"'
end
q a b  = c + "d" if e
program a
  args first second
  display "`first'-`second'-"
end
a 1 "2 3" 4
a
program c
  c_local here = 1 + 2
  c_local there text "q"
end
c
display `"`here' `there'"'
