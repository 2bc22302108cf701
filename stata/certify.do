*! version 0.1.0  26nov2026
* certify.do: what Stata-PyData relies on, tried on your Stata.
*
*     do certify [folder]
*
* folder is what `python certify_images.py folder` has made (Python's shm.stata_path() says
* where the script lies); without it, what needs images that Python wrote is skipped. Start it
* in a Stata without data and without a log, in a directory that you may write to. It takes a
* minute and removes what it has made. The result is shown, and is in certify_result.txt:
* please send that file.

version 14.1
args images
macro drop CERTIFY_*
if c(changed) & c(k) > 0 {
	error 4
}
tempfile log
capture log using `log', text
if _rc {
	display as error "a log is open; type {bf:log close} first"
	exit 604
}
quietly log close
capture which shm_use
if _rc {
	adopath ++ "`c(pwd)'"
}
local linesize = c(linesize)
global CERTIFY_LINUX = "`c(os)'" == "Unix" & !strpos("`c(machine_type)'", "Mac")
set linesize 255

* ---- How things are checked

* check "title": command  runs a command that ends without an error if all is well.
capture program drop check
program check
	gettoken title 0 : 0
	gettoken colon command : 0, parse(":")
	global CERTIFY_REASON
	global CERTIFY_WHY
	clear
	capture noisily `macval(command)'
	local rc = _rc
	if `rc' == 1 {
		exit 1
	}
	local verdict = cond(`rc', "FAIL", cond(`"$CERTIFY_REASON"' != "", "SKIP", "PASS"))
	global CERTIFY_`verdict' = 0${CERTIFY_`verdict'} + 1
	local why `"$CERTIFY_REASON"'
	if `rc' {
		local why `"r(`rc') ${CERTIFY_WHY}"'
	}
	report `"`verdict'  `title'  `why'"'
end

* A line of the result that is neither right nor wrong.
capture program drop report
program report
	args line
	file write certify `"`macval(line)'"' _n
	display as text _asis `"`macval(line)'"'
end

* must "what should be" expression
capture program drop must
program must
	gettoken what expression : 0
	capture assert `macval(expression)'
	if _rc {
		global CERTIFY_WHY `"`macval(what)'"'
		exit 9
	}
end

* fails # "text": command  must end with this return code and say this.
capture program drop fails
program fails
	gettoken wanted 0 : 0
	gettoken text 0 : 0
	gettoken colon command : 0, parse(":")
	tempfile log
	quietly log using `log', text replace
	capture noisily `macval(command)'
	local rc = _rc
	quietly log close
	if `rc' != `wanted' {
		global CERTIFY_WHY `"r(`rc') instead of r(`wanted') from`macval(command)'"'
		exit 9
	}
	tempname file
	file open `file' using `log', read text
	file read `file' line
	while r(eof) == 0 {
		local said `"`macval(said)' `macval(line)'"'
		file read `file' line
	}
	file close `file'
	if !strpos(`"`macval(said)'"', `"`text'"') {
		global CERTIFY_WHY `"no "`text'" from`macval(command)'"'
		exit 9
	}
end

capture program drop skip
program skip
	global CERTIFY_REASON `"`0'"'
end

* on_linux command  runs a check that needs the plugin.
capture program drop on_linux
program on_linux
	if !$CERTIFY_LINUX {
		skip the plugin is for Linux
		exit
	}
	`0'
end

capture program drop some_data
program some_data
	clear
	quietly set obs 6
	quietly generate byte id = _n
	quietly generate double x = _n / 7
	quietly generate str8 s = "s" + string(_n)
	label define yesno 1 "yes"
	label values id yesno
	sort id
end

* ---- The language

capture program drop certify_macros
program certify_macros
	sets_locals
	must "c_local keeps quotes" `"`macval(quoted)'"' == `"a "b" c"'
	must "c_local keeps a dollar" strpos(`"`macval(dollar)'"', char(36) + "HOME")
	must "c_local of nothing" `"`nothing'"' == ""
	must "c(nosuch) is empty" `"`c(nosuch)'"' == ""
	local loud = c(noisily)
	quietly local quiet = c(noisily)
	capture local captured = c(noisily)
	must "c(noisily)" `loud' == 1 & `quiet' == 0 & `captured' == 0
	local text `"x if s == "a using b" using c, d"'
	_shm_split `text'
	must "before using" strtrim(`"`before'"') == `"x if s == "a using b""'
	must "after using" strtrim(`"`after'"') == "c, d"
	local list : list sort text
	local n : strlen local text
	must "strlen local" `n' == 32
end

capture program drop sets_locals
program sets_locals
	local dollar = char(36) + "HOME"
	c_local quoted `"a "b" c"'
	c_local dollar `"`macval(dollar)'"'
	c_local nothing ""
end

capture program drop certify_numbers
program certify_numbers
	local comma = "`c(dp)'"
	set dp comma
	capture noisily must "a macro keeps the point" "`=1/2'" == ".5"
	local rc = _rc
	set dp `comma'
	exit `rc'
end

capture program drop certify_caller
program certify_caller
	shows_caller 14.1
	version 13: shows_caller 13
end

capture program drop shows_caller
program shows_caller
	args wanted
	local caller = _caller()
	version 14.1
	must "_caller()" `caller' == `wanted'
end

capture program drop certify_options
program certify_options
	fails 198 "option frob not allowed": takes_options, frob
	fails 198 "option number() incorrectly specified": takes_options, number(x)
	fails 198 "invalid name": takes_options, name(1x)
	fails 198 "option name() required": needs_name, name()
	fails 100 "using required": shm_use
	fails 198 "invalid syntax": shm_dir, all
	fails 101 "options not allowed": shm_drop x, all
end

capture program drop takes_options
program takes_options
	syntax [, number(real 0) name(name)]
end

capture program drop needs_name
program needs_name
	syntax, name(name)
end

capture program drop certify_ranges
program certify_ranges
	capture noisily takes_range x in 5/7 using y
	report `"INFO  syntax [in] beyond _N: r(`=_rc')"'
end

capture program drop takes_range
program takes_range
	syntax [anything] [if] [in] using/
end

capture program drop certify_break
program certify_break
	nobreak {
		capture break display "x"
		local rc = _rc
		capture break error 111
		local second = _rc
	}
	must "nobreak and break" `rc' == 0 & `second' == 111
end

* ---- Files

capture program drop certify_files
program certify_files
	tempfile here
	tempname file byte
	quietly file open `file' using `"`here'"', write binary
	file write `file' %1bu (60) %1bu (0) %1bu (255) %1bu (96) %1bu (34)
	file close `file'
	must "fileexists()" fileexists(`"`here'"')
	must "fileexists() of a directory" !fileexists(`"`c(tmpdir)'"')
	file open `file' using `"`here'"', read binary
	file seek `file' eof
	file seek `file' query
	must "size by file seek" r(loc) == 5
	file seek `file' 2
	file read `file' %1bu `byte'
	must "unsigned bytes" scalar(`byte') == 255
	file close `file'
	fails 602 "already exists": confirm new file `"`here'"'
	fails 601 "not found": erase nosuch.dta
	capture file open `file' using nosuch.dta, read binary
	must "file open of nothing" _rc == 601
end

capture program drop certify_directories
program certify_directories
	capture mkdir certify_folder
	must "mkdir of what is there" _rc == 0
	capture mkdir certify_folder
	must "mkdir again" _rc != 0 & _rc != 1
	tempname file
	foreach name in B.dta a.dta .hidden.dta other.txt {
		quietly file open `file' using "certify_folder/`name'", write text replace
		file close `file'
	}
	local found : dir "certify_folder" files "*.dta", respectcase
	local dirs : dir "." dirs "certify_folder"
	capture local absent : dir "certify_folder/nosuch" files "*"
	local rc = _rc
	foreach name in B.dta a.dta .hidden.dta other.txt {
		erase "certify_folder/`name'"
	}
	rmdir certify_folder
	local wanted B.dta a.dta
	must "dir files" `: list wanted in found' & !strpos(`"`found'"', "other.txt")
	must "dir dirs" `"`dirs'"' == `""certify_folder""'
	must "dir of no directory is an error" `rc' != 0
end

capture program drop certify_place
program certify_place
	_shm_directory
	report `"INFO  segment directory: `directory'; c(username): `c(username)'"'
	local user : environment USER
	if "`c(os)'" == "Windows" | `"`user'"' == "" {
		skip no environment variable USER
		exit
	}
	must "c(username) is the user" `"`user'"' == `"`c(username)'"'
end

capture program drop certify_links
program certify_links
	if "`c(os)'" == "Windows" {
		skip links are for Unix
		exit
	}
	some_data
	quietly save certify_1.dta, replace
	quietly shell ln -sf certify_1.dta certify_2.dta
	quietly shell ln -sf /proc/0/fd/0 certify_3.dta
	use x using certify_2.dta, clear
	must "use through a link" c(k) == 1 & x == _n / 7
	local name "`c(filename)'"
	_shm_state certify_3.dta
	local dead `state'
	local links : dir "." other "certify_3.dta"
	local files : dir "." files "certify_?.dta"
	report `"INFO  c(filename) through a link: `name'; files: `files'; other: `links'"'
	use certify_2.dta, clear
	quietly replace x = 0
	quietly save, replace
	use certify_1.dta, clear
	report `"INFO  save, replace through a link writes to the file: `=x[1] == 0'"'
	capture erase certify_3.dta
	report `"INFO  erase of a dead link: r(`=_rc')"'
	quietly shell rm -f certify_1.dta certify_2.dta certify_3.dta
	must "a dead link is absent" "`dead'" == "absent"
end

* ---- Data in memory and .dta files

capture program drop certify_filename
program certify_filename
	some_data
	must "S_FN of unsaved data" `"$S_FN`c(filename)'"' == ""
	quietly save certify_1.dta, replace
	must "S_FN after save" `"$S_FN"' == "certify_1.dta" & "`c(filename)'" == "certify_1.dta"
	must "S_FNDATE" `"$S_FNDATE"' == "`c(filedate)'" & `"$S_FNDATE"' != ""
	local name : copy global S_FN
	local date : copy global S_FNDATE
	global S_FN
	global S_FNDATE
	must "an empty S_FN empties c(filename)" "`c(filename)'" == ""
	capture save, replace
	must "save, replace has no file then" _rc != 0
	global S_FN `"`macval(name)'"'
	global S_FNDATE `"`macval(date)'"'
	must "S_FN sets c(filename)" "`c(filename)'" == "certify_1.dta"
	preserve
	quietly keep in 1/2
	quietly save certify_2.dta, replace
	restore
	must "restore: c(filename)" "`c(filename)'" == "certify_1.dta"
	must "restore: c(changed)" c(changed) == 0 & c(N) == 6
	must "restore: sort order" "`: sortedby'" == "id"
	erase certify_1.dta
	erase certify_2.dta
end

capture program drop certify_changed
program certify_changed
	some_data
	must "new data have changed" c(changed) == 1
	quietly save certify_1.dta, replace
	must "saved data have not" c(changed) == 0
	char _dta[certify] x
	report `"INFO  char makes c(changed) `=c(changed)'"'
	quietly save certify_1.dta, replace
	_shm_changed
	must "_shm_changed" c(changed) == 1
	local left : char _dta[]
	must "_shm_changed leaves nothing" "`left'" == "certify" & c(k) == 3
	erase certify_1.dta
end

capture program drop certify_use
program certify_use
	some_data
	quietly save certify_1.dta, replace
	quietly replace x = 0
	fails 4 "dataset in memory has changed since last saved": use certify_1.dta
	fails 601 "file nosuch.dta not found": use nosuch.dta, clear
	fails 602 "file certify_1.dta already exists": save certify_1.dta
	fails 111 "nosuch not found": use nosuch using certify_1.dta, clear
	must "a failing use leaves the data" c(N) == 6 & x == 0
	capture noisily use in 5/7 using certify_1.dta, clear
	must "use in beyond the end" _rc == 198
	must "it leaves the data" c(N) == 6 & x == 0
	describe using certify_1.dta, short varlist
	must "describe using: N, k" r(N) == 6 & r(k) == 3
	must "describe using: lists" "`r(varlist)'" == "id x s" & "`r(sortlist)'" == "id"
	must "describe using: width" r(width) == 17
	erase certify_1.dta
end

capture program drop certify_save
program certify_save
	some_data
	label define unused 1 "one"
	quietly save certify_1.dta, replace
	use certify_1.dta, clear
	capture label list unused
	must "sets of labels that no variable has are not saved" _rc == 111
	label define unused 1 "one"
	quietly save certify_1.dta, replace orphans
	use certify_1.dta, clear
	must "save, orphans keeps them" `"`: label unused 1'"' == "one"
	clear
	capture quietly save certify_1.dta, replace
	report `"INFO  save of no data: r(`=_rc')"'
	quietly save certify_1.dta, replace emptyok
	use certify_1.dta, clear
	must "save, emptyok" c(k) == 0 & c(N) == 0
	quietly set obs 1
	quietly generate str2045 wide = "x"
	format wide %2045s
	quietly save certify_1.dta, replace
	use certify_1.dta, clear
	must "%2045s" "`: format wide'" == "%2045s"
	erase certify_1.dta
end

capture program drop certify_half
program certify_half
	some_data
	quietly save certify_1.dta, replace
	cut certify_1.dta certify_2.dta 40
	_shm_state certify_2.dta
	must "half an image is seen" "`state'" == "partial"
	_shm_state certify_1.dta
	must "a whole one is seen" "`state'" == "whole"
	capture noisily use certify_2.dta, clear
	report `"INFO  use of a file cut short: r(`=_rc'), then c(N) is `c(N)', c(k) is `c(k)'"'
	fails 610 "not Stata format": use_text
	erase certify_1.dta
	erase certify_2.dta
end

capture program drop use_text
program use_text
	tempname file
	quietly file open `file' using certify_2.dta, write text replace
	file write `file' "this is text, and a good deal of it, as it must be" _n
	file close `file'
	use certify_2.dta, clear
end

* Copies a file but for its last bytes.
capture program drop cut
program cut
	args from to less
	tempname in out byte
	file open `in' using `from', read binary
	file seek `in' eof
	file seek `in' query
	local size = r(loc) - `less'
	file seek `in' tof
	quietly file open `out' using `to', write binary replace
	forvalues i = 1/`size' {
		file read `in' %1bu `byte'
		file write `out' %1bu (`byte')
	}
	file close `in'
	file close `out'
end

* Whether who has a file open still finds its bytes after save, replace and after erase.
capture program drop certify_replace
program certify_replace
	if "`c(os)'" == "Windows" {
		skip open files can't be erased on Windows
		exit
	}
	some_data
	quietly save certify_1.dta, replace
	tempname old byte
	file open `old' using certify_1.dta, read binary
	erase certify_1.dta
	quietly keep id
	quietly save certify_1.dta
	file seek `old' 1
	file read `old' %1bu `byte'
	must "who has an erased file open keeps it" scalar(`byte') == 115
	file seek `old' eof
	file seek `old' query
	local before = r(loc)
	file close `old'
	file open `old' using certify_1.dta, read binary
	file seek `old' eof
	file seek `old' query
	local first = r(loc)
	must "the new file is another" `first' < `before'
	some_data
	quietly save certify_1.dta, replace
	file seek `old' eof
	file seek `old' query
	report `"INFO  save, replace writes into the file that is there: `=r(loc) != `first''"'
	file close `old'
	erase certify_1.dta
end

capture program drop certify_generate
program certify_generate
	quietly generate double x = .
	quietly generate strL text = ""
	quietly set obs 3
	must "variables first, then observations" c(N) == 3 & x == . & text == ""
	quietly generate byte small = 500
	must "500 in a byte" small == . & "`: type small'" == "byte"
end

capture program drop certify_frames
program certify_frames
	if c(stata_version) < 16 {
		skip frames need Stata 16
		exit
	}
	capture makes_frame
	must "it failed as it should" _rc == 459
	capture frame change `certify_made'
	must "a frame with a temporary name goes with its program" _rc != 0
	makes_frame certify_kept
	frame certify_kept: must "a renamed one stays" c(N) == 2
	frame drop certify_kept
end

capture program drop makes_frame
program makes_frame
	args keep
	tempname frame
	c_local certify_made `frame'
	frame create `frame'
	frame `frame': quietly set obs 2
	if "`keep'" == "" {
		error 459
	}
	frame rename `frame' `keep'
end

* ---- The plugin

capture program drop certify_plugin
program certify_plugin
	fails 601 "nosuch.plugin": program certify_nosuch, plugin using("nosuch.plugin")
	tempname file
	quietly file open `file' using certify_1.plugin, write text replace
	file write `file' "no library" _n
	file close `file'
	fails 9999 "Could not load plugin": program certify_no, plugin using("certify_1.plugin")
	erase certify_1.plugin
	quietly file open `file' using certify_1.txt, write text replace
	file write `file' "no info file" _n
	file close `file'
	fails 198 "line 1: expected 5 fields": shm_use using certify_1.txt, threads(2)
	erase certify_1.txt
	fails 110 "already defined": program stata_pydata, plugin using("stata_pydata.plugin")
	plugin call stata_pydata, version
	must "SF_macro_save of a local" "`version'" == "0.1.0"
end

* put variable observation number  stores a number through the plugin interface.
capture program drop put
program put
	plugin call stata_pydata, probe store `0'
	must "a store is accepted" `rc' == 0
end

* What a store makes of the ends of each type and of what lies beyond them.
capture program drop certify_limits
program certify_limits
	local byte -127 100 -128 101
	local int -32767 32740 -32768 32741
	local long -2147483647 2147483620 -2147483648 2147483621
	local float -0x1.fffffep126 0x1.fffffep126 -1e39 1e39
	local double -0x1.fffffffffffffp1023 0x1.fffffffffffffp1022 nan nan
	quietly set obs 8
	local i 0
	foreach type in byte int long float double {
		quietly generate `type' a_`type' = 0
		local ++i
		local j 0
		foreach number in ``type'' nan 0x1p1023 0x1.001p1023 0x1.01ap1023 {
			local ++j
			put `i' `j' `number'
		}
		must "a store promotes nothing" "`: type a_`type''" == "`type'"
		must "beyond the ends of `type'" a_`type'[3] == . & a_`type'[4] == .
		must "NaN, `type'" a_`type'[5] == .
		must "codes of ., .a, .z, `type'" ///
			a_`type'[6] == . & a_`type'[7] == .a & a_`type'[8] == .z
	}
	foreach type in byte int long {
		must "least `type'" a_`type'[1] == `: word 1 of ``type'''
		must "largest `type'" a_`type'[2] == `: word 2 of ``type'''
	}
	must "least float" string(a_float[1], "%21x") == "-1.fffffe0000000X+07e"
	must "largest float" string(a_float[2], "%21x") == "+1.fffffe0000000X+07e"
	must "least double" string(a_double[1], "%21x") == "-1.fffffffffffffX+3ff"
	must "largest double" string(a_double[2], "%21x") == "+1.fffffffffffffX+3fe"
end

* What the project doesn't rely on, but would like to know.
capture program drop certify_stores
program certify_stores
	quietly set obs 2
	quietly generate double x = 0
	quietly generate byte n = 0
	quietly generate str5 s = ""
	quietly generate strL big = ""
	quietly save certify_1.dta, replace
	put 1 1 inf
	report `"INFO  a store makes c(changed) `=c(changed)'"'
	put 1 2 0x1.0008p1023
	put 2 1 1.7
	put 2 2 -1.7
	report `"INFO  infinity: `=x[1]'; between . and .a: `=x[2]'; 1.7, -1.7 in a byte: `=n[1]', `=n[2]'"'
	plugin call stata_pydata, probe store_text 3 1 "1234567"
	report `"INFO  7 bytes in a str5: r(`rc'), "`=s[1]'""'
	plugin call stata_pydata, probe store_text 4 1 "text"
	report `"INFO  a text in a strL: r(`rc'), "`=big[1]'""'
	plugin call stata_pydata, probe absent
	report `"INFO  a macro that is not there: r(`rc'), "`text'""'
	must "it counts as empty" `rc' != 0 | `"`text'"' == ""
	erase certify_1.dta
end

capture program drop certify_interface
program certify_interface
	quietly set obs 7
	foreach name in a b c {
		quietly generate double `name' = 0
	}
	plugin call stata_pydata in 2/3, probe counts
	report `"INFO  a call without variables counts `call_variables' of the call, `dataset_variables' of the data"'
	must "one of the counts is right" max(`call_variables', `dataset_variables') == 3
	must "observations, whatever in says" `observations' == 7
	must "the value of ." "`missing'" == "0x1p+1023"
	must "version 3" `spi_version' == 3
	plugin call stata_pydata c a, probe counts
	must "variables of the call" `call_variables' == 2 & `dataset_variables' == 3
	plugin call stata_pydata c a, probe store 1 4 5
	must "variables count along the call" c[4] == 5 & a[4] == 0
	local blanks "two  words"
	plugin call stata_pydata, probe counts a "" "`blanks'" b
	must "words arrive whole, empty ones too" `words' == 4 & `bytes' == 12
	local long = 2000 * "1234567890"
	capture plugin call stata_pydata, probe counts `long'
	report `"INFO  of 20,000 bytes behind the comma `bytes' arrive, r(`=_rc')"'
	plugin call stata_pydata, probe macro 150000
	must "150,000 bytes in a macro" `bytes' == 150000 & `: strlen local long' == 150000
	must "a macro is cut at the buffer" `cut' == 7
	fails 0 "{bf:x} ": plugin call stata_pydata, probe display "{bf:x} "
	fails 0 "in {red}": quietly plugin call stata_pydata, probe error "in {red}"
end

capture program drop certify_order
program certify_order
	foreach i of numlist 1/10 {
		quietly generate double x`i' = 1
	}
	quietly set obs 300000
	plugin call stata_pydata, probe order
	report `"INFO  ps per store by observation: `by_observation', by variable: `by_variable'"'
	must "zeros everywhere" x1[1] == 0 & x10[300000] == 0 & x5[150000] == 0
end

capture program drop certify_segments
program certify_segments
	args folder
	if `"`folder'"' == "" | !$CERTIFY_LINUX {
		skip no folder of images, or not Linux
		exit
	}
	if !fileexists(`"`folder'/info.txt"') {
		skip no info file; make the folder anew
		exit
	}
	foreach threads in 1 2 8 {
		shm_use using `"`folder'/info.txt"', clear threads(`threads')
		must "r() of shm_use" r(N) == 200000 & "`r(varlist)'" == "count ratio gap"
		must "integers, `threads' threads" count == _n - 6
		must "doubles, `threads' threads" ratio == (_n - 1) / 7
		must "NaN is missing, `threads' threads" cond(_n <= 5, gap == ., gap == 1)
	}
	must "types" "`: type count'" == "long" & "`: type ratio'" == "double"
	shm_use using `"`folder'/info.txt"', clear deallocate
	capture shm_use using `"`folder'/info.txt"', clear
	must "deallocate removes the segments" _rc == 601
	erase `"`folder'/info.txt"'
end

* ---- Images that Python wrote

capture program drop certify_types
program certify_types
	args folder
	use `"`folder'/types.dta"'
	must "types" "`: type a_byte' `: type a_int' `: type a_long'" == "byte int long"
	must "types of reals" "`: type a_float' `: type a_double'" == "float double"
	must "byte" a_byte[1] == -127 & a_byte[2] == 100
	must "int" a_int[1] == -32767 & a_int[2] == 32740
	must "long" a_long[1] == -2147483647 & a_long[2] == 2147483620
	must "least float" string(a_float[1], "%21x") == "-1.fffffe0000000X+07e"
	must "largest float" string(a_float[2], "%21x") == "+1.fffffe0000000X+07e"
	must "least double" string(a_double[1], "%21x") == "-1.fffffffffffffX+3ff"
	must "largest double" string(a_double[2], "%21x") == "+1.fffffffffffffX+3fe"
	foreach type in byte int long float double {
		must "zero and ., `type'" a_`type'[3] == 0 & a_`type'[4] == .
		forvalues i = 1/26 {
			local letter = char(96 + `i')
			must ".`letter', `type'" a_`type'[4 + `i'] == .`letter'
		}
	}
	quietly save certify_1.dta, replace
	cf _all using certify_1.dta
	erase certify_1.dta
end

capture program drop certify_texts
program certify_texts
	args folder
	use `"`folder'/texts.dta"'
	must "types" "`: type ascii' `: type umlaut' `: type wide'" == "str3 str7 str2045"
	must "strL" "`: type strl' `: type bytes' `: type again'" == "strL strL strL"
	must "ascii" ascii[1] == "abc" & ascii[2] == "" & ascii[3] == "x"
	must "UTF-8" umlaut[1] == "größe" & ustrlen(umlaut[3]) == 2
	must "2045 bytes" wide[1] == 2045 * "w" & wide[3] == "w"
	must "long strL" strl[1] == 100000 * "L" & strl[2] == "" & strl[3] == "shared"
	must "one strL in two cells" again[1] == "shared" & again[2] == "shared" & again[3] == ""
	must "binary strL" strlen(bytes[1]) == 3 & bytes[1] == char(0) + char(1) + char(2)
	compress
	quietly save certify_1.dta, replace
	cf _all using certify_1.dta
	erase certify_1.dta
end

capture program drop certify_labels
program certify_labels
	args folder
	use `"`folder'/labels.dta"'
	local tail = char(36) + "HOME"
	local label : data label
	must "data label" strpos(`"`macval(label)'"', `"`macval(tail)'"') > 0
	local label : variable label id
	must "variable label" strpos(`"`macval(label)'"', `"say "hi""') == 1
	local label : variable label day
	must "UTF-8 variable label" ustrlen(`"`macval(label)'"') == 60
	local label : label (answer) -1
	must "value label" strpos(`"`macval(label)'"', `"`macval(tail)'"') > 0
	local label : label (answer) .a
	must "value label of .a" "`label'" == "refused"
	must "formats" "`: format day' `: format time' `: format month'" == "%td %tc %tm"
	must "date" day[2] == td(01jan2020) & day[4] == td(31dec9999)
	must "month" month[2] == tm(2020m1)
	must "sort order" "`: sortedby'" == "id"
	local count : char _dta[note0]
	must "notes" "`count'" == "2" & `"`: char _dta[note1]'"' == "first"
	local text : char _dta[certify]
	must "characteristic" strpos(`"`macval(text)'"', `"`macval(tail)'"') > 0
	local text : char id[certify]
	must "long characteristic" strlen("`text'") == 60000
	notes
	describe
	quietly save certify_1.dta, replace
	cf _all using certify_1.dta
	erase certify_1.dta
end

capture program drop certify_shapes
program certify_shapes
	args folder
	use `"`folder'/empty.dta"'
	must "no observations" c(N) == 0 & "`: type s'" == "str5"
	use `"`folder'/old.dta"', clear
	must "release 117" x == 1.5 & s == "text"
	capture noisily use `"`folder'/newer.dta"', clear
	report `"INFO  use of release 122: r(`=_rc')"'
	must "a release to come is refused" _rc != 0 & _rc != 1
	capture noisily use `"`folder'/formatless.dta"', clear
	report `"INFO  use of a variable without a format: r(`=_rc'), "`: format x'""'
	if !c(MP) | c(stata_version) < 15 {
		capture noisily use `"`folder'/wide.dta"', clear
		report `"INFO  use of release 119: r(`=_rc')"'
		exit
	}
	clear
	local maxvar = c(maxvar)
	if `maxvar' < 33000 {
		quietly set maxvar 33000
	}
	capture noisily use `"`folder'/wide.dta"'
	local rc = _rc
	capture noisily must "release 119" c(k) == 33000 & v32999 == cond(_n == 1, 32999, -32999)
	local second = _rc
	clear
	if `maxvar' < 33000 {
		quietly set maxvar `maxvar'
	}
	exit cond(`rc', `rc', `second')
end

* ---- The commands of the package

capture program drop certify_commands
program certify_commands
	some_data
	quietly save certify_1.dta, replace
	shm_save using certify-all
	must "c(filename) stays" "`c(filename)'" == "certify_1.dta" & c(changed) == 0
	quietly replace x = 2 * x
	shm_save id x if id > 4 using certify-part
	must "c(filename) and c(changed) stay" "`c(filename)'" == "certify_1.dta" & c(changed)
	fails 602 "already exists": shm_save using certify-all
	shm_save using certify-all, replace
	quietly summarize id
	shm_use if id > r(mean) using certify-all, clear
	must "r() is there for the condition" c(N) == 3 & id[1] == 4
	shm_use x if x > 1 in 2/6 using certify-all, clear
	must "shm_use" c(N) == 3 & c(k) == 1 & r(N) == 3 & "`c(filename)'" == ""
	shm: merge 1:1 _n using certify-part, nogenerate update replace
	must "shm: merge" c(N) == 3 & c(k) == 2
	shm: append using certify-all certify-part
	must "shm: append" c(N) == 11
	shm_describe using certify-all, short varlist
	must "shm_describe" r(N) == 6 & "`r(varlist)'" == "id x s"
	shm_dir
	local names `r(names)'
	local made certify-all certify-part
	must "shm_dir" `: list made in names'
	if c(stata_version) >= 16 {
		shm_use id using certify-part, frame(certify_frame)
		frame certify_frame: must "frame()" c(N) == 2
		fails 198 "frame": shm_use using certify-part, clear frame()
		frame drop certify_frame
	}
	_shm_path certify-all
	cut certify_1.dta `path' 40
	fails 612 "is not whole": shm_use using certify-all, clear wait(.1)
	must "half a segment leaves the data" c(N) == 11
	shm_drop certify-all
	shm_use using certify-part, clear deallocate
	must "after deallocate the data count as changed" c(changed) == 1
	fails 601 "not found": shm_use using certify-part, clear
	erase certify_1.dta
end

capture program drop certify_speed
program certify_speed
	quietly set obs 1000000
	forvalues i = 1/10 {
		quietly generate double x`i' = _n
	}
	timer clear 99
	timer on 99
	shm_save using certify-speed, replace
	timer off 99
	quietly timer list 99
	local save = r(t99) * 100
	timer clear 99
	timer on 99
	shm_use using certify-speed, clear
	timer off 99
	quietly timer list 99
	local use = r(t99) * 100
	timer clear 99
	shm_drop certify-speed
	report `"INFO  ns per double: shm_save `: display %5.1f `save'', shm_use `: display %5.1f `use''"'
end

* ---- All of it

capture file close certify
quietly file open certify using certify_result.txt, write text replace
report `"Stata `c(stata_version)' `c(edition)' MP `c(MP)' SE `c(SE)', `c(os)', `c(machine_type)'"'
report `"born `c(born_date)', processors `c(processors)', maxvar `c(maxvar)', `c(current_date)'"'
check "macros and quotes": certify_macros
check "numbers under set dp comma": certify_numbers
check "_caller()": certify_caller
check "bad options": certify_options
check "in ranges": certify_ranges
check "nobreak": certify_break
check "files and bytes": certify_files
check "directories": certify_directories
check "the segment directory": certify_place
check "symbolic links": certify_links
check "the name of the data": certify_filename
check "changed data": certify_changed
check "use and describe using": certify_use
check "save": certify_save
check "half a file": certify_half
check "replaced files": certify_replace
check "generate without observations": certify_generate
check "temporary frames": certify_frames
check "the plugin": on_linux certify_plugin
check "storage limits in the plugin": on_linux certify_limits
check "what the plugin is told": on_linux certify_interface
check "other stores of the plugin": on_linux certify_stores
check "the order of cells": on_linux certify_order
check "segments of the original kind": certify_segments `"`images'"'
foreach kind in types texts labels shapes {
	if `"`images'"' == "" {
		check "images: `kind'": skip no folder of images
	}
	else {
		check "images: `kind'": certify_`kind' `"`images'"'
	}
}
check "the commands": certify_commands
check "speed": certify_speed
clear
set linesize `linesize'
foreach verdict in PASS FAIL SKIP {
	local `verdict' = 0${CERTIFY_`verdict'}
}
report "passed `PASS', failed `FAIL', skipped `SKIP'"
file close certify
macro drop CERTIFY_*
