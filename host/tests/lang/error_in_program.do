program inner
    display "in"
    confirm existence
end
program outer
    inner
    display "never"
end
outer
