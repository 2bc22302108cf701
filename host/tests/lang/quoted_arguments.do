* Blanks cut the positional macros, also in quotes within options
program words
    display `"1 [`1'] 2 [`2'] 3 [`3']"'
end
words a "b c" d
words, title("a b: ")
program shout
    syntax [, Title(string)]
    display `"[`title']"'
end
shout, title("a b: ")
shout, title(`"say "hi" "')
