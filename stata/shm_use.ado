*! version 0.1.0  23nov2026
* Imports the shared-memory segments that an info file names; see help shm_use.

program shm_use, rclass
	version 14.1
	syntax using/ [, clear DEALLOCate COMPress THReads(integer 0)]
	if !inrange(`threads', 0, c(maxlong)) {
		display as error "threads() must be 0 or more, and at most 2,147,483,620"
		exit 198
	}
	if c(changed) & c(k) > 0 & "`clear'" == "" {
		error 4
	}

	* Stata's ~ and its working directory mean nothing to the plugin.
	local file `"`macval(using)'"'
	if substr(`"`macval(file)'"', 1, 2) == "~/" {
		local home : environment HOME
		local file = `"`macval(home)'"' + substr(`"`macval(file)'"', 2, .)
	}
	confirm file `"`macval(file)'"'
	if substr(`"`macval(file)'"', 1, 1) != "/" {
		local file `"`c(pwd)'/`macval(file)'"'
	}

	* Nothing is touched before scan has found everything in order. It leaves what the
	* data will be in locals: obs, k, names, types, renamed, original#.
	shm_use_plugin
	plugin call stata_pydata, scan `"`macval(file)'"'
	if `k' > c(maxvar) {
		display as error "no room to add more variables: `k' are wanted, maxvar is " ///
			c(maxvar) "; type {bf:set maxvar `k'}"
		exit 900
	}

	* Whatever fails from here on, Break too, brings back what is in memory now. There is
	* no capture noisily here, for that would speak up under quietly.
	preserve
	clear
	* Variables first: each one added to a million observations would move them all.
	local rest `types'
	foreach name of local names {
		gettoken type rest : rest
		quietly generate `type' `name' = .
	}
	foreach j of local renamed {
		local name : word `j' of `names'
		quietly label variable `name' `"`macval(original`j')'"'
	}
	if `obs' > 0 {
		quietly set obs `obs'
	}
	plugin call stata_pydata, fill `"`macval(file)'"' `threads'
	display as text "(`k' variable" cond(`k' == 1, "", "s") ", " ///
		strtrim(string(`obs', "%15.0fc")) " observation" ///
		cond(`obs' == 1, "", "s") " read)"
	`compress'
	restore, not

	return local filename `"`macval(using)'"'
	return local varlist `names'
	return scalar k = `k'
	return scalar N = `obs'

	* The data stay, whatever becomes of the segments.
	if "`deallocate'" != "" {
		plugin call stata_pydata, remove `"`macval(file)'"'
	}
end

* Loads the plugin, unless that has been done (110), and makes sure that it is the one that
* came with this file. The handle is global: a command of its own may share it.
program shm_use_plugin
	capture program stata_pydata, plugin using("stata_pydata.plugin")
	if !inlist(_rc, 0, 110) {
		shm_use_no_plugin
	}
	plugin call stata_pydata, version
	local wanted "0.1.0"
	if "`version'" != "`wanted'" {
		display as error "stata_pydata.plugin is version `version', shm_use.ado is `wanted'"
		display as error "install both again, then type {bf:discard}"
		exit 498
	}
end

program shm_use_no_plugin
	local computer "`c(os)', `c(machine_type)'"
	capture findfile stata_pydata.plugin
	if _rc == 0 {
		display as error `"`r(fn)' could not be loaded"'
		display as error "this is `computer'; the file may be meant for another system"
		display as error "or for a newer one; see {help shm_use##plugin:help shm_use}"
		exit 9999
	}
	display as error "file stata_pydata.plugin not found along the ado-path"
	display as error "this is `computer'; where to get the file for it:"
	display as error "see {help shm_use##plugin:help shm_use}"
	exit 601
end
