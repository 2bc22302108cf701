*! version 0.1.0  26nov2026
* Saves the data in memory, or some of them, as a segment; see help shm_save.

program shm_save, rclass
	version 14.1
	syntax [varlist] [if] [in] using/ [, replace]
	if c(k) == 0 {
		display as error "no variables defined"
		exit 111
	}
	_shm_path `"`macval(using)'"'
	if "`replace'" == "" & fileexists(`"`macval(path)'"') {
		confirm new file `"`macval(path)'"'
	}
	if `"`macval(directory)'"' != "" {
		make_directory `"`macval(directory)'"'
	}

	* The data keep the name that they had, and whether they have changed.
	local filename : copy global S_FN
	local date : copy global S_FNDATE
	local changed = c(changed)
	local varlist : list uniq varlist
	local some = `"`macval(if)'`macval(in)'"' != "" | `: list sizeof varlist' < c(k)
	if `some' {
		preserve
		select `"`macval(if)'"' `"`macval(in)'"' `varlist'
	}
	local k = c(k)
	local obs = c(N)
	nobreak {
		capture break replace_image `"`macval(path)'"' `replace'
		local rc = _rc
		* With r(602) and r(603) nothing of ours was written: what lies there is another's.
		if !inlist(`rc', 0, 602, 603) {
			erase_half `"`macval(path)'"'
		}
		if `some' {
			restore
		}
		global S_FN `"`macval(filename)'"'
		global S_FNDATE `"`macval(date)'"'
		if `changed' & c(changed) == 0 {
			_shm_changed
		}
	}
	if `rc' != 0 {
		refuse `rc' `"`macval(place)'"' `"`macval(directory)'"' `erased'
	}
	report `k' `obs' `"`macval(place)'"'
	return local path `"`macval(path)'"'
	return local filename `"`macval(using)'"'
	return scalar k = `k'
	return scalar N = `obs'
end

* Stata has no chmod: what a new directory allows others is up to the umask.
program make_directory
	args directory
	capture mkdir `"`macval(directory)'"'
	if _rc == 1 {
		error 1
	}
end

program select
	gettoken if 0 : 0
	gettoken in varlist : 0
	if `"`macval(in)'`macval(if)'"' != "" {
		quietly keep `macval(in)' `macval(if)'
	}
	keep `varlist'
end

* Whoever has the old image open or mapped keeps it: the new one is another file.
program replace_image
	args path replace
	if "`replace'" != "" {
		capture erase `"`macval(path)'"'
		local rc = _rc
		if `rc' == 1 {
			error 1
		}
		if `rc' == 0 {
			c_local erased erased
		}
	}
	quietly save `"`macval(path)'"'
end

* What is whole, somebody else has put there in the meantime.
program erase_half
	args path
	_shm_state `"`macval(path)'"'
	if "`state'" == "partial" {
		capture erase `"`macval(path)'"'
	}
end

program refuse
	args rc place directory erased
	if `rc' != 1 {
		local where
		if `"`macval(directory)'"' != "" {
			local where `" in `macval(directory)'"'
		}
		display as error `"{p}`macval(place)' could not be saved`macval(where)'{p_end}"'
	}
	if "`erased'" != "" {
		display as error `"{p}the one that was to be replaced is gone{p_end}"'
	}
	error `rc'
end

program report
	args k obs place
	display as text "(`k' variable" cond(`k' == 1, "", "s") ", " ///
		strtrim(string(`obs', "%15.0fc")) " observation" ///
		cond(`obs' == 1, "", "s") `" saved in `macval(place)')"'
end
