*! version 1.0
program h1_outer
    version 14.1
    h1_private `0'
end

program h1_private
    display "private: `0'"
end
