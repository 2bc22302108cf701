#include "lang/command_line.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/error.h"
#include "base/text.h"
#include "lang/tokens.h"

namespace adohost {

namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

/// A single `=`: no part of ==, <=, >=, != or ~=.
bool is_assignment(std::string_view s, std::size_t i) {
  if (s[i] != '=') return false;
  if (i + 1 < s.size() && s[i + 1] == '=') return false;
  return i == 0 || std::string_view("=<>!~").find(s[i - 1]) == std::string_view::npos;
}

/// The keyword that stands at `i` as a word of its own, or "".
std::string_view keyword_at(std::string_view s, std::size_t i) {
  if (i > 0 && !is_blank(s[i - 1]) && s[i - 1] != ')' && s[i - 1] != '"') return {};
  for (const std::string_view word : {"if", "in", "using"}) {
    if (!s.substr(i).starts_with(word)) continue;
    const std::size_t end = i + word.size();
    const char next = end < s.size() ? s[end] : ' ';
    const bool ends = is_blank(next) || (word == "if" && next == '(') ||
                      (word == "using" && (next == '"' || next == '`'));
    if (ends) return word;
  }
  return {};
}

/// Whether the text after `[` is a weight: `fw=pop`, `aweight = x`, `=w`.
bool is_weight(std::string_view s) {
  s = trim_left(s);
  std::size_t n = 0;
  while (n < s.size() && std::isalpha(static_cast<unsigned char>(s[n]))) ++n;
  const std::string_view word = s.substr(0, n);
  const std::string_view after = trim_left(s.substr(n));
  if (!after.starts_with('=') || after.starts_with("==")) return false;
  if (word.empty()) return true;
  for (const std::string_view kind :
       {"fweight", "aweight", "pweight", "iweight", "weight"}) {
    if (abbreviates(word, kind, kind == "weight" ? 1 : 2)) return true;
  }
  return word == "fre" || abbreviates(word, "frequency", 2);
}

class Splitter {
 public:
  Splitter(std::string_view command, std::string_view rest) : s_(rest) {
    line_.command = command;
    line_.rest = rest;
  }

  CommandLine split() {
    std::size_t i = 0;
    while (i < s_.size()) i = step(i);
    close(s_.size());
    if (line_.if_text && line_.if_text->empty()) fail_syntax();
    if (line_.in_text && line_.in_text->empty()) fail_syntax();
    if (line_.using_text && line_.using_text->empty()) fail_syntax();
    return std::move(line_);
  }

 private:
  /// Looks at the character at `i`; returns where to go on.
  std::size_t step(std::size_t i) {
    const char c = s_[i];
    if (c == '"' || s_.substr(i).starts_with("`\"")) return skip_quoted(s_, i);
    if (c == '(' || c == '[') {
      const std::size_t end = skip_brackets(s_, i);
      if (c == '[' && is_weight(s_.substr(i + 1))) {
        if (line_.weight) fail_syntax();
        close(i);
        line_.weight = trim(s_.substr(i + 1, end - i - 2));
        open(nullptr, end);
      }
      return end;
    }
    if (c == ')' || c == ']') throw StataError(132, "too many ')' or ']'");
    if (c == ',') {
      close(i);
      line_.has_comma = true;
      line_.options = trim(s_.substr(i + 1));
      open(nullptr, s_.size());
      return s_.size();
    }
    if (is_assignment(s_, i) && !line_.exp && in_anything()) {
      close(i);
      open(&line_.exp, i + 1);
      return i + 1;
    }
    const std::string_view word = keyword_at(s_, i);
    if (word.empty()) return i + 1;
    close(i);
    open(word == "if"   ? &line_.if_text
         : word == "in" ? &line_.in_text
                        : &line_.using_text,
         i + word.size());
    return i + word.size();
  }

  bool in_anything() const { return part_ == nullptr && !anything_closed_; }

  void open(std::optional<std::string>* part, std::size_t from) {
    if (part != nullptr && *part) fail_syntax();
    part_ = part;
    from_ = from;
    anything_closed_ = true;
  }

  void close(std::size_t to) {
    const std::string_view text = trim(s_.substr(from_, to - from_));
    if (part_ == &line_.using_text) {
      line_.using_text = strip_quotes(text);
      line_.using_raw = text;
    } else if (part_ != nullptr) {
      *part_ = std::string(text);
    } else if (!anything_closed_) {
      line_.anything = text;
    } else if (!text.empty()) {
      fail_syntax();
    }
  }

  std::string_view s_;
  CommandLine line_;
  std::optional<std::string>* part_ = nullptr;
  std::size_t from_ = 0;
  bool anything_closed_ = false;
};

}  // namespace

CommandLine split_command(std::string_view command, std::string_view rest) {
  return Splitter(command, rest).split();
}

void require_only(const CommandLine& line, unsigned allowed) {
  const auto refuse = [allowed](bool given, unsigned flag, const char* what) {
    if (given && (allowed & flag) == 0) fail_not_allowed(what);
  };
  refuse(!line.anything.empty(), kAllowAnything, "varlist");
  refuse(line.exp.has_value(), kAllowExp, "=exp");
  refuse(line.if_text.has_value(), kAllowIf, "if");
  refuse(line.in_text.has_value(), kAllowIn, "in range");
  refuse(line.using_text.has_value(), kAllowUsing, "using");
  refuse(line.weight.has_value(), kAllowWeight, "weights");
  if ((allowed & kAllowOptions) == 0) parse_options(line.options, {});
}

bool Options::has(std::string_view name) const {
  return std::any_of(given.begin(), given.end(),
                     [name](const auto& option) { return option.first == name; });
}

std::optional<std::string> Options::argument(std::string_view name) const {
  for (const auto& [option, text] : given) {
    if (option == name) return text;
  }
  return std::nullopt;
}

Options parse_options(std::string_view text, const std::vector<OptionRule>& rules) {
  Options options;
  for (text = trim_left(text); !text.empty(); text = trim_left(text)) {
    std::size_t n = 0;
    while (n < text.size() && !is_blank(text[n]) && text[n] != '(' && text[n] != ',') ++n;
    const std::string word(text.substr(0, n));
    if (word.empty()) fail_syntax();
    text = trim_left(text.substr(n));
    std::optional<std::string> argument;
    if (text.starts_with('(')) {
      const std::size_t end = skip_brackets(text, 0);
      argument = trim(text.substr(1, end - 2));
      text.remove_prefix(end);
    }
    const auto rule =
        std::find_if(rules.begin(), rules.end(), [&word](const OptionRule& candidate) {
          return abbreviates(word, candidate.name, candidate.minimum);
        });
    if (rule == rules.end()) fail_option(argument ? word + "()" : word);
    const std::string name(rule->name);
    if (rule->takes_argument != argument.has_value()) {
      if (!rule->takes_argument) fail_option(name + "()");
      throw StataError(198, "option " + name + "() incorrectly specified");
    }
    options.given.emplace_back(name, argument.value_or(""));
  }
  return options;
}

}  // namespace adohost
