// Operators ([U] 13.2), on numbers and on strings.
#pragma once

#include "expr/node.h"

namespace adohost {

enum class Operator {
  add,
  subtract,
  multiply,
  divide,
  power,
  equal,
  unequal,
  less,
  greater,
  less_equal,
  greater_equal,
  both,
  either,
};

/// `left op right`. Throws 109 where the operator does not take these types.
NodePtr make_binary(Operator op, NodePtr left, NodePtr right);
NodePtr make_negative(NodePtr operand);
NodePtr make_not(NodePtr operand);

}  // namespace adohost
