* a comment has no blank line after it
display 1 // said beside the command

display ///
    1 + 1
/* two lines
   of comment */
foreach x in a b {
    * inside
    display "`x'"

    if "`x'" == "a" {
        display "first"
    }
}
program hello
    display "hello"
end
hello
#delimit ;
display
    "joined";
#delimit cr
quietly {
    display "not shown"
}
display "a line that is longer than the line size is continued on the next line of the echo"
