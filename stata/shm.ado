*! version 0.1.0  26nov2026
* shm: command ... using name ...  runs a command of Stata on segments; see help shm.

program shm
	version 14.1
	local caller = _caller()
	gettoken colon command : 0, parse(" :")
	if `"`macval(colon)'"' != ":" {
		display as error "{p}shm is a prefix: {bf:shm:} {it:command} ... {bf:using} " ///
			"{it:name} ...; see {help shm:help shm}{p_end}"
		exit 198
	}
	_shm_split `macval(command)'
	files_of `macval(after)'
	_shm_run `"`macval(files)'"' version `caller': `macval(before)' using `macval(files)' ///
		`macval(after)'
end

* The names right behind using: more than one in append. Leaves in the caller's locals the
* files that they stand for, in quotes, and what comes after them.
program files_of
	local after : copy local 0
	while 1 {
		* In quotes if is the name of a segment.
		gettoken name rest : after, parse(" ,") quotes
		if inlist(`"`macval(name)'"', "", ",", "if", "in") {
			continue, break
		}
		gettoken name : name
		_shm_find `"`macval(name)'"'
		local files `"`macval(files)'`blank'`"`macval(path)'"'"'
		local blank " "
		local after : copy local rest
	}
	if `"`macval(files)'"' == "" {
		display as error "using required"
		exit 100
	}
	c_local files `"`macval(files)'"'
	c_local after `"`macval(after)'"'
end
