#include "expr/functions.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/error.h"
#include "data/storage.h"

namespace adohost {

namespace {

const std::unordered_map<std::string_view, const Function*>& function_index() {
  static const auto index = [] {
    std::unordered_map<std::string_view, const Function*> all;
    for (auto family : {math_functions(), statistical_functions(), string_functions(),
                        regex_functions(), date_functions(), programming_functions()}) {
      for (const Function& f : family) all.emplace(f.name, &f);
    }
    return all;
  }();
  return index;
}

/// A node that has arguments, whose properties it inherits.
struct CallBase : Node {
  std::vector<NodePtr> arguments;

  void take(std::vector<NodePtr> given) {
    arguments = std::move(given);
    for (const NodePtr& a : arguments) {
      varies = varies || a->varies;
      stateful = stateful || a->stateful;
      recalls = recalls || a->recalls;
    }
  }
  bool subscripts(int v) const override {
    return std::any_of(arguments.begin(), arguments.end(),
                       [v](const NodePtr& a) { return a->subscripts(v); });
  }
};

struct PlainCall : CallBase {
  double (*f)(double) = nullptr;

 protected:
  void numbers(const Block& b, double* out) const override {
    arguments[0]->fill(b, out);
    for (std::int64_t i = 0; i < b.count; ++i) {
      out[i] = is_missing(out[i]) ? missing_value() : arithmetic_result(f(out[i]));
    }
  }
};

struct Call : CallBase {
  const Function* function = nullptr;

 protected:
  std::vector<Arguments::Column> columns(const Block& b) const {
    std::vector<Arguments::Column> all(arguments.size());
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      all[i].is_string = arguments[i]->is_string;
      if (all[i].is_string) {
        all[i].texts.resize(b.count);
        arguments[i]->fill(b, all[i].texts.data());
      } else {
        all[i].numbers.resize(b.count);
        arguments[i]->fill(b, all[i].numbers.data());
      }
    }
    return all;
  }

  void numbers(const Block& b, double* out) const override {
    const auto all = columns(b);
    for (std::int64_t i = 0; i < b.count; ++i) {
      const double x = function->number(Arguments(b, all, i));
      out[i] = std::isfinite(x) && x > -0x1.0p1023 ? x : missing_value();
    }
  }

  void texts(const Block& b, std::string* out) const override {
    const auto all = columns(b);
    for (std::int64_t i = 0; i < b.count; ++i) {
      out[i] = function->text(Arguments(b, all, i));
    }
  }
};

/// cond(x, a, b[, c]) with strings or numbers.
struct Condition : CallBase {
 protected:
  template <class T>
  void choose(const Block& b, T* out) const {
    double test[kBlockRows];
    arguments[0]->fill(b, test);
    std::vector<T> yes(b.count), no(b.count), unknown(b.count);
    arguments[1]->fill(b, yes.data());
    arguments[2]->fill(b, no.data());
    const bool three = arguments.size() == 4;
    if (three) arguments[3]->fill(b, unknown.data());
    for (std::int64_t i = 0; i < b.count; ++i) {
      if (three && is_missing(test[i])) {
        out[i] = std::move(unknown[i]);
      } else {
        out[i] = std::move(test[i] != 0 ? yes[i] : no[i]);
      }
    }
  }
  void numbers(const Block& b, double* out) const override { choose(b, out); }
  void texts(const Block& b, std::string* out) const override { choose(b, out); }
};

/// sum(x), the running sum: it starts again in every run of observations and whenever the
/// observations go back.
struct RunningSum : CallBase {
  RunningSum() { varies = stateful = true; }

 protected:
  void numbers(const Block& b, double* out) const override {
    if (b.first != first_ || b.obs <= previous_) total_ = 0;
    first_ = b.first;
    previous_ = b.obs + b.count - 1;
    arguments[0]->fill(b, out);
    for (std::int64_t i = 0; i < b.count; ++i) {
      if (!is_missing(out[i])) total_ += out[i];
      out[i] = arithmetic_result(total_);
    }
  }

 private:
  mutable double total_ = 0;
  mutable std::int64_t first_ = -1;
  mutable std::int64_t previous_ = -1;
};

void check_type(char parameter, const Node& argument, const Node& first_alike) {
  if (parameter == 'n' && argument.is_string) fail_type_mismatch();
  if (parameter == 's' && !argument.is_string) fail_type_mismatch();
  if (parameter == 'x' && argument.is_string != first_alike.is_string) {
    fail_type_mismatch();
  }
}

void check_arguments(const Function& f, const std::vector<NodePtr>& given) {
  std::string letters;
  std::size_t required = std::string_view::npos;
  for (char c : f.parameters) {
    if (c == '?') {
      required = letters.size();
    } else if (c != '*') {
      letters += c;
    }
  }
  required = std::min(required, letters.size());
  const bool repeats = f.parameters.ends_with('*');
  if (given.size() < required || (!repeats && given.size() > letters.size())) {
    fail_syntax();
  }
  const std::size_t alike = std::min(letters.find('x'), letters.size());
  for (std::size_t i = 0; i < given.size(); ++i) {
    const char letter = letters[std::min(i, letters.size() - 1)];
    check_type(letter, *given[i], *given[std::min(alike, i)]);
  }
}

NodePtr make_condition(std::vector<NodePtr> arguments) {
  if (arguments.size() < 3 || arguments.size() > 4) fail_syntax();
  if (arguments[0]->is_string) fail_type_mismatch();
  for (const NodePtr& a : arguments) {
    if (&a > &arguments[1] && a->is_string != arguments[1]->is_string) {
      fail_type_mismatch();
    }
  }
  auto node = std::make_unique<Condition>();
  node->is_string = arguments[1]->is_string;
  node->take(std::move(arguments));
  return node;
}

NodePtr make_sum(std::vector<NodePtr> arguments) {
  if (arguments.size() != 1) fail_syntax();
  if (arguments[0]->is_string) fail_type_mismatch();
  auto node = std::make_unique<RunningSum>();
  node->take(std::move(arguments));
  return node;
}

}  // namespace

bool is_function(std::string_view name) {
  return name == "cond" || name == "sum" || function_index().contains(name);
}

NodePtr make_call(std::string_view name, std::vector<NodePtr> arguments) {
  if (name == "cond") return make_condition(std::move(arguments));
  if (name == "sum") return make_sum(std::move(arguments));
  const auto found = function_index().find(name);
  if (found == function_index().end()) {
    throw StataError(133, "unknown function " + std::string(name) + "()");
  }
  const Function& f = *found->second;
  check_arguments(f, arguments);
  if (f.plain) {
    auto node = std::make_unique<PlainCall>();
    node->f = f.plain;
    node->take(std::move(arguments));
    return node;
  }
  auto node = std::make_unique<Call>();
  node->function = &f;
  node->is_string = f.text != nullptr;
  node->take(std::move(arguments));
  if (f.draws) node->varies = node->stateful = true;
  if (name == "regexs" || name == "ustrregexs") node->varies = node->recalls = true;
  return node;
}

}  // namespace adohost
