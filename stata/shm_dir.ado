*! version 0.1.0  26nov2026
* Lists the segments in shared memory; see help shm_dir.

program shm_dir, rclass
	version 14.1
	if `"`macval(0)'"' != "" {
		error 198
	}
	_shm_list
	local n : list sizeof names
	if `n' == 0 {
		display as text `"(no segments in `macval(directory)')"'
	}
	else {
		display _newline as text `"Segments in {res}`macval(directory)'"'
		list_segments `"`macval(directory)'"' `names'
	}
	return local names `names'
	return local directory `"`macval(directory)'"'
	return scalar n = `n'
end

program list_segments
	gettoken directory names : 0
	local width 8
	foreach name of local names {
		local width = max(`width', strlen("`name'"))
	}
	local obs = `width' + 20
	local vars = `obs' + 12
	local size = `vars' + 14
	display _newline as text "  Segment" _column(`=`obs'-11') "Observations" ///
		_column(`=`vars'-8') "Variables" _column(`=`size'-3') "Size"
	display as text "  {hline `=`size'-2'}"
	foreach name of local names {
		list_segment `"`macval(directory)'"' `name' `obs' `vars' `size'
	}
	display as text "  {hline `=`size'-2'}"
end

program list_segment
	args directory name obs vars size
	local path `"`macval(directory)'/`name'.dta"'
	_shm_state `"`macval(path)'"'
	if "`state'" == "whole" {
		* It may go, or turn out to be damaged, between two looks at it.
		capture look_at `"`macval(path)'"'
		if _rc == 1 {
			error 1
		}
		if "`bytes'" == "" {
			_shm_state `"`macval(path)'"'
		}
	}
	if "`bytes'" == "" {
		local what "not an image"
		if "`state'" == "absent" {
			local what "its process has ended"
		}
		if "`state'" == "locked" {
			local what "not readable"
		}
		if "`state'" == "partial" {
			local what "not whole yet"
		}
		display as result "  `name'" _column(`=`size'+1-strlen("(`what')")') as text "(`what')"
		exit
	}
	display as result "  `name'" _column(`=`obs'+1-strlen("`n'")') "`n'" ///
		_column(`=`vars'+1-strlen("`k'")') "`k'" ///
		_column(`=`size'+1-strlen("`bytes'")') "`bytes'"
end

* Leaves n, k and bytes, as they are shown, in the caller's locals.
program look_at
	args path
	quietly describe using `"`macval(path)'"', short
	local n = strtrim(string(r(N), "%15.0fc"))
	local k = strtrim(string(r(k), "%9.0fc"))
	tempname file
	file open `file' using `"`macval(path)'"', read binary
	file seek `file' eof
	file seek `file' query
	local size = r(loc)
	file close `file'
	local unit B
	foreach larger in KB MB GB TB {
		if `size' >= 1024 {
			local size = `size' / 1024
			local unit `larger'
		}
	}
	local bytes = strtrim(string(`size', cond("`unit'" == "B", "%5.0f", "%6.1f")))
	c_local n `n'
	c_local k `k'
	c_local bytes `bytes' `unit'
end
