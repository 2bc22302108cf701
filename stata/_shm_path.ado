*! version 0.1.0  26nov2026
* _shm_path "what" [asis]: what a segment name or a path stands for, whether it exists or
* not. A path without an extension is one of a .dta file, as in use and save, but not with
* asis. Leaves in the caller's locals
*     path       the file that is meant
*     place      how to speak of it: segment panel, or file data/panel.dta
*     directory  the segment directory if it is a segment name, else nothing

program _shm_path
	version 14.1
	args name asis
	if strpos(`"`macval(name)'"', "/") | strpos(`"`macval(name)'"', "\") ///
		| substr(`"`macval(name)'"', -4, 4) == ".dta" {
		_shm_home `"`macval(name)'"'
		if inlist(substr(`"`macval(path)'"', -1, 1), "/", "\") {
			display as error `"{p}`macval(name)' is a directory, not a file{p_end}"'
			exit 603
		}
		if "`asis'" == "" & !regexm(`"`macval(path)'"', "\.[^/\\]*$") {
			local path `"`macval(path)'.dta"'
		}
		c_local path `"`macval(path)'"'
		c_local place `"file `macval(name)'"'
		c_local directory ""
		exit
	}
	if !regexm(`"`macval(name)'"', "^[A-Za-z0-9_-][A-Za-z0-9_.-]*$") ///
		| strlen(`"`macval(name)'"') > 64 | `"`macval(name)'"' == "_all" {
		display as error `"{p}`macval(name)' is not a segment name: up to 64 letters, "' ///
			"digits, _, - and ., the first not a period; a path has a separator " ///
			"or ends in .dta{p_end}"
		exit 198
	}
	_shm_directory
	c_local path `"`macval(directory)'/`name'.dta"'
	c_local place "segment `name'"
	c_local directory `"`macval(directory)'"'
end
