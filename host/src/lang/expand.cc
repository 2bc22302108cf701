#include "lang/expand.h"

#include "base/error.h"
#include "base/text.h"
#include "expr/expression.h"
#include "expr/names.h"
#include "format/format.h"
#include "lang/c_values.h"
#include "lang/macro_functions.h"
#include "lang/session.h"
#include "lang/tokens.h"

namespace adohost {

namespace {

constexpr int kMaxDepth = 200;

std::string value_text(const Value& value) {
  return value.is_string ? value.text : macro_number(value.number);
}

bool has_macros(std::string_view s) {
  return s.find_first_of("`$") != s.npos;
}

class Expander {
 public:
  Expander(Session& session, std::string& out) : session_(session), out_(out) {}

  void append(std::string_view s) {
    if (++depth_ > kMaxDepth) throw StataError(920, "too many macros");
    std::size_t i = 0;
    while (i < s.size()) {
      const std::size_t next = std::min(s.find_first_of("`$\\", i), s.size());
      out_.append(s.substr(i, next - i));
      i = next < s.size() ? special(s, next) : next;
    }
    --depth_;
  }

 private:
  /// Deals with the backquote, `$` or backslash at `i`; returns where to go on.
  std::size_t special(std::string_view s, std::size_t i) {
    const char next = i + 1 < s.size() ? s[i + 1] : '\0';
    if (s[i] == '\\') {
      const bool escaped = next == '`' || next == '$';
      const bool doubled =
          next == '\\' && i + 2 < s.size() && (s[i + 2] == '`' || s[i + 2] == '$');
      if (escaped || doubled) {
        out_ += next;
        return i + 2;
      }
    } else if (s[i] == '$') {
      return global(s, i);
    } else if (next != '"') {
      return local(s, i);
    }
    out_ += s[i];
    return i + 1;
  }

  std::size_t global(std::string_view s, std::size_t i) {
    if (s.substr(i).starts_with("${")) {
      const std::size_t end = s.find('}', i);
      if (end == s.npos) {
        out_ += '$';
        return i + 1;
      }
      insert(session_.macros.find(trim(expanded(s.substr(i + 2, end - i - 2)))));
      return end + 1;
    }
    const std::size_t n = word_length(s.substr(i + 1));
    if (n == 0) {
      out_ += '$';
      return i + 1;
    }
    insert(session_.macros.find(s.substr(i + 1, n)));
    return i + 1 + n;
  }

  std::size_t local(std::string_view s, std::size_t i) {
    std::size_t depth = 0;
    std::size_t end = i;
    for (; end < s.size(); ++end) {
      if (s[end] == '`') ++depth;
      if (s[end] == '\'' && --depth == 0) break;
    }
    if (end == s.size()) {
      out_ += '`';
      return i + 1;
    }
    const std::string_view inner = s.substr(i + 1, end - i - 1);
    if (has_macros(inner)) {
      reference(expanded(inner));
    } else {
      reference(inner);
    }
    return end + 1;
  }

  /// What stands between ` and ', expanded.
  void reference(std::string_view name) {
    name = trim(name);
    if (name.starts_with('=')) {
      out_ += value_text(evaluate(session_, name.substr(1)));
    } else if (name.starts_with(':')) {
      out_ += macro_function(session_, trim(name.substr(1)));
    } else if (name.starts_with("++") || name.starts_with("--")) {
      step(name.substr(2), name[0] == '+' ? 1 : -1, true);
    } else if (name.ends_with("++") || name.ends_with("--")) {
      step(name.substr(0, name.size() - 2), name.back() == '+' ? 1 : -1, false);
    } else if (name.ends_with(')')) {
      call(name);
    } else if (name.ends_with(']')) {
      characteristic(name);
    } else {
      insert(session_.macros.local(name));
    }
  }

  void call(std::string_view name) {
    const std::size_t open = name.find('(');
    if (open == name.npos) return;
    const std::string_view function = name.substr(0, open);
    const std::string_view inner = name.substr(open + 1, name.size() - open - 2);
    if (function == "macval") {
      const std::string* text = session_.macros.local(inner);
      if (text != nullptr) out_ += *text;
    } else if (function.size() == 1 &&
               std::string_view("resc").find(function) != std::string_view::npos) {
      out_ += result_text(session_, function[0], inner);
    }
  }

  /// `x[name]', `_dta[name]': a characteristic ([P] char).
  void characteristic(std::string_view name) {
    const std::size_t open = name.find('[');
    if (open == name.npos) return;
    std::string owner(trim(name.substr(0, open)));
    if (owner != "_dta") {
      const int v = lookup_variable(session_, owner);
      if (v < 0) return;
      owner = session_.data.variable(v).name;
    }
    const std::string_view inner = name.substr(open + 1, name.size() - open - 2);
    const auto& all = session_.data.characteristics;
    const auto found = all.find({owner, std::string(trim(inner))});
    if (found != all.end()) insert(&found->second);
  }

  /// `++i' and its relatives: counts the local by one, inserts the new or the old value.
  void step(std::string_view name, int by, bool before) {
    const std::string* text = session_.macros.local(name);
    const std::string old = text == nullptr ? "" : *text;
    const double count = evaluate_number(session_, old + (by > 0 ? "+1" : "-1"));
    std::string now = macro_number(count);
    out_ += before ? now : old;
    session_.macros.set_local(name, std::move(now));
  }

  /// A macro's text, with the macros that it holds expanded.
  void insert(const std::string* text) {
    if (text == nullptr) return;
    if (has_macros(*text)) {
      append(std::string(*text));
    } else {
      out_ += *text;
    }
  }

  std::string expanded(std::string_view s) {
    std::string inner;
    Expander nested(session_, inner);
    nested.depth_ = depth_;
    nested.append(s);
    return inner;
  }

  Session& session_;
  std::string& out_;
  int depth_ = 0;
};

}  // namespace

std::string expand_macros(Session& session, std::string_view line) {
  std::string out;
  out.reserve(line.size() + 32);
  Expander(session, out).append(line);
  return out;
}

std::string result_text(Session& session, char family, std::string_view name) {
  if (family == 'c') {
    const auto value = c_value(session, name);
    return value ? value_text(*value) : "";
  }
  const Results& results = family == 'r'   ? session.r
                           : family == 'e' ? session.e
                                           : session.s;
  if (const std::string* text = results.macro(name)) return *text;
  if (const double* x = results.scalar(name)) return macro_number(*x);
  return "";
}

}  // namespace adohost
