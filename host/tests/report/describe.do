* describe: the whole data, chosen variables, options, notes, long names and labels.
describe
local folder : environment DO_DIR
run "`folder'/auto.setup"
describe
return list
describe price-rep78
describe, short
describe mpg, detail
describe, simple
describe, varlist short
display "`r(varlist)'"
display "`r(sortlist)'"
keep make
generate a_very_long_variable_name = 1
label variable a_very_long_variable_name "A label that is long enough to run over the end of its line"
generate double moment = 0
format moment %tcDDmonCCYY_HH:MM
notes moment: seconds
notes: whole
label define a_very_long_label_name 1 "one"
generate byte code = 1
label values code a_very_long_label_name
describe
describe a_very, fullnames
