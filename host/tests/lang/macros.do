local a text to the end of the line
display "[`a']"
local a "quoted"
display "[`a']"
local a `"compound "inner""'
display `"[`a']"'
local a   =   2 + 3
display "[`a']"
local a = "str" + "ing"
display "[`a']"
local a : word count one two three
display "[`a']"
local a
display "[`a']"
local i 5
local ++i
local --i
local --i
display `i'
display "`++i' `i' `i++' `i' `--i' `i--' `i'"
local new ++
local x = 1/3
display "`x'"
local x = 1e10
display "`x'"
local x = .a
display "`x'"
local in "`" "nested'"
local n 2
local v2 "two"
display "`v`n''"
global g "a global"
display "$g ${g}s"
local two ${g}
macro list g _two
macro drop g _two
capture noisily macro list g
capture noisily macro list _two
local _x 1
display "\`n' \$g c:\dir\`n'"
local hidden "\`n'"
display "`macval(hidden)'"
local n 3
display "`hidden'"
display "`=`n' * 2'" " `:word 2 of x y z'"
program shifts
    macro shift
    display "`1' `2' [`*']"
    mac shift 2
    display "[`1'] [`*']"
end
shifts a b c
capture noisily local 
display _rc
capture noisily local a234567890123456789012345678901b 1
display _rc
macro drop _all
display "[`n']"
