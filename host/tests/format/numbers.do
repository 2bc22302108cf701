display %9.0g 1/3 "|" %9.0g 10000000 "|" %9.0g 1e-6
display %12.2fc 1234567.891 "|" %8.0gc 4099
display %21x .1
display %16.0f 2^53
display %9,2f 1.5
display %010.2f -3.14159
display string(1/3, "%5.3f")
local x = 1/3
display "`x'"
local x = 2^53
display "`x'"
display %9.0q 1
