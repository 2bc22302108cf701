// The upper tail of the chi-squared distribution.
#pragma once

namespace adohost {

/// P(X > x) for chi-squared with `df` > 0 degrees of freedom and x >= 0, to about 14
/// digits.
double chi2_upper_tail(double df, double x);

}  // namespace adohost
