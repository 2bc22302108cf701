*! version 0.1.0  26nov2026
* _shm_run `" "file" ... "' command: runs a command that uses these files, as if it were run
* itself, and makes sure that the data are not called after one of them afterwards, whether
* the command succeeds, fails or is interrupted: else a careless save, replace would write
* over an image. r() and e() are the command's.

program _shm_run
	version 14.1
	gettoken files command : 0
	* capture alone would silence the command, and noisily speak up under quietly.
	local loud = cond("`c(noisily)'" == "0", "", "noisily")
	nobreak {
		capture `loud' break `macval(command)'
		local rc = _rc
		_shm_forget `macval(files)'
	}
	if `rc' != 0 & "`loud'" == "" {
		if `rc' != 1 {
			display as error "{p}(the command's own message is not shown under quietly){p_end}"
		}
		error `rc'
	}
	exit `rc'
end
