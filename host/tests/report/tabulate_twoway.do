* Two-way tables: contents of a cell, headings, panels, missing values, Pearson's test.
local folder : environment DO_DIR
run "`folder'/auto.setup"
tabulate rep78 foreign
tabulate rep78 foreign, row column
tabulate foreign rep78, cell nofreq
tabulate rep78 foreign, missing chi2
return list
tabulate foreign mpg if mpg < 22
tabulate make foreign in 1/2
tabulate rep78 foreign if rep78 > 3, column nokey
tabulate rep78 foreign [fw=2], matcell(cells)
display cells[1,1]
tabulate rep78 foreign if mpg > 100
