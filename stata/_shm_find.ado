*! version 0.1.0  26nov2026
* _shm_find "what" [seconds [info]]: waits up to so many seconds for the image that a segment
* name or a path stands for to be there and whole. With info, what may also be an info file
* of the original kind. Leaves in the caller's locals `path' and `kind', image or info.

program _shm_find
	version 14.1
	args name seconds info
	if "`info'" == "" {
		_shm_path `"`macval(name)'"'
	}
	else {
		path_or_info `"`macval(name)'"'
	}
	local tries = 1
	if "`seconds'" != "" {
		local tries = 1 + ceil(100 * `seconds')
	}
	forvalues try = 1/`tries' {
		if `try' > 1 {
			sleep 10
		}
		_shm_state `"`macval(path)'"'
		if "`state'" == "whole" {
			c_local path `"`macval(path)'"'
			c_local kind image
			exit
		}
		if "`info'" != "" {
			find_info `state' `"`macval(name)'"' `"`macval(path)'"' `"`macval(directory)'"'
			if `"`macval(info_file)'"' != "" {
				c_local path `"`macval(info_file)'"'
				c_local kind info
				exit
			}
		}
	}
	refuse `state' `"`macval(name)'"' `"`macval(place)'"' `"`macval(directory)'"' `info'
end

* As _shm_path, but an info file may have any name.
program path_or_info
	args name
	capture _shm_path `"`macval(name)'"' asis
	local rc = _rc
	if `rc' == 1 {
		error 1
	}
	if `rc' != 0 {
		local path : copy local name
		local place `"file `macval(name)'"'
	}
	else if `"`macval(directory)'"' == "" & !fileexists(`"`macval(path)'"') {
		_shm_path `"`macval(name)'"'
	}
	c_local path `"`macval(path)'"'
	c_local place `"`macval(place)'"'
	c_local directory `"`macval(directory)'"'
end

* A segment goes before an info file of its name, even one that is not whole yet.
program find_info
	args state name path directory
	c_local info_file ""
	if `"`macval(directory)'"' == "" & "`state'" == "other" ///
		& substr(`"`macval(path)'"', -4, 4) != ".dta" {
		c_local info_file `"`macval(path)'"'
	}
	if `"`macval(directory)'"' != "" & "`state'" == "absent" {
		if fileexists(`"`macval(name)'"') {
			c_local info_file `"`macval(name)'"'
		}
	}
end

* Says why there is no image, with the return code that Stata has for it.
program refuse
	args state name place directory info
	if "`state'" == "absent" {
		refuse_absent `"`macval(name)'"' `"`macval(place)'"' `"`macval(directory)'"' `info'
	}
	if "`state'" == "locked" {
		display as error `"{p}`macval(place)' could not be opened{p_end}"'
		exit 603
	}
	if "`state'" == "other" {
		display as error `"{p}`macval(place)' not Stata format{p_end}"'
		exit 610
	}
	display as error `"{p}`macval(place)' is not whole: it is still being written, or its "' ///
		"writer was interrupted; {bf:wait(}{it:#}{bf:)} waits for it{p_end}"
	exit 612
end

program refuse_absent
	args name place directory info
	if `"`macval(directory)'"' == "" {
		display as error `"{p}`macval(place)' not found{p_end}"'
		exit 601
	}
	* A link to the memory of a process is listed when the process is gone, but leads nowhere.
	capture local listed : dir `"`macval(directory)'"' other "`name'.dta"
	if `"`listed'"' != "" {
		display as error `"{p}`place' lay in the memory of a process that has ended; "' ///
			"{bf:shm_drop `name'} removes what is left of it{p_end}"
	}
	else if "`info'" != "" {
		display as error `"{p}file `name' not found, and no segment `name' in "' ///
			`"`macval(directory)'{p_end}"'
	}
	else {
		display as error `"{p}`place' not found in `macval(directory)'{p_end}"'
	}
	exit 601
end
