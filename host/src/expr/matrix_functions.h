// Functions of matrices that give a number: rowsof(A), colsof(A), el(A,i,j) ([FN] Matrix
// functions). Their first argument is a matrix, not an expression.
#pragma once

#include <string_view>

#include "expr/node.h"

namespace adohost {

bool is_matrix_function(std::string_view name);
/// The call with its arguments as written. Throws 111 "A not found", 198.
NodePtr make_matrix_call(Session& session, std::string_view name,
                         std::string_view arguments);

}  // namespace adohost
