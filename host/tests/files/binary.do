foreach order in lohi hilo {
  file open out using data.bin, write binary replace
  file set out byteorder `order'
  file write out %8z (1.5) %4bs (-7) %2bu (65535) %5s "abc" %4z (.b) %1b (-1)
  file close out
  file open in using data.bin, read binary
  file set in byteorder `order'
  file read in %8z x %4bs y %2bu z %5s t %4z m %1bs b
  display x " " y " " z " `t' " m " " b
  file read in %1b none
  display r(eof)
  file seek in query
  display r(loc)
  file close in
}
