#include "expr/parser.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/text.h"
#include "data/storage.h"
#include "expr/date_text.h"
#include "expr/functions.h"
#include "expr/matrix_functions.h"
#include "expr/names.h"
#include "lang/tokens.h"

namespace adohost {

namespace {

/// Brackets and signs deeper than this are no expression that a person wrote.
constexpr int kDeepest = 500;

/// Operators of one expression; evaluating a chain of them recurses as deep.
constexpr int kMostOperators = 2000;

class DepthGuard {
 public:
  explicit DepthGuard(int* depth) : depth_(depth) {
    if (++*depth_ > kDeepest) {
      --*depth_;
      throw StataError(130, "expression too long");
    }
  }
  ~DepthGuard() { --*depth_; }
  DepthGuard(const DepthGuard&) = delete;
  DepthGuard& operator=(const DepthGuard&) = delete;

 private:
  int* depth_;
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_hex_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

std::size_t digits_at(std::string_view s, std::size_t i, bool (*is)(char)) {
  std::size_t n = 0;
  while (i + n < s.size() && is(s[i + n])) ++n;
  return n;
}

/// The length of `1.8X+003` at the start of `s`, or 0.
std::size_t hex_number_length(std::string_view s) {
  std::size_t n = digits_at(s, 0, is_digit);
  if (n < s.size() && s[n] == '.') n += 1 + digits_at(s, n + 1, is_hex_digit);
  if (n + 2 >= s.size() || (s[n] != 'X' && s[n] != 'x')) return 0;
  if (s[n + 1] != '+' && s[n + 1] != '-') return 0;
  const std::size_t exponent = digits_at(s, n + 2, is_hex_digit);
  return exponent == 0 ? 0 : n + 2 + exponent;
}

/// The length of the decimal number at the start of `s`, its exponent included.
std::size_t decimal_length(std::string_view s) {
  std::size_t n = digits_at(s, 0, is_digit);
  if (n < s.size() && s[n] == '.') n += 1 + digits_at(s, n + 1, is_digit);
  if (n >= s.size() || std::string_view("eEdD").find(s[n]) == std::string_view::npos) {
    return n;
  }
  const bool sign = n + 1 < s.size() && (s[n + 1] == '+' || s[n + 1] == '-');
  const std::size_t exponent = digits_at(s, n + 1 + sign, is_digit);
  return exponent == 0 ? n : n + 1 + sign + exponent;
}

/// Comparisons, longer ones first.
constexpr std::array<std::pair<std::string_view, Operator>, 7> kComparisons = {
    {{"==", Operator::equal},
     {"!=", Operator::unequal},
     {"~=", Operator::unequal},
     {"<=", Operator::less_equal},
     {">=", Operator::greater_equal},
     {"<", Operator::less},
     {">", Operator::greater}}};

}  // namespace

void Parser::skip_blanks() {
  while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
}

char Parser::peek(std::size_t ahead) const {
  return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
}

bool Parser::take(std::string_view token) {
  skip_blanks();
  if (!text_.substr(at_).starts_with(token)) return false;
  at_ += token.size();
  return true;
}

void Parser::require_close(char bracket) {
  skip_blanks();
  if (peek() == bracket) {
    ++at_;
  } else if (peek() == '\0') {
    throw StataError(132, "too few ')' or ']'");
  } else {
    fail_syntax();
  }
}

NodePtr Parser::binary(Operator op, NodePtr left, NodePtr right) {
  if (++operators_ > kMostOperators) throw StataError(130, "expression too long");
  return make_binary(op, std::move(left), std::move(right));
}

std::size_t Parser::position() {
  skip_blanks();
  return at_;
}

void Parser::require_end() {
  skip_blanks();
  if (peek() == ')' || peek() == ']') throw StataError(132, "too many ')' or ']'");
  if (at_ < text_.size()) fail_syntax();
}

NodePtr Parser::expression() {
  const DepthGuard guard(&depth_);
  return disjunction();
}

NodePtr Parser::disjunction() {
  NodePtr left = conjunction();
  while (take("|")) left = binary(Operator::either, std::move(left), conjunction());
  return left;
}

NodePtr Parser::conjunction() {
  NodePtr left = comparison();
  while (take("&")) left = binary(Operator::both, std::move(left), comparison());
  return left;
}

NodePtr Parser::comparison() {
  NodePtr left = sum();
  for (;;) {
    const auto found = std::find_if(kComparisons.begin(), kComparisons.end(),
                                    [this](const auto& c) { return take(c.first); });
    if (found == kComparisons.end()) return left;
    left = binary(found->second, std::move(left), sum());
  }
}

NodePtr Parser::sum() {
  NodePtr left = product();
  for (;;) {
    if (take("+")) {
      left = binary(Operator::add, std::move(left), product());
    } else if (take("-")) {
      left = binary(Operator::subtract, std::move(left), product());
    } else {
      return left;
    }
  }
}

NodePtr Parser::product() {
  NodePtr left = negation();
  for (;;) {
    if (take("*")) {
      left = binary(Operator::multiply, std::move(left), negation());
    } else if (take("/")) {
      left = binary(Operator::divide, std::move(left), negation());
    } else {
      return left;
    }
  }
}

NodePtr Parser::negation() {
  const DepthGuard guard(&depth_);
  if (take("-")) return make_negative(negation());
  if (take("+")) return negation();
  return power();
}

NodePtr Parser::power() {
  NodePtr left = complement();
  while (take("^")) {
    bool negative = false;  // 2^-1
    for (skip_blanks(); peek() == '-' || peek() == '+'; skip_blanks()) {
      negative = negative != (peek() == '-');
      ++at_;
    }
    NodePtr right = complement();
    if (negative) right = make_negative(std::move(right));
    left = binary(Operator::power, std::move(left), std::move(right));
  }
  return left;
}

NodePtr Parser::complement() {
  const DepthGuard guard(&depth_);
  skip_blanks();
  if ((peek() == '!' || peek() == '~') && peek(1) != '=') {
    ++at_;
    skip_blanks();
    if (peek() == '-' || peek() == '+') return make_not(negation());
    return make_not(complement());
  }
  return primary();
}

NodePtr Parser::primary() {
  skip_blanks();
  const char c = peek();
  if (c == '(') {
    ++at_;
    NodePtr inside = expression();
    require_close(')');
    return inside;
  }
  if (c == '"' || (c == '`' && peek(1) == '"')) return text_literal();
  if (is_digit(c) || c == '.') return number();
  if (word_length(text_.substr(at_)) > 0) return named();
  if (c == '\0' && depth_ > 3) throw StataError(132, "too few ')' or ']'");
  fail_syntax();
}

NodePtr Parser::number() {
  const std::string_view rest = text_.substr(at_);
  if (rest[0] == '.' && !is_digit(peek(1))) {
    const std::size_t word = word_length(rest.substr(1));
    if (word > 1) fail_syntax();
    at_ += 1 + word;
    const auto x = to_number(rest.substr(0, 1 + word));
    if (!x) fail_syntax();
    return make_number(*x);
  }
  std::size_t length = hex_number_length(rest);
  if (length == 0) length = decimal_length(rest);
  at_ += length;
  const auto x = to_number(rest.substr(0, length));
  if (!x || word_length(text_.substr(at_)) > 0) fail_syntax();
  return make_number(*x);
}

std::string Parser::quoted() {
  skip_blanks();
  const std::size_t end = skip_quoted(text_, at_);
  const std::size_t mark = text_[at_] == '`' ? 2 : 1;
  const std::string_view inside = text_.substr(at_ + mark, end - at_ - 2 * mark);
  at_ = end;
  return std::string(inside);
}

NodePtr Parser::text_literal() {
  std::string text = quoted();
  if (peek() == ':' && word_length(text_.substr(at_ + 1)) > 0) {
    ++at_;
    const std::string_view label = take_name();
    return make_label_value(session_, text, label);
  }
  return make_text(std::move(text));
}

std::string_view Parser::take_name() {
  const std::size_t length = word_length(text_.substr(at_));
  const std::string_view name = text_.substr(at_, length);
  at_ += length;
  return name;
}

NodePtr Parser::named() {
  const std::string_view name = take_name();
  const std::size_t after = at_;
  skip_blanks();
  if (peek() == '(' && at_ == after) return called(name);
  if (peek() == '[' && at_ == after) return indexed(name);
  at_ = after;
  return resolve_name(session_, name);
}

NodePtr Parser::indexed(std::string_view name) {
  ++at_;
  if (name == "_b" || name == "_coef" || name == "_se") {
    const std::size_t close = text_.find(']', at_);
    if (close == std::string_view::npos) throw StataError(132, "too few ')' or ']'");
    const std::string_view inside = trim(text_.substr(at_, close - at_));
    at_ = close + 1;
    return make_coefficient(session_, name == "_se", inside);
  }
  const bool is_matrix = session_.data.find(name) < 0 && find_matrix(session_, name);
  const int variable = is_matrix ? -1 : lookup_variable(session_, name);
  if (!is_matrix && variable < 0) fail_not_found(std::string(name));
  NodePtr index = expression();
  if (is_matrix) {
    if (!take(",")) fail_syntax();
    NodePtr column = expression();
    require_close(']');
    return make_element(session_, name, std::move(index), std::move(column));
  }
  require_close(']');
  return make_subscript(session_, variable, std::move(index));
}

NodePtr Parser::called(std::string_view name) {
  ++at_;
  if (NodePtr special = special_call(name)) return special;
  std::vector<NodePtr> arguments;
  if (!take(")")) {
    do {
      if (arguments.size() > 5000) throw StataError(130, "expression too long");
      arguments.push_back(expression());
    } while (take(","));
    require_close(')');
  }
  return make_call(name, std::move(arguments));
}

/// What stands between the brackets, as text, for functions whose argument is no
/// expression.
std::string_view Parser::raw_argument() {
  const std::size_t end = skip_brackets(text_, at_ - 1);
  const std::string_view inside = trim(text_.substr(at_, end - 1 - at_));
  at_ = end;
  return inside;
}

NodePtr Parser::special_call(std::string_view name) {
  if (name == "scalar") return make_scalar(session_, raw_argument());
  if (name == "c") return make_system_value(session_, raw_argument());
  if (is_matrix_function(name)) {
    return make_matrix_call(session_, name, raw_argument());
  }
  if (name == "r" || name == "e" || name == "s") {
    const std::string_view inside = raw_argument();
    if (peek() != '[') return make_result(session_, name.front(), inside);
    ++at_;
    NodePtr row = expression();
    if (!take(",")) fail_syntax();
    NodePtr column = expression();
    require_close(']');
    const std::string matrix = std::string(name) + "(" + std::string(inside) + ")";
    return make_element(session_, matrix, std::move(row), std::move(column));
  }
  if (is_date_literal(name)) {
    return make_number(date_literal(name, raw_argument()));
  }
  return nullptr;
}

}  // namespace adohost
