* list: the table format, its lines, widths and alignments.
local folder : environment DO_DIR
run "`folder'/auto.setup"
list make price in 1/5
list make mpg rep78 foreign in 50/56
list mpg gear_ratio displacement in 1/6, separator(3) noobs
list price in 1/7, sep(0)
list make foreign in 1/2, clean
list make foreign in 53/l, clean noobs nolabel
list make mpg in 1/3, divider
list make in 1/2, noheader
list make mpg if mpg > 34
list make rep78 in 1/8, sepby(rep78) noobs
list make in 12, string(6)
by foreign: list make mpg if mpg > 30
by foreign: list make if mpg > 34, absolute
list displacement in 1, abbreviate(12)
list if price > 20000
list make price in 1, fast
