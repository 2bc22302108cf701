program define show
    display `"0=[`0'] 1=[`1'] 2=[`2'] 3=[`3'] *=[`*']"'
end
show a "b c" `"d "e" f"'
show
show ,opt(x)  if   y
program twice
    args n what
    local `what' = `n' * 2
    c_local result = `n' * 2
end
twice 21 x
display "`result' [`x']"
capture noisily program show
    display 2
end
display _rc
program drop show
capture noisily show
display _rc
capture noisily program drop show
display _rc
program fact, rclass
    args n
    if `n' <= 1 {
        return scalar f = 1
        exit
    }
    fact `=`n' - 1'
    return scalar f = `n' * r(f)
end
fact 5
display r(f)
program endless
    endless
end
capture noisily endless
display _rc
program leaves
    display "before"
    exit
    display "never"
end
leaves
program fails
    exit 301
end
capture noisily fails
display _rc
program drops_itself
    program drop drops_itself
    display "still running"
end
drops_itself
capture noisily drops_itself
display _rc
