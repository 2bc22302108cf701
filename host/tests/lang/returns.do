program r1, rclass
    return local a "text of a"
    return scalar b = 1/3
    return local c = 2 + 3
    return list
end
r1
return list
display "`r(a)'|`r(b)'|`r(c)'|" r(b)
program n1
    return local a x
end
capture noisily n1
display _rc
program keeps
    display "`r(a)'"
end
keeps
display "`r(a)'"
program adds, rclass
    r1
    return add
    return scalar b = 7
end
quietly adds
return list
program e1, eclass
    ereturn clear
    ereturn local cmd "e1"
    ereturn scalar N = 10
end
e1
ereturn list
program s1, sclass
    sreturn local who me
end
s1
sreturn list
display "`s(who)' `e(cmd)'"
capture noisily ereturn list, all
program bad
    ereturn local a 1
end
capture noisily bad
display _rc
