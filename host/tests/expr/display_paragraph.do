* A paragraph goes on over the pieces of display, and is filled as a whole
display as error "{p}one two three " "four{p_end}"
display as error "{p 4 8 2}one two three four five six seven eight nine ten " ///
    `"eleven twelve thirteen "fourteen""' " fifteen sixteen " 17 "{p_end}"
display "{p}left open " 1 ", " 2
display "{p}closed{p_end}" "behind"
