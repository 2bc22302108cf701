#include "expr/operators.h"

#include <cmath>
#include <vector>

#include "base/error.h"
#include "data/storage.h"

namespace adohost {

namespace {

/// The longest string that repetition may make (a strL's limit).
constexpr double kLongestText = 2e9;

struct BinaryNode : Node {
  NodePtr left;
  NodePtr right;

  bool subscripts(int v) const override {
    return left->subscripts(v) || right->subscripts(v);
  }
};

/// Not inlined: a long chain of operators recurses on its left side, and each level must
/// not carry this scratch on the stack.
template <class F>
[[gnu::noinline]] void combine(const Block& b, double* out, const Node& right, F f) {
  double other[kBlockRows];
  right.fill(b, other);
  for (std::int64_t i = 0; i < b.count; ++i) out[i] = f(out[i], other[i]);
}

/// What is missing on either side makes `.`.
template <class F>
void combine_arithmetic(const Block& b, double* out, const Node& right, F f) {
  combine(b, out, right, [f](double x, double y) {
    const double z = arithmetic_result(f(x, y));
    return x < 0x1.0p1023 && y < 0x1.0p1023 ? z : 0x1.0p1023;
  });
}

double raise(double base, double exponent) {
  if (exponent == 2) return base * base;
  return std::pow(base, exponent);
}

struct NumberOperator : BinaryNode {
  Operator op = Operator::add;

 protected:
  void numbers(const Block& b, double* out) const override {
    left->fill(b, out);
    const Node& r = *right;
    switch (op) {
      case Operator::add:
        return combine_arithmetic(b, out, r, [](double x, double y) { return x + y; });
      case Operator::subtract:
        return combine_arithmetic(b, out, r, [](double x, double y) { return x - y; });
      case Operator::multiply:
        return combine_arithmetic(b, out, r, [](double x, double y) { return x * y; });
      case Operator::divide:
        return combine_arithmetic(b, out, r, [](double x, double y) { return x / y; });
      case Operator::power:
        return combine_arithmetic(b, out, r, raise);
      case Operator::equal:
        return combine(b, out, r, [](double x, double y) { return double(x == y); });
      case Operator::unequal:
        return combine(b, out, r, [](double x, double y) { return double(x != y); });
      case Operator::less:
        return combine(b, out, r, [](double x, double y) { return double(x < y); });
      case Operator::greater:
        return combine(b, out, r, [](double x, double y) { return double(x > y); });
      case Operator::less_equal:
        return combine(b, out, r, [](double x, double y) { return double(x <= y); });
      case Operator::greater_equal:
        return combine(b, out, r, [](double x, double y) { return double(x >= y); });
      case Operator::both:
        return combine(b, out, r,
                       [](double x, double y) { return double(x != 0 && y != 0); });
      case Operator::either:
        return combine(b, out, r,
                       [](double x, double y) { return double(x != 0 || y != 0); });
    }
  }
};

/// Compares two strings byte by byte.
struct TextComparison : BinaryNode {
  Operator op = Operator::equal;

 protected:
  bool holds(int order) const {
    switch (op) {
      case Operator::equal:
        return order == 0;
      case Operator::unequal:
        return order != 0;
      case Operator::less:
        return order < 0;
      case Operator::greater:
        return order > 0;
      case Operator::less_equal:
        return order <= 0;
      default:
        return order >= 0;
    }
  }

  void numbers(const Block& b, double* out) const override {
    std::vector<std::string> x(b.count), y(b.count);
    left->fill(b, x.data());
    right->fill(b, y.data());
    for (std::int64_t i = 0; i < b.count; ++i) out[i] = holds(x[i].compare(y[i])) ? 1 : 0;
  }
};

struct Concatenation : BinaryNode {
 protected:
  void texts(const Block& b, std::string* out) const override {
    std::vector<std::string> more(b.count);
    left->fill(b, out);
    right->fill(b, more.data());
    for (std::int64_t i = 0; i < b.count; ++i) out[i] += more[i];
  }
};

/// "ab" * 3; the number is on the right.
struct Repetition : BinaryNode {
 protected:
  void texts(const Block& b, std::string* out) const override {
    double times[kBlockRows];
    left->fill(b, out);
    right->fill(b, times);
    for (std::int64_t i = 0; i < b.count; ++i) out[i] = repeated(out[i], times[i]);
  }

  static std::string repeated(const std::string& s, double times) {
    std::string all;
    if (is_missing(times) || times < 1) return all;
    if (times * static_cast<double>(s.size()) > kLongestText) {
      throw StataError(1000, "system limit exceeded: string too long");
    }
    const auto n = static_cast<std::size_t>(times);
    all.reserve(s.size() * n);
    for (std::size_t i = 0; i < n && !s.empty(); ++i) all += s;
    return all;
  }
};

struct UnaryNode : Node {
  NodePtr operand;

  explicit UnaryNode(NodePtr x) : operand(std::move(x)) {
    if (operand->is_string) fail_type_mismatch();
    varies = operand->varies;
    stateful = operand->stateful;
    recalls = operand->recalls;
  }
  bool subscripts(int v) const override { return operand->subscripts(v); }
};

struct Negative : UnaryNode {
  using UnaryNode::UnaryNode;

 protected:
  void numbers(const Block& b, double* out) const override {
    operand->fill(b, out);
    for (std::int64_t i = 0; i < b.count; ++i) out[i] = arithmetic_result(-out[i]);
  }
};

struct Not : UnaryNode {
  using UnaryNode::UnaryNode;

 protected:
  void numbers(const Block& b, double* out) const override {
    operand->fill(b, out);
    for (std::int64_t i = 0; i < b.count; ++i) out[i] = out[i] == 0 ? 1 : 0;
  }
};

template <class T>
NodePtr joined(std::unique_ptr<T> node, NodePtr left, NodePtr right) {
  node->varies = left->varies || right->varies;
  node->stateful = left->stateful || right->stateful;
  node->recalls = left->recalls || right->recalls;
  node->left = std::move(left);
  node->right = std::move(right);
  return node;
}

bool is_comparison(Operator op) {
  return op >= Operator::equal && op <= Operator::greater_equal;
}

}  // namespace

NodePtr make_binary(Operator op, NodePtr left, NodePtr right) {
  if (!left->is_string && !right->is_string) {
    auto node = std::make_unique<NumberOperator>();
    node->op = op;
    return joined(std::move(node), std::move(left), std::move(right));
  }
  if (op == Operator::multiply && left->is_string != right->is_string) {
    auto node = std::make_unique<Repetition>();
    node->is_string = true;
    if (right->is_string) std::swap(left, right);
    return joined(std::move(node), std::move(left), std::move(right));
  }
  if (!left->is_string || !right->is_string) fail_type_mismatch();
  if (op == Operator::add) {
    auto node = std::make_unique<Concatenation>();
    node->is_string = true;
    return joined(std::move(node), std::move(left), std::move(right));
  }
  if (!is_comparison(op)) fail_type_mismatch();
  auto node = std::make_unique<TextComparison>();
  node->op = op;
  return joined(std::move(node), std::move(left), std::move(right));
}

NodePtr make_negative(NodePtr operand) {
  return std::make_unique<Negative>(std::move(operand));
}

NodePtr make_not(NodePtr operand) {
  return std::make_unique<Not>(std::move(operand));
}

}  // namespace adohost
