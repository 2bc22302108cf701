* regress: clusters and standardized coefficients, as in a log of Stata 18.
quietly do "`: environment DO_DIR'/../report/auto.setup"
regress price mpg weight, beta
regress price mpg weight, vce(cluster rep78)
display e(N_clust) " `e(clustvar)' `e(vce)' `e(vcetype)' " e(df_r)
count if e(sample)
regress, level(90)
capture noisily regress price mpg weight, cluster(make) beta
regress price mpg weight, cluster(make)
regress price mpg weight, robust
regress price mpg weight turn, vce(cluster foreign)
capture noisily regress price mpg, vce(cluster)
capture noisily regress price mpg, vce(cluster nosuch)
capture noisily regress price mpg, vce(jackknifed)
