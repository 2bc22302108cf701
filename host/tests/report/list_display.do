* list of more than a line holds: a box for each observation; long strings are trimmed.
local folder : environment DO_DIR
run "`folder'/auto.setup"
list in 1/2
list in 74, noheader nolabel
list make price in 1/2, display
list make-trunk in 1, display header
set linesize 80
list in 1/3
clear
set obs 1
generate str100 s = 9 * "0123456789"
list
list, clean
