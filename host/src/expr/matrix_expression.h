// Matrix expressions ([P] matrix define): A + B, A * B, A', -A, (1,2\3,4), J(), I(),
// inv() and so on. A number is a 1 x 1 matrix.
#pragma once

#include <string_view>

#include "lang/session.h"

namespace adohost {

/// Most cells of a matrix: 11,000 rows and columns are Stata's limit.
inline constexpr int kLargestMatrix = 11000;

/// The value of `text`. Throws 198 "invalid syntax", 111 "A not found", 503
/// "conformability error", 504 "matrix has missing values", 505 "matrix not square", 915
/// where it is too large. Its row and column names are complete.
Matrix evaluate_matrix(Session& session, std::string_view text);

/// Gives r1, r2, ... and c1, c2, ... to what has no names.
void name_rows_and_columns(Matrix* m);

}  // namespace adohost
