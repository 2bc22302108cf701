scalar a = 2
scalar define b = sqrt(a)
scalar s = "text"
scalar list
scalar list a
display a + scalar(b)
display s + "!"
scalar drop a
capture display a
display _rc
scalar list a
