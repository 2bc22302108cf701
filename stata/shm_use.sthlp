{smcl}
{* *! version 0.1.0  23nov2026}{...}
{vieweralsosee "[D] import" "help import"}{...}
{vieweralsosee "[D] compress" "help compress"}{...}
{vieweralsosee "[P] plugin" "help plugin"}{...}
{viewerjumpto "Syntax" "shm_use##syntax"}{...}
{viewerjumpto "Description" "shm_use##description"}{...}
{viewerjumpto "Options" "shm_use##options"}{...}
{viewerjumpto "Remarks" "shm_use##remarks"}{...}
{viewerjumpto "The plugin" "shm_use##plugin"}{...}
{viewerjumpto "Examples" "shm_use##examples"}{...}
{viewerjumpto "Stored results" "shm_use##results"}{...}
{title:Title}

{p2colset 5 16 18 2}{...}
{p2col:{bf:shm_use} {hline 2}}Import data from Python through shared memory{p_end}
{p2colreset}{...}


{marker syntax}{...}
{title:Syntax}

{p 8 16 2}
{cmd:shm_use} {cmd:using} {it:filename} [{cmd:,} {it:options}]

{synoptset 16}{...}
{synopthdr}
{synoptline}
{synopt:{opt clear}}replace the data in memory{p_end}
{synopt:{opt dealloc:ate}}remove the segments once they have been imported{p_end}
{synopt:{opt comp:ress}}store each variable in the smallest type that holds it{p_end}
{synopt:{opt thr:eads(#)}}number of threads that fill the data{p_end}
{synoptline}
{p2colreset}{...}

{p 4 6 2}
{it:filename} is the info file that Python wrote together with the segments. No extension
is added to it. If it contains blanks, enclose it in double quotes.


{marker description}{...}
{title:Description}

{pstd}
{cmd:shm_use} imports numeric data that a Python program left in System V shared memory with
{cmd:shm.write_frame()} or {cmd:shm.write_list()} (Python package {cmd:stata-pydata}). Each
variable lies in a segment of its own; {it:filename} says which segments there are.
No data file is written or read.

{pstd}
Before the data in memory are touched, the info file, the segments and every value in them
are checked. If anything is wrong, or if you press {hi:Break}, the data in memory stay as
they are and the segments stay too.


{marker options}{...}
{title:Options}

{phang}
{opt clear} specifies that the data in memory may be replaced even though they have changed
since they were last saved.

{phang}
{opt deallocate} removes the segments from shared memory after they have been imported.
Without it they stay until they are removed, by {cmd:shm.deallocate()} in Python or
{cmd:ipcrm} in a shell, or until the machine is restarted.

{phang}
{opt compress} runs {helpb compress} on the imported data.

{phang}
{opt threads(#)} specifies the number of threads. The default, {cmd:threads(0)}, is as many
as there are segments, up to the number of processors; few observations are read
by one.


{marker remarks}{...}
{title:Remarks}

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
{cmd:shm_use} needs the file {cmd:stata_pydata.plugin} along the ado-path (see
{helpb adopath}), best beside {cmd:shm_use.ado}. It exists for Linux on 64-bit Intel and
AMD processors.

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
{phang2}{cmd:>>> import numpy as np, pandas as pd, shm}{p_end}
{phang2}{cmd:>>> frame = pd.DataFrame(np.random.rand(1000, 3), columns=['x', 'y', 'z'])}{p_end}
{phang2}{cmd:>>> shm.write_frame(frame, 'segment_info.txt')}{p_end}

{pstd}In Stata{p_end}
{phang2}{cmd:. shm_use using segment_info.txt, clear}{p_end}

{pstd}The same, with the shared memory given back and the data made small{p_end}
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
{synopt:{cmd:r(filename)}}the info file as you typed it{p_end}
{p2colreset}{...}


{title:Author}

{pstd}
The Stata-PyData project. License: MIT.


{title:Also see}

{psee}
Manual:  {manhelp import D}, {manhelp compress D}, {manhelp plugin P}
{p_end}
