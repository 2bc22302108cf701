*! version 0.1.0  26nov2026
* Describes a segment without loading it; see help shm_describe.

program shm_describe
	version 14.1
	local caller = _caller()
	_shm_split `macval(0)'
	local 0 `"using `macval(after)'"'
	syntax using/ [, Short VARList]
	_shm_find `"`macval(using)'"'
	version `caller': describe `macval(before)' using `"`macval(path)'"', `short' `varlist'
end
