#include "expr/matrix_algebra.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "data/storage.h"
#include "expr/matrix_expression.h"

namespace adohost {

namespace {

[[noreturn]] void fail_conformability() {
  throw StataError(503, "conformability error");
}

double known(double x) {
  return std::fabs(x) < 0x1.0p1023 ? x : missing_value();
}

Matrix sized(int rows, int cols) {
  Matrix m;
  m.rows = rows;
  m.cols = cols;
  m.cells.assign(static_cast<std::size_t>(rows) * cols, 0);
  return m;
}

void require_square(const Matrix& a) {
  if (a.rows != a.cols) throw StataError(505, "matrix not square");
}

void require_known(const Matrix& a) {
  if (std::any_of(a.cells.begin(), a.cells.end(), is_missing)) {
    throw StataError(504, "matrix has missing values");
  }
}

bool is_number(const Matrix& a) {
  return a.rows == 1 && a.cols == 1;
}

Matrix scaled(Matrix a, double factor) {
  for (double& x : a.cells) {
    x = is_missing(x) || is_missing(factor) ? missing_value() : known(x * factor);
  }
  return a;
}

/// Names of both parts; a part without them gets those that its places would have.
std::vector<std::string> joined(const std::vector<std::string>& a, int a_size,
                                const std::vector<std::string>& b, int b_size,
                                char letter) {
  if (a.empty() && b.empty()) return {};
  const auto names = [letter](const std::vector<std::string>& given, int size, int from) {
    std::vector<std::string> out = given;
    for (int i = 0; given.empty() && i < size; ++i) {
      out.push_back(letter + std::to_string(from + i + 1));
    }
    return out;
  };
  std::vector<std::string> all = names(a, a_size, 0);
  const auto more = names(b, b_size, a_size);
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

/// Gauss-Jordan elimination with partial pivoting on [a | right]; returns det(a).
double eliminate(Matrix* a, Matrix* right) {
  double det = 1;
  const int n = a->rows;
  for (int k = 0; k < n; ++k) {
    int pivot = k;
    for (int i = k + 1; i < n; ++i) {
      if (std::fabs(a->at(i, k)) > std::fabs(a->at(pivot, k))) pivot = i;
    }
    if (a->at(pivot, k) == 0) return 0;
    if (pivot != k) det = -det;
    for (int j = 0; j < n; ++j) {
      std::swap(a->at(pivot, j), a->at(k, j));
      std::swap(right->at(pivot, j), right->at(k, j));
    }
    const double scale = a->at(k, k);
    det *= scale;
    for (int j = 0; j < n; ++j) {
      a->at(k, j) /= scale;
      right->at(k, j) /= scale;
    }
    for (int i = 0; i < n; ++i) {
      const double factor = a->at(i, k);
      if (i == k || factor == 0) continue;
      for (int j = 0; j < n; ++j) {
        a->at(i, j) -= factor * a->at(k, j);
        right->at(i, j) -= factor * right->at(k, j);
      }
    }
  }
  return det;
}

}  // namespace

Matrix constant_matrix(double rows, double cols, double value) {
  if (!(rows >= 1) || !(cols >= 1)) fail_syntax();
  if (rows > kLargestMatrix || cols > kLargestMatrix) {
    throw StataError(915, "unable to allocate matrix");
  }
  Matrix m = sized(static_cast<int>(rows), static_cast<int>(cols));
  std::fill(m.cells.begin(), m.cells.end(), value);
  return m;
}

Matrix identity_matrix(double size) {
  Matrix m = constant_matrix(size, size, 0);
  for (int i = 0; i < m.rows; ++i) m.at(i, i) = 1;
  return m;
}

Matrix add(const Matrix& a, const Matrix& b, double sign) {
  if (a.rows != b.rows || a.cols != b.cols) fail_conformability();
  Matrix sum = a;
  for (std::size_t i = 0; i < sum.cells.size(); ++i) {
    const bool unknown = is_missing(a.cells[i]) || is_missing(b.cells[i]);
    sum.cells[i] = unknown ? missing_value() : known(a.cells[i] + sign * b.cells[i]);
  }
  return sum;
}

Matrix multiply(const Matrix& a, const Matrix& b) {
  if (is_number(a)) return scaled(b, a.cells[0]);
  if (is_number(b)) return scaled(a, b.cells[0]);
  if (a.cols != b.rows) fail_conformability();
  Matrix product = constant_matrix(a.rows, b.cols, 0);
  product.row_names = a.row_names;
  product.col_names = b.col_names;
  for (int i = 0; i < a.rows; ++i) {
    for (int j = 0; j < b.cols; ++j) {
      double total = 0;
      bool unknown = false;
      for (int k = 0; k < a.cols; ++k) {
        unknown = unknown || is_missing(a.at(i, k)) || is_missing(b.at(k, j));
        total += a.at(i, k) * b.at(k, j);
      }
      product.at(i, j) = unknown ? missing_value() : known(total);
    }
  }
  return product;
}

Matrix divide(const Matrix& a, const Matrix& b) {
  if (!is_number(b)) fail_conformability();
  Matrix quotient = a;
  for (double& x : quotient.cells) {
    const bool unknown = is_missing(x) || is_missing(b.cells[0]);
    x = unknown ? missing_value() : known(x / b.cells[0]);
  }
  return quotient;
}

Matrix negate(Matrix a) {
  return scaled(std::move(a), -1);
}

Matrix transpose(const Matrix& a) {
  Matrix t = sized(a.cols, a.rows);
  t.row_names = a.col_names;
  t.col_names = a.row_names;
  for (int i = 0; i < a.rows; ++i) {
    for (int j = 0; j < a.cols; ++j) t.at(j, i) = a.at(i, j);
  }
  return t;
}

Matrix join_columns(const Matrix& a, const Matrix& b) {
  if (a.rows != b.rows) fail_conformability();
  Matrix m = constant_matrix(a.rows, a.cols + b.cols, 0);
  m.row_names = a.row_names;
  m.col_names = joined(a.col_names, a.cols, b.col_names, b.cols, 'c');
  for (int i = 0; i < a.rows; ++i) {
    for (int j = 0; j < a.cols; ++j) m.at(i, j) = a.at(i, j);
    for (int j = 0; j < b.cols; ++j) m.at(i, a.cols + j) = b.at(i, j);
  }
  return m;
}

Matrix join_rows(const Matrix& a, const Matrix& b) {
  if (a.cols != b.cols) fail_conformability();
  Matrix m = constant_matrix(a.rows + b.rows, a.cols, 0);
  m.col_names = a.col_names;
  m.row_names = joined(a.row_names, a.rows, b.row_names, b.rows, 'r');
  std::copy(a.cells.begin(), a.cells.end(), m.cells.begin());
  std::copy(b.cells.begin(), b.cells.end(),
            m.cells.begin() + static_cast<std::ptrdiff_t>(a.cells.size()));
  return m;
}

Matrix inverse_matrix(const Matrix& a) {
  require_square(a);
  require_known(a);
  Matrix left = a;
  Matrix right = identity_matrix(a.rows);
  if (eliminate(&left, &right) == 0) throw StataError(505, "matrix singular");
  for (double& x : right.cells) x = known(x);
  right.row_names = a.col_names;
  right.col_names = a.row_names;
  return right;
}

double determinant(const Matrix& a) {
  require_square(a);
  require_known(a);
  Matrix left = a;
  Matrix right = identity_matrix(a.rows);
  return known(eliminate(&left, &right));
}

Matrix diagonal_matrix(const Matrix& a) {
  if (a.rows != 1 && a.cols != 1) fail_conformability();
  const int n = std::max(a.rows, a.cols);
  Matrix m = constant_matrix(n, n, 0);
  m.row_names = m.col_names = a.rows == 1 ? a.col_names : a.row_names;
  for (int i = 0; i < n; ++i) m.at(i, i) = a.cells[i];
  return m;
}

Matrix diagonal_of(const Matrix& a) {
  require_square(a);
  Matrix m = sized(1, a.cols);
  m.col_names = a.col_names;
  for (int i = 0; i < a.cols; ++i) m.cells[i] = a.at(i, i);
  return m;
}

bool is_symmetric(const Matrix& a) {
  if (a.rows != a.cols) return false;
  for (int i = 0; i < a.rows; ++i) {
    for (int j = 0; j < i; ++j) {
      if (a.at(i, j) != a.at(j, i)) return false;
    }
  }
  return true;
}

double trace(const Matrix& a) {
  require_square(a);
  double total = 0;
  for (int i = 0; i < a.rows; ++i) {
    if (is_missing(a.at(i, i))) return missing_value();
    total += a.at(i, i);
  }
  return total;
}

}  // namespace adohost
