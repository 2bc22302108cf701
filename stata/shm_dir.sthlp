{smcl}
{* *! version 0.1.0  26nov2026}{...}
{vieweralsosee "shm" "help shm"}{...}
{vieweralsosee "shm_use" "help shm_use"}{...}
{vieweralsosee "shm_save" "help shm_save"}{...}
{vieweralsosee "shm_describe" "help shm_describe"}{...}
{vieweralsosee "shm_drop" "help shm_drop"}{...}
{viewerjumpto "Syntax" "shm_dir##syntax"}{...}
{viewerjumpto "Description" "shm_dir##description"}{...}
{viewerjumpto "Examples" "shm_dir##examples"}{...}
{viewerjumpto "Stored results" "shm_dir##results"}{...}
{title:Title}

{p2colset 5 16 18 2}{...}
{p2col:{bf:shm_dir} {hline 2}}List the segments in shared memory{p_end}
{p2colreset}{...}


{marker syntax}{...}
{title:Syntax}

{p 8 16 2}
{cmd:shm_dir}


{marker description}{...}
{title:Description}

{pstd}
{cmd:shm_dir} lists the segments in the {help shm##names:segment directory} with their numbers
of observations and variables and their sizes. It loads none of them.

{pstd}
A segment may be {bf:not whole yet}: somebody is writing it, or was interrupted. Or
{bf:its process has ended}: it lay in the memory of a Python process that is gone, and
{helpb shm_drop} removes what is left of it. Hidden files that a writer in Python uses, and
files with other names, are not listed.


{marker examples}{...}
{title:Examples}

{phang2}{cmd:. shm_dir}{p_end}
{phang2}{cmd:. display "`r(names)'"}{p_end}


{marker results}{...}
{title:Stored results}

{pstd}
{cmd:shm_dir} stores the following in {cmd:r()}:

{synoptset 16 tabbed}{...}
{p2col 5 16 20 2: Scalars}{p_end}
{synopt:{cmd:r(n)}}number of segments{p_end}

{p2col 5 16 20 2: Macros}{p_end}
{synopt:{cmd:r(names)}}names of the segments, in alphabetical order{p_end}
{synopt:{cmd:r(directory)}}the segment directory{p_end}
{p2colreset}{...}


{title:Author}

{pstd}
The Stata-PyData project. License: MIT.


{title:Also see}

{psee}
Online:  {helpb shm}, {helpb shm_use}, {helpb shm_save}, {helpb shm_describe}, {helpb shm_drop}
{p_end}
