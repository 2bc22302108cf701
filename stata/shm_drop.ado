*! version 0.1.0  26nov2026
* Removes segments from shared memory; see help shm_drop.

program shm_drop, rclass
	version 14.1
	syntax anything(name=wanted id="segment name")
	_shm_list
	if `"`macval(wanted)'"' == "_all" {
		local drop : copy local names
	}
	else {
		* All of them are there, or none is dropped.
		while `"`macval(wanted)'"' != "" {
			gettoken name wanted : wanted
			check_name `"`macval(name)'"' `"`macval(directory)'"' `names'
			local drop `drop' `name'
		}
		local drop : list uniq drop
	}
	local n 0
	foreach name of local drop {
		* Gone is as good as dropped: somebody else was faster.
		capture erase `"`macval(directory)'/`name'.dta"'
		local rc = _rc
		if !inlist(`rc', 0, 601) {
			display as error `"{p}segment `name' could not be dropped{p_end}"'
			error `rc'
		}
		local ++n
	}
	display as text "(`n' segment" cond(`n' == 1, "", "s") " dropped)"
	return local names `drop'
	return scalar n = `n'
end

program check_name
	gettoken name 0 : 0
	gettoken directory names : 0
	_shm_path `"`macval(name)'"'
	if `"`macval(directory)'"' == "" {
		display as error `"{p}`macval(name)' is a path, not a segment name; "' ///
			"{bf:erase} removes files{p_end}"
		exit 198
	}
	if !`: list name in names' {
		display as error `"{p}`place' not found in `macval(directory)'{p_end}"'
		exit 601
	}
end
