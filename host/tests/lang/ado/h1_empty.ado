program h1_other
end
