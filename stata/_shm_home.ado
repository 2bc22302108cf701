*! version 0.1.0  26nov2026
* _shm_home "path": leaves in the caller's local `path' the path with the home directory in
* the place of a leading ~, which not every command of Stata knows.

program _shm_home
	version 14.1
	args path
	if `"`macval(path)'"' == "~" | substr(`"`macval(path)'"', 1, 2) == "~/" {
		local home : environment HOME
		if `"`macval(home)'"' != "" {
			local path = `"`macval(home)'"' + substr(`"`macval(path)'"', 2, .)
		}
	}
	c_local path `"`macval(path)'"'
end
