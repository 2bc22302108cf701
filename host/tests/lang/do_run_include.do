local dir : environment DO_DIR
local shared "from outside"
do "`dir'/parts/part.doh" one "two words"
display "`shared'"
run "`dir'/parts/part.doh"
include "`dir'/parts/part.doh"
display "`shared'"
capture noisily do nosuchfile
display _rc
