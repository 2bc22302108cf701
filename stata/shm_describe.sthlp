{smcl}
{* *! version 0.1.0  26nov2026}{...}
{vieweralsosee "[D] describe" "help describe"}{...}
{vieweralsosee "shm" "help shm"}{...}
{vieweralsosee "shm_use" "help shm_use"}{...}
{vieweralsosee "shm_save" "help shm_save"}{...}
{vieweralsosee "shm_dir" "help shm_dir"}{...}
{vieweralsosee "shm_drop" "help shm_drop"}{...}
{viewerjumpto "Syntax" "shm_describe##syntax"}{...}
{viewerjumpto "Description" "shm_describe##description"}{...}
{viewerjumpto "Options" "shm_describe##options"}{...}
{viewerjumpto "Examples" "shm_describe##examples"}{...}
{viewerjumpto "Stored results" "shm_describe##results"}{...}
{title:Title}

{p2colset 5 21 23 2}{...}
{p2col:{bf:shm_describe} {hline 2}}Describe a segment without loading it{p_end}
{p2colreset}{...}


{marker syntax}{...}
{title:Syntax}

{p 8 16 2}
{cmd:shm_describe} [{varlist}] {cmd:using} {it:name} [{cmd:,} {it:options}]

{synoptset 16}{...}
{synopthdr}
{synoptline}
{synopt:{opt s:hort}}only general information{p_end}
{synopt:{opt varl:ist}}store {cmd:r(varlist)} and {cmd:r(sortlist)}{p_end}
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
{cmd:shm_describe} shows what is in a segment in shared memory. It is
{helpb describe:describe using}, which reads the head of the segment alone: it takes no longer
for more observations, and the data in memory stay as they are.


{marker options}{...}
{title:Options}

{phang}
{opt short} leaves out the variables.

{phang}
{opt varlist} stores the names of the variables, and of those by which the data are sorted, in
{cmd:r(varlist)} and {cmd:r(sortlist)}.


{marker examples}{...}
{title:Examples}

{phang2}{cmd:. shm_describe using panel}{p_end}
{phang2}{cmd:. shm_describe using panel, short varlist}{p_end}
{phang2}{cmd:. display r(N)}{p_end}


{marker results}{...}
{title:Stored results}

{pstd}
{cmd:shm_describe} stores what {helpb describe:describe using} stores in {cmd:r()}:

{synoptset 16 tabbed}{...}
{p2col 5 16 20 2: Scalars}{p_end}
{synopt:{cmd:r(N)}}number of observations{p_end}
{synopt:{cmd:r(k)}}number of variables{p_end}
{synopt:{cmd:r(width)}}width of an observation in bytes{p_end}

{p2col 5 16 20 2: Macros}{p_end}
{synopt:{cmd:r(varlist)}}names of the variables ({cmd:varlist} only){p_end}
{synopt:{cmd:r(sortlist)}}variables by which the data are sorted ({cmd:varlist} only){p_end}
{p2colreset}{...}


{title:Author}

{pstd}
The Stata-PyData project. License: MIT.


{title:Also see}

{psee}
Manual:  {manhelp describe D}
{p_end}

{psee}
Online:  {helpb shm}, {helpb shm_use}, {helpb shm_save}, {helpb shm_dir}, {helpb shm_drop}
{p_end}
