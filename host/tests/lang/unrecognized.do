display 1
nosuchcommand x, y
display 2
