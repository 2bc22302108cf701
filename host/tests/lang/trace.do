program traced
    args n
    display `n' + 1
end
set trace on
traced 3
set trace off
traced 4
