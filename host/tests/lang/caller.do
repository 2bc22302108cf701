* _caller() is the version in force where the program was called
program shows
    version 14.1
    display _caller() " " c(version)
end
shows
version 15: shows
program calls
    version 16
    shows
end
calls
