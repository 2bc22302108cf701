*! version 0.1.0  26nov2026
* Leaves in the caller's locals the segment `directory' and the `names' of the segments there,
* in alphabetical order: no hidden files, for those belong to writers in Python, and no
* other files that somebody has put there.

program _shm_list
	version 14.1
	_shm_directory
	c_local directory `"`macval(directory)'"'
	foreach kind in files other {
		* There may be no such directory yet, which is as good as an empty one.
		capture local found : dir `"`macval(directory)'"' `kind' "*.dta", respectcase
		local rc = _rc
		if `rc' == 1 {
			error 1
		}
		if `rc' == 0 {
			local files `"`macval(files)' `macval(found)'"'
		}
	}
	while `"`macval(files)'"' != "" {
		gettoken file files : files
		if regexm(`"`macval(file)'"', "^[A-Za-z0-9_-][A-Za-z0-9_.-]*[.]dta$") {
			local name = substr("`file'", 1, strlen("`file'") - 4)
			local names `names' `name'
		}
	}
	local names : list sort names
	c_local names "`names'"
end
