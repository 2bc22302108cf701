{smcl}
{* *! version 0.1.0  26nov2026}{...}
{vieweralsosee "[D] merge" "help merge"}{...}
{vieweralsosee "[D] append" "help append"}{...}
{vieweralsosee "shm_use" "help shm_use"}{...}
{vieweralsosee "shm_save" "help shm_save"}{...}
{vieweralsosee "shm_describe" "help shm_describe"}{...}
{vieweralsosee "shm_dir" "help shm_dir"}{...}
{vieweralsosee "shm_drop" "help shm_drop"}{...}
{viewerjumpto "Syntax" "shm##syntax"}{...}
{viewerjumpto "Description" "shm##description"}{...}
{viewerjumpto "Segment names and where segments lie" "shm##names"}{...}
{viewerjumpto "Remarks" "shm##remarks"}{...}
{viewerjumpto "Examples" "shm##examples"}{...}
{title:Title}

{p2colset 5 12 14 2}{...}
{p2col:{bf:shm} {hline 2}}Use data in shared memory with any command of Stata{p_end}
{p2colreset}{...}


{marker syntax}{...}
{title:Syntax}

{pstd}Run a command of Stata on segments

{p 8 16 2}
{cmd:shm:} {it:command} ... {cmd:using} {it:name} [{it:name} ...] ...


{pstd}The commands of the package

{synoptset 16}{...}
{p2col 5 21 23 2:{helpb shm_use}}load a segment, or part of one{p_end}
{p2col 5 21 23 2:{helpb shm_save}}save the data in memory, or part of them, as a segment{p_end}
{p2col 5 21 23 2:{helpb shm_describe}}describe a segment without loading it{p_end}
{p2col 5 21 23 2:{helpb shm_dir}}list the segments{p_end}
{p2col 5 21 23 2:{helpb shm_drop}}remove segments{p_end}
{p2colreset}{...}


{marker description}{...}
{title:Description}

{pstd}
These commands hand data over between Stata and Python, or between two Statas, through shared
memory. A {it:segment} is a complete .dta file that lies in memory instead of on a disk. Python
writes and reads segments with the package {cmd:stata-pydata} ({cmd:shm.write()},
{cmd:shm.read()}); Stata does so with {helpb use} and {helpb save}, which these commands run.
All types, labels, formats, notes and characteristics arrive.

{pstd}
{cmd:shm:} is a prefix. It finds the names that follow {cmd:using} in {it:command}, makes sure
that the segments are there and whole, and runs {it:command} with their paths in their place.
{it:command} is any command that reads a .dta file: {helpb merge}, {helpb append},
{helpb joinby}, {helpb cf}, {helpb describe}, {helpb use} and others. Its
options, its messages, its return code and its stored results are its own.


{marker names}{...}
{title:Segment names and where segments lie}

{pstd}
A segment name is made of letters (a-z, A-Z), digits, {cmd:_}, {cmd:-} and {cmd:.}, at most 64
of them, and does not begin with a period. The segment {it:name} is the file {it:name}{cmd:.dta}
in the segment directory, which is

{phang2}1. the directory in the environment variable {cmd:STATA_PYDATA_DIR}, if that is set;

{phang2}2. else, where there is {cmd:/dev/shm} (Linux),
{cmd:/dev/shm/stata-pydata-}{it:user}, where {it:user} is {cmd:c(username)};

{phang2}3. else (macOS) the directory {cmd:stata-pydata} in {cmd:$XDG_RUNTIME_DIR}, if that is
set, or in {cmd:$TMPDIR}, or in {cmd:/tmp};

{phang2}4. on Windows {cmd:%LOCALAPPDATA%\stata-pydata}.

{pstd}
Python goes by the same rule. {helpb shm_dir} shows which directory it is. Environment variables
are those that Stata was started with.

{pstd}
Anything with a separator ({cmd:/} or {cmd:\}) or that ends in {cmd:.dta} is a path of a file.
The commands take both: {cmd:shm: append using panel "../other data/panel.dta"}.


{marker remarks}{...}
{title:Remarks}

{pstd}
{ul:Lifetime.} A segment stays until somebody removes it ({helpb shm_drop}, the option
{cmd:deallocate} of {helpb shm_use}, {cmd:shm.drop()} in Python) or the machine is restarted.
It takes memory all that time.

{pstd}
{ul:Privacy.} {helpb shm_save} makes the segment directory, if there is none, with the
permissions that your umask gives it; Stata has no command that changes them. Python makes it
accessible to you alone and closes one that Stata has made. Type {cmd:umask 077} before you
start Stata, or let Python write first, if others use the machine.

{pstd}
{ul:Half-written segments.} Python publishes a segment when it is complete. Stata writes it
where it lies, so somebody who reads it at that moment finds half of it. All commands here, and
Python, look for the end of a segment before they touch anything and say so if it is not there;
{cmd:shm_use, wait()} waits for it.


{marker examples}{...}
{title:Examples}

{pstd}In Python{p_end}
{phang2}{cmd:>>> import shm}{p_end}
{phang2}{cmd:>>> shm.write(frame, "panel")}{p_end}

{pstd}In Stata{p_end}
{phang2}{cmd:. shm_use using panel, clear}{p_end}

{pstd}Merge a segment with the data in memory{p_end}
{phang2}{cmd:. shm: merge m:1 id using panel, nogenerate}{p_end}

{pstd}Append two{p_end}
{phang2}{cmd:. shm: append using north south}{p_end}

{pstd}Hand some of the data back{p_end}
{phang2}{cmd:. shm_save id yhat if e(sample) using fitted, replace}{p_end}

{pstd}In Python{p_end}
{phang2}{cmd:>>> fitted = shm.read("fitted")}{p_end}


{title:Author}

{pstd}
The Stata-PyData project. License: MIT.


{title:Also see}

{psee}
Manual:  {manhelp merge D}, {manhelp append D}
{p_end}

{psee}
Online:  {helpb shm_use}, {helpb shm_save}, {helpb shm_describe}, {helpb shm_dir}, {helpb shm_drop}
{p_end}
