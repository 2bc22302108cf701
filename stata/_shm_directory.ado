*! version 0.1.0  26nov2026
* Leaves in the caller's local `directory' where segments lie, whether it exists or not. The
* rule is that of the Python package, so that both sides look in the same place.

program _shm_directory
	version 14.1
	local chosen : environment STATA_PYDATA_DIR
	if `"`macval(chosen)'"' != "" {
		_shm_home `"`macval(chosen)'"'
		c_local directory `"`macval(path)'"'
		exit
	}
	if "`c(os)'" == "Windows" {
		local parent : environment LOCALAPPDATA
		* A backslash before a macro would keep it from being expanded.
		local parent = subinstr(`"`macval(parent)'"', "\", "/", .)
		c_local directory `"`macval(parent)'/stata-pydata"'
		exit
	}

	* fileexists() and confirm file are about files; a directory shows up in its parent.
	local shared : dir "/dev" dirs "shm"
	if `"`shared'"' != "" {
		c_local directory "/dev/shm/stata-pydata-`c(username)'"
		exit
	}
	local parent : environment XDG_RUNTIME_DIR
	if `"`macval(parent)'"' == "" {
		local parent : environment TMPDIR
	}
	if `"`macval(parent)'"' == "" {
		local parent "/tmp"
	}
	c_local directory `"`macval(parent)'/stata-pydata"'
end
