*! version 0.1.0  26nov2026
* _shm_state "path": whether an image may be read. Leaves in the caller's local `state'
*     absent   there is no such file
*     locked   there is one that can't be opened
*     partial  it begins as an image does, as far as it goes, and does not end as one
*     other    it does not begin as an image
*     whole    it begins and ends as an image does, or begins as one of Stata 12 or before,
*              whose end looks like nothing

program _shm_state, rclass
	version 14.1
	args path
	* What the caller is about to run may look at r(), which file seek replaces.
	return add
	tempname file
	capture file open `file' using `"`macval(path)'"', read binary
	local rc = _rc
	if `rc' == 1 {
		error 1
	}
	if `rc' != 0 {
		local state = cond(fileexists(`"`macval(path)'"'), "locked", "absent")
		c_local state `state'
		exit
	}

	* Whoever reads 0 of the bytes of a file that is being written has read too early.
	capture state_of_open_file `file'
	local rc = _rc
	file close `file'
	if `rc' == 1 {
		error 1
	}
	if `rc' != 0 {
		local state partial
	}
	c_local state `state'
end

program state_of_open_file
	args file
	file seek `file' eof
	file seek `file' query
	local size = r(loc)
	if `size' < 11 {
		c_local state partial
		exit
	}
	* <stata_dta>
	bytes_match `file' 0 `size' 60 115 116 97 116 97 95 100 116 97 62
	if !`match' {
		old_state `file'
		c_local state `state'
		exit
	}
	* </stata_dta>, behind which some files have an end of line
	foreach back in 12 13 {
		bytes_match `file' `size'-`back' `size' 60 47 115 116 97 116 97 95 100 116 97 62
		if `match' {
			c_local state whole
			exit
		}
	}
	c_local state partial
end

* Images of Stata 12 and before begin with the release, the byte order, and 1.
program old_state
	args file
	tempname release order one
	file seek `file' 0
	file read `file' %1bu `release'
	file read `file' %1bu `order'
	file read `file' %1bu `one'
	local is_old = inlist(scalar(`release'), 105, 108, 110, 111, 112, 113, 114, 115)
	local is_old = `is_old' & inlist(scalar(`order'), 1, 2) & scalar(`one') == 1
	local state = cond(`is_old', "whole", "other")
	c_local state `state'
end

* Reads numbers, not text: what bytes mean to macros and quotes does not matter then.
program bytes_match
	gettoken file 0 : 0
	gettoken at 0 : 0
	gettoken size bytes : 0
	local at = `at'
	c_local match 0
	if `at' < 0 | `at' + `: word count `bytes'' > `size' {
		exit
	}
	tempname byte
	file seek `file' `at'
	foreach wanted of local bytes {
		file read `file' %1bu `byte'
		if scalar(`byte') != `wanted' {
			exit
		}
	}
	c_local match 1
end
