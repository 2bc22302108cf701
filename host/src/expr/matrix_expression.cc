#include "expr/matrix_expression.h"

#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "data/storage.h"
#include "expr/matrix_algebra.h"
#include "expr/names.h"
#include "expr/parser.h"
#include "lang/tokens.h"

namespace adohost {

namespace {

constexpr int kDeepest = 200;

struct MatrixFunction {
  std::string_view name;
  std::size_t arguments;
  Matrix (*run)(const std::vector<Matrix>&);
};

double number_in(const Matrix& m) {
  if (m.rows != 1 || m.cols != 1) throw StataError(503, "conformability error");
  return m.cells[0];
}

constexpr MatrixFunction kFunctions[] = {
    {"J", 3,
     [](const std::vector<Matrix>& a) {
       return constant_matrix(number_in(a[0]), number_in(a[1]), number_in(a[2]));
     }},
    {"I", 1,
     [](const std::vector<Matrix>& a) { return identity_matrix(number_in(a[0])); }},
    {"inv", 1, [](const std::vector<Matrix>& a) { return inverse_matrix(a[0]); }},
    {"invsym", 1, [](const std::vector<Matrix>& a) { return inverse_matrix(a[0]); }},
    {"syminv", 1, [](const std::vector<Matrix>& a) { return inverse_matrix(a[0]); }},
    {"diag", 1, [](const std::vector<Matrix>& a) { return diagonal_matrix(a[0]); }},
    {"vecdiag", 1, [](const std::vector<Matrix>& a) { return diagonal_of(a[0]); }},
    {"det", 1,
     [](const std::vector<Matrix>& a) {
       return constant_matrix(1, 1, determinant(a[0]));
     }},
    {"nullmat", 1, [](const std::vector<Matrix>& a) { return a[0]; }},
    {"trace", 1,
     [](const std::vector<Matrix>& a) { return constant_matrix(1, 1, trace(a[0])); }},
};

class MatrixParser {
 public:
  MatrixParser(Session& session, std::string_view text) : session_(session), s_(text) {}

  Matrix whole() {
    Matrix m = rows();
    s_ = trim_left(s_);
    if (s_.starts_with(')') || s_.starts_with(']')) {
      throw StataError(132, "too many ')' or ']'");
    }
    if (!s_.empty()) fail_syntax();
    return m;
  }

 private:
  bool take(char c) {
    s_ = trim_left(s_);
    if (!s_.starts_with(c)) return false;
    s_.remove_prefix(1);
    return true;
  }

  void require(char c) {
    if (take(c)) return;
    if (s_.empty()) throw StataError(132, "too few ')' or ']'");
    fail_syntax();
  }

  Matrix rows() {
    if (std::optional<char> joint = absent()) return *joint == ',' ? columns() : rows();
    Matrix m = columns();
    while (take('\\')) m = join_rows(m, columns());
    return m;
  }

  /// Takes `nullmat(A),` or `nullmat(A) \` where there is no matrix A, and says which
  /// joint it was.
  std::optional<char> absent() {
    s_ = trim_left(s_);
    if (!s_.starts_with("nullmat(")) return {};
    const std::size_t end = skip_brackets(s_, 7);
    if (find_matrix(session_, trim(s_.substr(8, end - 9)))) return {};
    const std::string_view rest = trim_left(s_.substr(end));
    if (!rest.starts_with(',') && !rest.starts_with('\\')) fail_syntax();
    s_ = rest.substr(1);
    return rest.front();
  }

  Matrix columns() {
    Matrix m = sum();
    while (take(',')) m = join_columns(m, sum());
    return m;
  }

  Matrix sum() {
    Matrix m = product();
    for (;;) {
      if (take('+')) {
        m = add(m, product(), 1);
      } else if (take('-')) {
        m = add(m, product(), -1);
      } else {
        return m;
      }
    }
  }

  Matrix product() {
    Matrix m = signed_value();
    for (;;) {
      if (take('*')) {
        m = multiply(m, signed_value());
      } else if (take('/')) {
        m = divide(m, signed_value());
      } else {
        return m;
      }
    }
  }

  Matrix signed_value() {
    if (++depth_ > kDeepest) throw StataError(130, "expression too long");
    Matrix m = take('-') ? negate(signed_value()) : transposed();
    --depth_;
    return m;
  }

  Matrix transposed() {
    Matrix m = primary();
    while (s_.starts_with('\'')) {
      s_.remove_prefix(1);
      m = transpose(m);
    }
    return m;
  }

  Matrix primary() {
    if (take('(')) {
      Matrix m = rows();
      require(')');
      return m;
    }
    const std::size_t length = word_length(s_);
    const std::string_view name = s_.substr(0, length);
    const std::string_view after = s_.substr(length);
    if (after.starts_with('(')) {
      for (const MatrixFunction& f : kFunctions) {
        if (f.name == name) return called(f, after);
      }
      if (const Matrix* stored = stored_result(name, after)) return *stored;
    } else if (const Matrix* m = find_matrix(session_, name); m && !name.empty()) {
      s_ = after;
      return s_.starts_with('[') ? part_of(*m) : *m;
    }
    return number();
  }

  Matrix called(const MatrixFunction& f, std::string_view after) {
    s_ = after.substr(1);
    std::vector<Matrix> arguments;
    do {
      arguments.push_back(sum());
    } while (take(','));
    require(')');
    if (arguments.size() != f.arguments) fail_syntax();
    return f.run(arguments);
  }

  /// e(b), r(table): nullptr where it is no matrix.
  const Matrix* stored_result(std::string_view name, std::string_view after) {
    if (name != "e" && name != "r") return nullptr;
    const std::size_t end = skip_brackets(after, 0);
    const Matrix* m =
        find_matrix(session_, std::string(name) + std::string(after.substr(0, end)));
    if (m) s_ = after.substr(end);
    return m;
  }

  /// A[1,2], A[1..2,1...], A["r1",1].
  Matrix part_of(const Matrix& m) {
    s_.remove_prefix(1);
    const auto [top, bottom] = range(m.rows, m.row_names);
    require(',');
    const auto [left, right] = range(m.cols, m.col_names);
    require(']');
    Matrix part = constant_matrix(bottom - top + 1, right - left + 1, 0);
    for (int i = top; i <= bottom; ++i) {
      for (int j = left; j <= right; ++j) part.at(i - top, j - left) = m.at(i, j);
    }
    if (part.cells.size() == 1) return part;
    part.row_names.assign(m.row_names.begin() + top, m.row_names.begin() + bottom + 1);
    part.col_names.assign(m.col_names.begin() + left, m.col_names.begin() + right + 1);
    return part;
  }

  std::pair<int, int> range(int size, const std::vector<std::string>& names) {
    const int first = index(size, names);
    s_ = trim_left(s_);
    int last = first;
    if (s_.starts_with("...")) {
      s_.remove_prefix(3);
      last = size - 1;
    } else if (s_.starts_with("..")) {
      s_.remove_prefix(2);
      last = index(size, names);
    }
    if (last < first) throw StataError(503, "conformability error");
    return {first, last};
  }

  int index(int size, const std::vector<std::string>& names) {
    s_ = trim_left(s_);
    // `1..2`: the parser of numbers would take the first point.
    std::size_t digits = 0;
    while (digits < s_.size() && s_[digits] >= '0' && s_[digits] <= '9') ++digits;
    double at = 0;
    if (digits > 0) {
      at = to_number(s_.substr(0, digits)).value_or(0);
      s_.remove_prefix(digits);
    } else {
      const Value v = scalar_value();
      at = v.number;
      for (std::size_t i = 0; v.is_string && i < names.size(); ++i) {
        if (names[i] == v.text) at = static_cast<double>(i + 1);
      }
    }
    if (!(at >= 1 && at < size + 1.0)) throw StataError(503, "conformability error");
    return static_cast<int>(at) - 1;
  }

  Value scalar_value() {
    Parser parser(session_, s_);
    const NodePtr node = parser.operand();
    s_ = s_.substr(parser.position());
    const Place place = first_place(session_);
    const Block block{session_, place.obs, 1, place.first, place.last};
    Value v;
    v.is_string = node->is_string;
    if (v.is_string) {
      node->fill(block, &v.text);
    } else {
      node->fill(block, &v.number);
    }
    return v;
  }

  Matrix number() {
    s_ = trim_left(s_);
    const Value v = scalar_value();
    if (v.is_string) fail_type_mismatch();
    return constant_matrix(1, 1, v.number);
  }

  Session& session_;
  std::string_view s_;
  int depth_ = 0;
};

}  // namespace

void name_rows_and_columns(Matrix* m) {
  for (int i = static_cast<int>(m->row_names.size()); i < m->rows; ++i) {
    m->row_names.push_back("r" + std::to_string(i + 1));
  }
  for (int j = static_cast<int>(m->col_names.size()); j < m->cols; ++j) {
    m->col_names.push_back("c" + std::to_string(j + 1));
  }
}

Matrix evaluate_matrix(Session& session, std::string_view text) {
  Matrix m = MatrixParser(session, text).whole();
  name_rows_and_columns(&m);
  return m;
}

}  // namespace adohost
