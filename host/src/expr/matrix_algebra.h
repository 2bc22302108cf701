// Operations on matrices. Names of rows and columns follow Stata's rules: of a sum those
// of the left side, of a product the rows of the left and the columns of the right.
#pragma once

#include "lang/results.h"

namespace adohost {

/// A matrix of `value`. Throws 915 where it is too large, 198 where a size is not
/// positive.
Matrix constant_matrix(double rows, double cols, double value);
Matrix identity_matrix(double size);

/// 503 "conformability error" where the sizes do not match. A 1 x 1 matrix multiplies and
/// divides like the number that it is.
Matrix add(const Matrix& a, const Matrix& b, double sign);
Matrix multiply(const Matrix& a, const Matrix& b);
Matrix divide(const Matrix& a, const Matrix& b);
Matrix negate(Matrix a);
Matrix transpose(const Matrix& a);
Matrix join_columns(const Matrix& a, const Matrix& b);  // a, b
Matrix join_rows(const Matrix& a, const Matrix& b);     // a \ b

/// Throws 504 for missing values, 505 where it is not square or not positive definite
/// enough to invert ("matrix singular").
Matrix inverse_matrix(const Matrix& a);
double determinant(const Matrix& a);
Matrix diagonal_matrix(const Matrix& a);  // of a row or column vector
Matrix diagonal_of(const Matrix& a);      // as a row vector
bool is_symmetric(const Matrix& a);
double trace(const Matrix& a);

}  // namespace adohost
