// What a name in an expression stands for: a variable, a scalar, a system value, a stored
// result, an element of a matrix.
#pragma once

#include <string_view>

#include "expr/node.h"

namespace adohost {

NodePtr make_number(double x);
NodePtr make_text(std::string s);

/// The variable (abbreviated where that is on) or scalar `name`, or `_n _N _pi _rc`.
/// Throws 111 "x not found", "x ambiguous abbreviation".
NodePtr resolve_name(Session& session, std::string_view name);
/// The variable that `name` names or abbreviates, or -1 where there is none.
int lookup_variable(const Session& session, std::string_view name);
/// `variable[index]`.
NodePtr make_subscript(Session& session, int variable, NodePtr index);
/// `matrix[row, column]`, by number or by name. Throws 111 where there is no such matrix.
NodePtr make_element(Session& session, std::string_view matrix, NodePtr row,
                     NodePtr column);
/// scalar(name). Throws 111 where there is none.
NodePtr make_scalar(Session& session, std::string_view name);
/// r(name), e(name), s(name) by the letter in front: `.` where there is no such result.
/// e(sample) is 1 for the observations of the last estimates.
NodePtr make_result(Session& session, char family, std::string_view name);
/// c(name); throws 198 where there is no such value.
NodePtr make_system_value(Session& session, std::string_view name);
/// _b[name] and _se[name] of the last estimates. Throws 301, 111 "[name] not found".
NodePtr make_coefficient(Session& session, bool standard_error, std::string_view name);
/// "text":label, the value that the label set `label` gives to `text`; `.` where none.
NodePtr make_label_value(Session& session, std::string_view text, std::string_view label);

/// The matrix of that name, among those of the session, r() and e() (`r(table)`), or
/// nullptr.
const Matrix* find_matrix(const Session& session, std::string_view name);

}  // namespace adohost
