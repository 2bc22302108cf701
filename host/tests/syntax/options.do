program p
  syntax [anything(name=x id="a thing")] [if] [in] [using/] [fw aw] [, GENerate(name) n(integer 5) r(real .5) NOTIfy noHEADer s(string) a(string asis) L(numlist >=0 sort) level(cilevel) PASS(passthru) *]
  foreach m in x if in using weight exp generate n r notify header s a l level pass options {
    display `"`m' = [``m'']"'
  }
end
p hello "b c" if x==1 in 1/5 using "my file.dta" [fw=pop], gen(abc) n(7) r(2.5) noti nohead s("q r") a("q r") l(3 1 2/4) level(90) pass(1 2) other(3) thing
p
* with * a number that is none goes with the rest
p, n(a)
