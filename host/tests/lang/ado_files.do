local dir : environment DO_DIR
quietly adopath + "`dir'/ado"
h1_outer a b
capture noisily h1_private c
display _rc
capture noisily h1_out a
display _rc
capture h1_empty
display _rc
discard
h1_outer again
capture noisily program drop h1_private
display _rc
program drop h1_outer
capture noisily which nosuchprogram
display _rc
which local
