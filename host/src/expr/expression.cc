#include "expr/expression.h"

#include <algorithm>

#include "base/error.h"
#include "expr/node.h"
#include "expr/parser.h"

namespace adohost {

void Expression::Node::numbers(const Block&, double*) const {
  fail_type_mismatch();
}
void Expression::Node::texts(const Block&, std::string*) const {
  fail_type_mismatch();
}

void Expression::Node::fill(const Block& b, double* out) const {
  if (varies || b.count <= 1) return numbers(b, out);
  numbers(b.one(), out);
  std::fill_n(out + 1, b.count - 1, out[0]);
}

void Expression::Node::fill(const Block& b, std::string* out) const {
  if (varies || b.count <= 1) return texts(b, out);
  texts(b.one(), out);
  std::fill_n(out + 1, b.count - 1, out[0]);
}

Expression::Expression(Session& session, std::unique_ptr<Node> root)
    : root_(std::move(root)), session_(&session) {}

Expression::Expression(Session& session, std::string_view text) : session_(&session) {
  Parser parser(session, text);
  root_ = parser.expression();
  parser.require_end();
}

Expression Expression::take(Session& session, std::string_view* text) {
  Parser parser(session, *text);
  Expression parsed(session, parser.expression());
  text->remove_prefix(parser.position());
  return parsed;
}

Expression::~Expression() = default;
Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression&&) noexcept = default;

bool Expression::is_string() const {
  return root_->is_string;
}
bool Expression::varies() const {
  return root_->varies;
}
bool Expression::stateful() const {
  return root_->stateful;
}
bool Expression::recalls() const {
  return root_->recalls;
}
bool Expression::subscripts(int v) const {
  return root_->subscripts(v);
}

Value Expression::evaluate(const Place& place) const {
  const Block block{*session_, place.obs, 1, place.first, place.last};
  Value value;
  value.is_string = root_->is_string;
  if (value.is_string) {
    root_->fill(block, &value.text);
  } else {
    root_->fill(block, &value.number);
  }
  return value;
}

double Expression::number(const Place& place) const {
  double x = 0;
  numbers(place, 1, &x);
  return x;
}

void Expression::numbers(const Place& place, std::int64_t count, double* out) const {
  for (std::int64_t done = 0; done < count; done += kBlockRows) {
    const std::int64_t n = std::min(kBlockRows, count - done);
    root_->fill(Block{*session_, place.obs + done, n, place.first, place.last},
                out + done);
  }
}

void Expression::texts(const Place& place, std::int64_t count, std::string* out) const {
  for (std::int64_t done = 0; done < count; done += kBlockRows) {
    const std::int64_t n = std::min(kBlockRows, count - done);
    root_->fill(Block{*session_, place.obs + done, n, place.first, place.last},
                out + done);
  }
}

Place first_place(const Session& session) {
  if (session.by && session.by->current) {
    const auto [first, last] = *session.by->current;
    return {first, first, last};
  }
  return {0, 0, session.data.nobs()};
}

Value evaluate(Session& session, std::string_view text) {
  return Expression(session, text).evaluate(first_place(session));
}

double evaluate_number(Session& session, std::string_view text) {
  const Expression expression(session, text);
  if (expression.is_string()) fail_type_mismatch();
  return expression.number(first_place(session));
}

}  // namespace adohost
