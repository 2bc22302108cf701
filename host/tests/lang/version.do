version 14.1
display c(version)
version 16: display c(version)
program old
    version 13
    display c(version)
end
old
display c(version)
version
capture noisily version 19
display _rc
capture noisily version abc
display _rc
