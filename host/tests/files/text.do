file open out using lines.txt, write
file write out "hello" _tab (1/4) _n %9.2f (3.14159) _n `"a "q" b"' _col(20) "x" _n
file write out "no newline"
file close out
type lines.txt
file open in using lines.txt, read
file read in line
while r(eof) == 0 {
  display `"`r(status)': `line'"'
  file read in line
}
file close in
file open out using lines.txt, write append
file write out _n "more" _n
file close out
type lines.txt, lines(2)
capture noisily file open out using lines.txt, write
display _rc
capture noisily file open in using nosuch.txt, read
display _rc
capture noisily file read nosuch line
display _rc
file open in using lines.txt, read
capture noisily file open in using lines.txt, read
display _rc
capture noisily file write in "x"
file seek in 6
file read in line
display `"`line'"'
file seek in eof
display r(loc)
file close _all
program leave_open
  tempname h
  file open `h' using lines.txt, read
end
leave_open
file query
