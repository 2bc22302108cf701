local a a b c b
local b b d
local q `""x y" z "x y""'
display "`: list a - b'"
display "`: list a | b'"
display "`: list a & b'"
display "`: list uniq a'"
display "`: list dups a'"
display "`: list sort a'"
display "`: list sizeof a' `: list posof "c" in a' `: list posof "e" in a'"
display "`: list b in a' `: list a == a' `: list a === b'"
display `"`: list uniq q'"'
display `"`: list clean q'"'
local r   x    y
display "[`: list retokenize r']"
global g c d
display "`: list a & global(g)'"
display "[`: list a - nosuch'] [`: list nosuch | b']"
