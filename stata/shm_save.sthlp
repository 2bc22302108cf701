{smcl}
{* *! version 0.1.0  26nov2026}{...}
{vieweralsosee "[D] save" "help save"}{...}
{vieweralsosee "shm" "help shm"}{...}
{vieweralsosee "shm_use" "help shm_use"}{...}
{vieweralsosee "shm_describe" "help shm_describe"}{...}
{vieweralsosee "shm_dir" "help shm_dir"}{...}
{vieweralsosee "shm_drop" "help shm_drop"}{...}
{viewerjumpto "Syntax" "shm_save##syntax"}{...}
{viewerjumpto "Description" "shm_save##description"}{...}
{viewerjumpto "Options" "shm_save##options"}{...}
{viewerjumpto "Remarks" "shm_save##remarks"}{...}
{viewerjumpto "Examples" "shm_save##examples"}{...}
{viewerjumpto "Stored results" "shm_save##results"}{...}
{title:Title}

{p2colset 5 17 19 2}{...}
{p2col:{bf:shm_save} {hline 2}}Save data as a segment in shared memory{p_end}
{p2colreset}{...}


{marker syntax}{...}
{title:Syntax}

{p 8 16 2}
{cmd:shm_save} [{varlist}] {ifin} {cmd:using} {it:name} [{cmd:,} {opt replace}]

{synoptset 16}{...}
{synopthdr}
{synoptline}
{synopt:{opt replace}}replace a segment of this name{p_end}
{synoptline}
{p2colreset}{...}

{p 4 6 2}
{it:name} is a segment name: up to 64 letters, digits, {cmd:_}, {cmd:-} and {cmd:.}, the first
not a period; see {help shm##names:segment names}. What has a separator ({cmd:/} or {cmd:\})
or ends in {cmd:.dta} is a path of a .dta file instead. If it contains blanks, enclose it in
double quotes.


{marker description}{...}
{title:Description}

{pstd}
{cmd:shm_save} saves the data in memory, or the variables and observations that you name, as a
segment that Python ({cmd:shm.read()}) or another Stata ({helpb shm_use}) can read. It is a
.dta file in memory, written by {helpb save}, with all types, labels, formats, notes and
characteristics.

{pstd}
The data in memory stay as they are: all variables and observations, their sort order, the name
of their file and whether they have changed since they were saved to it.


{marker options}{...}
{title:Options}

{phang}
{opt replace} permits {cmd:shm_save} to replace an existing segment. The old one is removed
before the new one is written: whoever has it open keeps it whole. If saving then fails, as for
want of room, or is interrupted, the old segment is gone and no half of a new one is left; the
data in memory are as they were.


{marker remarks}{...}
{title:Remarks}

{pstd}
Variables are saved in the order in which they stand in the data, whatever the order in
{it:varlist}. Value labels that no variable has are not saved, as with {helpb save}.

{pstd}
To save a part of the data, {cmd:shm_save} {help preserve:preserves} them, which takes memory
(or, before Stata 16, disk space) and time for all of them. All of the data are saved without
that.

{pstd}
If {cmd:shm_save} fails, or if you press {hi:Break}, no half-written segment is left.


{marker examples}{...}
{title:Examples}

{phang2}{cmd:. sysuse auto}{p_end}
{phang2}{cmd:. shm_save using auto}{p_end}
{phang2}{cmd:. shm_save make price if foreign using imports, replace}{p_end}

{pstd}In Python{p_end}
{phang2}{cmd:>>> import shm}{p_end}
{phang2}{cmd:>>> shm.read("imports")}{p_end}


{marker results}{...}
{title:Stored results}

{pstd}
{cmd:shm_save} stores the following in {cmd:r()}:

{synoptset 16 tabbed}{...}
{p2col 5 16 20 2: Scalars}{p_end}
{synopt:{cmd:r(N)}}number of observations saved{p_end}
{synopt:{cmd:r(k)}}number of variables saved{p_end}

{p2col 5 16 20 2: Macros}{p_end}
{synopt:{cmd:r(filename)}}the name as you typed it{p_end}
{synopt:{cmd:r(path)}}the file in which the data lie{p_end}
{p2colreset}{...}


{title:Author}

{pstd}
The Stata-PyData project. License: MIT.


{title:Also see}

{psee}
Manual:  {manhelp save D}
{p_end}

{psee}
Online:  {helpb shm}, {helpb shm_use}, {helpb shm_describe}, {helpb shm_dir}, {helpb shm_drop}
{p_end}
