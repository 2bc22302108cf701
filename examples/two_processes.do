* The Stata side of two_processes.py: takes each sample, sends fitted values back.
* deallocate removes a sample once it is loaded, so that the next one can be waited for.

forvalues round = 1/5 {
	shm_use using sample, clear wait(60) deallocate
	quietly regress y x
	predict yhat
	shm_save yhat using fitted
}
