{smcl}
{* *! version 0.1.0  26nov2026}{...}
{vieweralsosee "[D] use" "help use"}{...}
{vieweralsosee "[D] frames" "help frames"}{...}
{vieweralsosee "[P] plugin" "help plugin"}{...}
{vieweralsosee "shm" "help shm"}{...}
{vieweralsosee "shm_save" "help shm_save"}{...}
{vieweralsosee "shm_describe" "help shm_describe"}{...}
{vieweralsosee "shm_dir" "help shm_dir"}{...}
{vieweralsosee "shm_drop" "help shm_drop"}{...}
{viewerjumpto "Syntax" "shm_use##syntax"}{...}
{viewerjumpto "Description" "shm_use##description"}{...}
{viewerjumpto "Options" "shm_use##options"}{...}
{viewerjumpto "Info files: the original kind" "shm_use##info"}{...}
{viewerjumpto "The plugin" "shm_use##plugin"}{...}
{viewerjumpto "Examples" "shm_use##examples"}{...}
{viewerjumpto "Stored results" "shm_use##results"}{...}
{title:Title}

{p2colset 5 16 18 2}{...}
{p2col:{bf:shm_use} {hline 2}}Load data from shared memory{p_end}
{p2colreset}{...}


{marker syntax}{...}
{title:Syntax}

{p 8 16 2}
{cmd:shm_use} [{varlist}] {ifin} {cmd:using} {it:name} [{cmd:,} {it:options}]

{synoptset 16}{...}
{synopthdr}
{synoptline}
{synopt:{opt clear}}replace the data in memory{p_end}
{synopt:{opt dealloc:ate}}remove the segment once it has been loaded{p_end}
{synopt:{opt comp:ress}}store each variable in the smallest type that holds it{p_end}
{synopt:{opt w:ait(#)}}wait up to {it:#} seconds for the segment{p_end}
{synopt:{opt fr:ame(framename)}}load into this frame (Stata 16 and later){p_end}
{synopt:{opt nol:abel}}load no value labels{p_end}
{synopt:{opt thr:eads(#)}}number of threads; only for an info file{p_end}
{synoptline}
{p2colreset}{...}

{p 4 6 2}
{it:name} is one of

{phang2}o{space 2}a {help shm##names:segment name}: the segment that Python wrote with
{cmd:shm.write()} or another Stata with {helpb shm_save}; it comes before a file of this
name;{p_end}
{phang2}o{space 2}the path of a .dta file: it has a separator or ends in {cmd:.dta};{p_end}
{phang2}o{space 2}the {help shm_use##info:info file} that {cmd:shm.write_frame()} or
{cmd:shm.write_list()} wrote.{p_end}

{p 4 6 2}
If it contains blanks, enclose it in double quotes.


{marker description}{...}
{title:Description}

{pstd}
{cmd:shm_use} loads data that lie in shared memory. It is {helpb use} on a segment: {it:varlist},
{cmd:if} and {cmd:in} are about the data in the segment, and what is not asked for is not
loaded.

{pstd}
Before the data in memory are touched, {cmd:shm_use} makes sure that the segment is there and
whole. Afterwards the data have no filename ({cmd:c(filename)} is empty), so that
{cmd:save, replace} can't write over the segment.


{marker options}{...}
{title:Options}

{phang}
{opt clear} specifies that the data in memory may be replaced even though they have changed
since they were last saved. With {cmd:frame()} it is about the data in that frame.

{phang}
{opt deallocate} removes the segment from shared memory after it has been loaded, also if only a
part of it has been, and also if {it:name} is a path. As nothing but the data in memory is left,
they count as changed. Without {cmd:deallocate} a segment stays until it is removed; see
{helpb shm_drop}.

{phang}
{opt compress} runs {helpb compress} on the data.

{phang}
{opt wait(#)} waits up to {it:#} seconds until the segment is there and whole, as when another
process is to write it. The default is {cmd:wait(0)}. An info file is waited for, too, but not
until it is complete.

{phang}
{opt frame(framename)} loads the data into the frame {it:framename}, which is made if there is
none of this name. The current frame stays the current frame.

{phang}
{opt nolabel} loads no value labels.

{phang}
{opt threads(#)} specifies the number of threads that copy data of the original kind. The
default, {cmd:threads(0)}, is as many as there are variables, up to the number of processors;
few observations are read by one.


{marker info}{...}
{title:Info files: the original kind}

{pstd}
{cmd:shm.write_frame()} and {cmd:shm.write_list()} put each variable, numbers alone, into a
System V shared-memory segment of its own, and write an info file that says which segments there
are. {cmd:shm_use} {cmd:using} {it:info file} reads them with a {help shm_use##plugin:plugin}.
The options {cmd:clear}, {cmd:deallocate}, {cmd:compress} and {cmd:threads()} are allowed;
{it:varlist}, {cmd:if}, {cmd:in} and the other options are not. No extension is added to the
name of an info file.

{pstd}
The info file, the segments and every value in them are checked before the data in memory are
touched. If anything is wrong, or if you press {hi:Break}, the data in memory stay as they are
and the segments stay too. Without {cmd:deallocate} the segments stay until they are removed, by
{cmd:shm.deallocate()} in Python or {cmd:ipcrm} in a shell, or until the machine is restarted.

{pstd}
{ul:Storage types.} Integers become {cmd:long} if all of them are between -2,147,483,647 and
2,147,483,620, otherwise {cmd:double}. A {cmd:double} holds integers up to 2^53 exactly;
beyond that a note names the variables. Floats become {cmd:double}, and NaN becomes
{cmd:.} (missing). An infinity, or a number beyond the range of {cmd:double}, is an error
that names the variable, the observation and the value.

{pstd}
{ul:Names.} A name that Stata does not allow is changed: characters that may not be in a name
become {cmd:_}, a name that begins with a digit and a reserved word get {cmd:_} in front,
longer ones are cut after 32 characters, and if that makes two names equal, a number is
added. A note says so, and the original name becomes the variable's label.

{pstd}
{ul:Data in memory.} As after any import, the data have no filename and count as changed.


{marker plugin}{...}
{title:The plugin}

{pstd}
Segments need no plugin. For an info file, {cmd:shm_use} needs the file
{cmd:stata_pydata.plugin} along the ado-path (see {helpb adopath}), best beside
{cmd:shm_use.ado}. It exists for Linux on 64-bit Intel and AMD processors.

{phang}o{space 2}The Python package {cmd:stata-pydata} carries it. In Python,
{cmd:shm.stata_path()} says in which folder; type {cmd:adopath + }{it:folder} in Stata.{p_end}
{phang}o{space 2}{cmd:net install stata_pydata} copies it together with {cmd:shm_use}.{p_end}
{phang}o{space 2}In a checkout of the sources, {cmd:make build} puts it beside
{cmd:shm_use.ado}. Do this if Stata finds the file but could not load it: it was
built on a system newer than yours.{p_end}

{pstd}
After you replace the file, type {cmd:discard} so that Stata loads the new one.


{marker examples}{...}
{title:Examples}

{pstd}In Python{p_end}
{phang2}{cmd:>>> import shm}{p_end}
{phang2}{cmd:>>> shm.write(frame, "panel")}{p_end}

{pstd}In Stata{p_end}
{phang2}{cmd:. shm_use using panel, clear}{p_end}

{pstd}Two variables of some observations{p_end}
{phang2}{cmd:. shm_use id income if year >= 2010 using panel, clear}{p_end}

{pstd}Into a frame, made small, with the shared memory given back{p_end}
{phang2}{cmd:. shm_use using panel, frame(panel) compress deallocate}{p_end}

{pstd}As soon as Python has written it, within a minute{p_end}
{phang2}{cmd:. shm_use using panel, clear wait(60)}{p_end}

{pstd}The original kind{p_end}
{phang2}{cmd:>>> shm.write_frame(frame, 'segment_info.txt')}{p_end}
{phang2}{cmd:. shm_use using segment_info.txt, clear compress deallocate}{p_end}


{marker results}{...}
{title:Stored results}

{pstd}
{cmd:shm_use} stores the following in {cmd:r()}:

{synoptset 16 tabbed}{...}
{p2col 5 16 20 2: Scalars}{p_end}
{synopt:{cmd:r(N)}}number of observations{p_end}
{synopt:{cmd:r(k)}}number of variables{p_end}

{p2col 5 16 20 2: Macros}{p_end}
{synopt:{cmd:r(varlist)}}names of the variables{p_end}
{synopt:{cmd:r(filename)}}the name as you typed it{p_end}
{synopt:{cmd:r(path)}}the file in which the data lay (not of an info file){p_end}
{p2colreset}{...}


{title:Author}

{pstd}
The Stata-PyData project. License: MIT.


{title:Also see}

{psee}
Manual:  {manhelp use D}, {manhelp frames D}, {manhelp plugin P}
{p_end}

{psee}
Online:  {helpb shm}, {helpb shm_save}, {helpb shm_describe}, {helpb shm_dir}, {helpb shm_drop}
{p_end}
