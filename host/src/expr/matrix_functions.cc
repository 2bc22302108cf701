#include "expr/matrix_functions.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "data/storage.h"
#include "expr/matrix_algebra.h"
#include "expr/names.h"
#include "expr/parser.h"

namespace adohost {

namespace {

constexpr std::array<std::string_view, 9> kNames = {
    "rowsof",  "colsof",      "el",         "trace", "rownumb",
    "colnumb", "issymmetric", "matmissing", "det"};

const Matrix& require_matrix(Session& session, std::string_view name) {
  const Matrix* m = find_matrix(session, name);
  if (!m) fail_not_found(std::string(name));
  return *m;
}

/// The number of the row or column called `name`, from 1, or `.`.
double position(const std::vector<std::string>& names, std::string_view name) {
  const auto it = std::find(names.begin(), names.end(), name);
  return it == names.end() ? missing_value()
                           : static_cast<double>(it - names.begin() + 1);
}

NodePtr of_whole(std::string_view name, const Matrix& m) {
  if (name == "rowsof") return make_number(m.rows);
  if (name == "colsof") return make_number(m.cols);
  if (name == "det") return make_number(determinant(m));
  if (name == "trace") return make_number(trace(m));
  if (name == "issymmetric") return make_number(is_symmetric(m));
  if (name == "matmissing") {
    return make_number(std::any_of(m.cells.begin(), m.cells.end(), is_missing));
  }
  return nullptr;
}

}  // namespace

bool is_matrix_function(std::string_view name) {
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

NodePtr make_matrix_call(Session& session, std::string_view name,
                         std::string_view arguments) {
  const std::size_t comma = arguments.find(',');
  const std::string_view matrix = trim(arguments.substr(0, comma));
  const Matrix& m = require_matrix(session, matrix);
  if (NodePtr whole = of_whole(name, m)) {
    if (comma != std::string_view::npos) fail_syntax();
    return whole;
  }
  if (comma == std::string_view::npos) fail_syntax();
  Parser parser(session, arguments.substr(comma + 1));
  NodePtr first = parser.expression();
  if (name != "el") {
    parser.require_end();
    if (!first->is_string) fail_type_mismatch();
    std::string wanted;
    first->fill(Block{session, 0, 1, 0, session.data.nobs()}, &wanted);
    return make_number(position(name == "rownumb" ? m.row_names : m.col_names, wanted));
  }
  std::string_view rest = arguments.substr(comma + 1).substr(parser.position());
  if (!rest.starts_with(',')) fail_syntax();
  Parser second(session, rest.substr(1));
  NodePtr column = second.expression();
  second.require_end();
  return make_element(session, matrix, std::move(first), std::move(column));
}

}  // namespace adohost
