display `"part: `0' [`1'] [`2'] `shared'"'
local shared "set inside"
