display 1
exit
display 2
