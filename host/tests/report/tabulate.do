* One-way tables: labels, headings, missing values, order, weights, indicator variables.
local folder : environment DO_DIR
run "`folder'/auto.setup"
tabulate foreign
tabulate rep78
return list
tabulate rep78, missing
tabulate rep78, sort
tab foreign, nolabel
tab make in 1/3
tabulate foreign [fw=rep78]
tabulate foreign [aw=weight]
tab1 foreign rep78 in 50/55
by foreign: tabulate rep78
tabulate rep78 if mpg > 100
return list
tabulate foreign, nofreq generate(origin)
tabulate rep78, generate(r) matcell(counts) matrow(values)
describe origin1-r5
list rep78 origin1 r3 in 1/3
display counts[3,1] " " values[3,1]
capture noisily tabulate rep78, generate(r)
capture noisily tabulate price mpg, sort
