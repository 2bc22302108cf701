{smcl}
{* *! version 0.1.0  26nov2026}{...}
{vieweralsosee "[D] erase" "help erase"}{...}
{vieweralsosee "shm" "help shm"}{...}
{vieweralsosee "shm_use" "help shm_use"}{...}
{vieweralsosee "shm_save" "help shm_save"}{...}
{vieweralsosee "shm_describe" "help shm_describe"}{...}
{vieweralsosee "shm_dir" "help shm_dir"}{...}
{viewerjumpto "Syntax" "shm_drop##syntax"}{...}
{viewerjumpto "Description" "shm_drop##description"}{...}
{viewerjumpto "Examples" "shm_drop##examples"}{...}
{viewerjumpto "Stored results" "shm_drop##results"}{...}
{title:Title}

{p2colset 5 17 19 2}{...}
{p2col:{bf:shm_drop} {hline 2}}Remove segments from shared memory{p_end}
{p2colreset}{...}


{marker syntax}{...}
{title:Syntax}

{p 8 16 2}
{cmd:shm_drop} {it:name} [{it:name} ...]

{p 8 16 2}
{cmd:shm_drop} {cmd:_all}

{p 4 6 2}
{it:name} is a {help shm##names:segment name}, not a path; {helpb erase} removes files.


{marker description}{...}
{title:Description}

{pstd}
{cmd:shm_drop} removes segments and gives back the memory that they take, once nobody has them
open any longer. If one of the segments named is not there, none is removed. {cmd:shm_drop _all}
removes all that {helpb shm_dir} lists; hidden files that a writer in Python uses stay.


{marker examples}{...}
{title:Examples}

{phang2}{cmd:. shm_drop panel fitted}{p_end}
{phang2}{cmd:. shm_drop _all}{p_end}


{marker results}{...}
{title:Stored results}

{pstd}
{cmd:shm_drop} stores the following in {cmd:r()}:

{synoptset 16 tabbed}{...}
{p2col 5 16 20 2: Scalars}{p_end}
{synopt:{cmd:r(n)}}number of segments removed{p_end}

{p2col 5 16 20 2: Macros}{p_end}
{synopt:{cmd:r(names)}}their names{p_end}
{p2colreset}{...}


{title:Author}

{pstd}
The Stata-PyData project. License: MIT.


{title:Also see}

{psee}
Manual:  {manhelp erase D}
{p_end}

{psee}
Online:  {helpb shm}, {helpb shm_use}, {helpb shm_save}, {helpb shm_describe}, {helpb shm_dir}
{p_end}
