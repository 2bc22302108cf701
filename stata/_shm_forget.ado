*! version 0.1.0  26nov2026
* _shm_forget "file" ...: data that are called after one of these files, in any frame, lose
* their name, c(filename). It says nothing and leaves r() and e() as they were.

program _shm_forget, rclass
	version 14.1
	return add
	forget `macval(0)'
	if c(stata_version) < 16 {
		exit
	}
	capture frames dir
	if _rc {
		exit
	}
	foreach frame in `r(frames)' {
		frame `frame': forget `macval(0)'
	}
end

program forget
	local files : copy local 0
	local filename : copy global S_FN
	foreach file of local files {
		if `"`macval(file)'"' == `"`macval(filename)'"' {
			global S_FN
			global S_FNDATE
		}
	}
end
