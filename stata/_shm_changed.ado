*! version 0.1.0  26nov2026
* Makes Stata take the data in memory for changed since they were last saved (c(changed)).

program _shm_changed
	version 14.1
	char _dta[shm_changed] 1
	char _dta[shm_changed]
	if c(changed) == 0 & c(k) > 0 {
		* This costs a pass over the data, but it is sure.
		tempvar any
		quietly generate byte `any' = 0
		drop `any'
	}
end
