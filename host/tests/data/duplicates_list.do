* duplicates list and examples.
clear
input x str3 s y
1 "a" 10
2 "b" 20
1 "a" 10
3 "c" 30
2 "b" 21
1 "a" 12
end
duplicates list x s
return list
duplicates list
duplicates list x s if y < 15, sepby(Group)
duplicates examples x s
duplicates list y, nolabel
duplicates list y if y > 12
duplicates examples y if y > 12
duplicates tag x s in 1/3, generate(tag)
list
duplicates drop
return list
duplicates drop x s, force
return list
