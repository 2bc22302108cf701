*! version 0.1.0  26nov2026
* Loads data that Python, or another Stata, left in shared memory; see help shm_use.

program shm_use, rclass
	version 14.1
	_shm_split `macval(0)'
	local 0 `"using `macval(after)'"'
	syntax using/ [, clear DEALLOCate COMPress Wait(real 0) FRame(passthru) noLabel ///
		THReads(integer 0)]
	if !inrange(`threads', 0, c(maxlong)) {
		display as error "threads() must be 0 or more, and at most 2,147,483,620"
		exit 198
	}
	if !inrange(`wait', 0, 1e6) {
		display as error "wait() must be 0 or more seconds, and at most 1,000,000"
		exit 198
	}
	if `"`macval(frame)'"' != "" {
		frame_name, `macval(frame)'
	}
	if "`frame'" != "" & c(stata_version) < 16 {
		display as error "option frame() not allowed; frames need Stata 16 or later"
		exit 199
	}
	if c(changed) & c(k) > 0 & "`clear'`frame'" == "" {
		error 4
	}

	_shm_find `"`macval(using)'"' `wait' info
	if "`kind'" == "info" {
		if `"`macval(before)'"' != "" {
			refuse_for_info `"`macval(using)'"' 101 varlist, if and in
		}
		if "`frame'`label'" != "" {
			refuse_for_info `"`macval(using)'"' 198 options frame() and nolabel
		}
		use_segments `"`macval(using)'"' `threads' "`compress'" `deallocate'
		return add
		return local filename `"`macval(using)'"'
		exit
	}
	if `threads' != 0 {
		display as error `"{p}option threads() not allowed: `macval(using)' is an image, "' ///
			"which {bf:use} loads{p_end}"
		exit 198
	}
	local load `"load_image `"`macval(before)'"' `"`macval(path)'"' "`clear' `label'" "'
	local load `"`macval(load)' "`compress'" `deallocate'"'
	if "`frame'" == "" {
		`macval(load)'
	}
	else {
		load_into_frame `frame' `macval(load)'
	}
	return add
	return local path `"`macval(path)'"'
	return local filename `"`macval(using)'"'
	if "`deallocate'" != "" {
		* Gone is as good as erased: somebody else was faster.
		capture erase `"`macval(path)'"'
		if !inlist(_rc, 0, 601) {
			error _rc
		}
	}
end

* frame() with nothing in it, as an empty macro leaves it, is not the current frame.
program frame_name
	syntax, FRame(name)
	c_local frame `frame'
end

* An info file of the original kind stands for whole variables without labels.
program refuse_for_info
	gettoken name 0 : 0
	gettoken rc what : 0
	display as error `"{p}`what' not allowed: `macval(name)' is an info file, not an "' ///
		"image{p_end}"
	exit `rc'
end

* The frame is current only while the data are read into it. A new one gets its name when
* they have been read: until then it is a temporary one, which goes if anything fails.
program load_into_frame, rclass
	gettoken frame load : 0
	capture confirm frame `frame'
	local rc = _rc
	if `rc' == 1 {
		error 1
	}
	if `rc' == 0 {
		frame `frame': `macval(load)'
	}
	else {
		tempname new
		frame create `new'
		frame `new': `macval(load)'
		frame rename `new' `frame'
	}
	return add
end

program load_image, rclass
	args before path options compress deallocate
	_shm_run `"`"`macval(path)'"'"' use `macval(before)' using `"`macval(path)'"', `options'
	* Stata may call the data after another spelling of the path.
	global S_FN
	global S_FNDATE
	`compress'
	if "`deallocate'" != "" {
		* What lies in memory alone is not to be lost by the next use.
		_shm_changed
	}
	if c(k) > 0 {
		unab names : _all
	}
	report `c(k)' `c(N)'
	return local varlist `names'
	return scalar k = c(k)
	return scalar N = c(N)
end

program report
	args k obs
	display as text "(`k' variable" cond(`k' == 1, "", "s") ", " ///
		strtrim(string(`obs', "%15.0fc")) " observation" ///
		cond(`obs' == 1, "", "s") " read)"
end

* The original transport: one System V segment for each variable, filled by the plugin.
program use_segments, rclass
	args file threads compress deallocate
	* Stata's ~ and its working directory mean nothing to the plugin.
	_shm_home `"`macval(file)'"'
	local file : copy local path
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
	report `k' `obs'
	`compress'
	restore, not
	global S_FN
	global S_FNDATE

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
