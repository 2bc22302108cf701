local z `""a b" c"'
gettoken u v : z
display `"[`u'] [`v']"'
gettoken u v : z, quotes qed(q)
display `"[`u'] [`v'] `q'"'
local z (a b) c
gettoken u v : z, match(p)
display `"[`u'] [`v'] `p'"'
local z a,b
gettoken u z : z, parse(" ,")
gettoken comma z : z, parse(" ,")
display `"[`u'] [`comma'] [`z']"'
local z f(a b)[c d] e
gettoken u v : z, bind
display `"[`u'] [`v']"'
global g x y
gettoken (global) h (local) v : (global) g
display "$h |`v'"
gettoken u v : nothing
display `"[`u'] [`v']"'
capture noisily gettoken u v z
display _rc
tokenize `""x y" z w"'
display "[`1'] [`2'] [`3'] [`4'] [`*']"
tokenize a+b, parse("+")
display "[`1'] [`2'] [`3'] [`4']"
tokenize one
display "[`1'] [`2']"
* what match() groups is a token also where ( parts tokens
local z (a (b) c),d
gettoken u v : z, parse(" ,()") match(p)
display "[`u'] [`v'] `p'"
