// Macro functions on text: words, pieces, lengths, substitution, macro lists.
#include "base/error.h"
#include "base/text.h"
#include "lang/macro_functions_table.h"
#include "lang/macro_lists.h"
#include "lang/session.h"
#include "lang/tokens.h"
#include "lang/words.h"

namespace adohost {
namespace {

constexpr auto npos = std::string_view::npos;

std::string run_word(Session&, std::string_view rest) {
  const Token first = next_token(rest);
  if (abbreviates(first.text, "count", 3) && !first.quoted)
    return std::to_string(tokens(first.rest).size());
  std::string_view text = first.rest;
  const std::optional<long long> n = to_integer(first.text);
  if (!n || !first.found || take_word(text) != "of") fail_syntax();
  const std::vector<Token> words = tokens(text);
  if (*n < 1 || static_cast<std::size_t>(*n) > words.size()) return "";
  return std::string(words[static_cast<std::size_t>(*n) - 1].text);
}

/// The first line of `text` broken at blanks to `width` characters; takes it off `text`.
/// A longer word is cut, or kept whole where `whole_words`.
std::string_view next_piece(std::string_view& text, std::size_t width, bool whole_words) {
  text = trim_left(text);
  const std::size_t cut = utf8_prefix(text, width).size();
  std::size_t end = text.size();
  if (cut < text.size() && text[cut] == ' ') {
    end = cut;
  } else if (cut < text.size()) {
    const std::size_t blank = text.substr(0, cut).rfind(' ');
    if (blank != npos)
      end = blank;
    else
      end = whole_words ? std::min(text.find(' ', cut), text.size()) : cut;
  }
  const std::string_view piece = trim_right(text.substr(0, end));
  text.remove_prefix(end);
  return piece;
}

/// piece # # of "text" [, nobreak]
std::string run_piece(Session&, std::string_view rest) {
  const std::optional<long long> n = to_integer(take_word(rest));
  const std::optional<long long> width = to_integer(take_word(rest));
  if (!n || !width || *width < 1 || take_word(rest) != "of") fail_syntax();
  rest = trim(rest);
  bool whole_words = false;
  if (starts_quoted(rest)) {
    const std::size_t end = skip_quoted(rest, 0);
    const std::string_view after = trim(rest.substr(end));
    if (after.starts_with(',') && trim(after.substr(1)) == "nobreak")
      whole_words = true;
    else
      require_end(after);
    rest = without_quotes(rest.substr(0, end));
  }
  std::string_view piece;
  for (long long i = 0; i < *n; ++i) {
    if (trim(rest).empty()) return "";
    piece = next_piece(rest, static_cast<std::size_t>(*width), whole_words);
  }
  return std::string(piece);
}

std::string run_strlen(Session& session, std::string_view rest) {
  const std::size_t n = take_macro(session, rest).size();
  require_end(rest);
  return std::to_string(n);
}

std::string run_ustrlen(Session& session, std::string_view rest) {
  const std::size_t n = utf8_length(take_macro(session, rest));
  require_end(rest);
  return std::to_string(n);
}

std::string run_copy(Session& session, std::string_view rest) {
  const std::string text = take_macro(session, rest);
  require_end(rest);
  return text;
}

struct Substitution {
  std::string_view from, to;
  bool all = false;
  bool whole_words = false;
  std::string_view count_in;  // "local n", or empty
};

/// Replaces in `text`; returns how often.
std::size_t substitute(std::string& text, const Substitution& s) {
  if (s.from.empty()) return 0;
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(s.from, at)) != std::string::npos;) {
    const std::size_t end = at + s.from.size();
    const bool word =
        (at == 0 || text[at - 1] == ' ') && (end == text.size() || text[end] == ' ');
    if (s.whole_words && !word) {
      ++at;
      continue;
    }
    text.replace(at, s.from.size(), s.to);
    at += s.to.size();
    ++count;
    if (!s.all) break;
  }
  return count;
}

void store_count(Session& session, std::string_view target, std::size_t count) {
  const std::string_view kind = take_word(target);
  const std::string_view name = take_word(target);
  require_end(target);
  if (abbreviates(kind, "local", 3))
    session.macros.set_local(name, std::to_string(count));
  else if (abbreviates(kind, "global", 2))
    session.macros.set_global(name, std::to_string(count));
  else
    fail_syntax();
}

/// subinstr {local|global} m "from" "to" [, all count(local n) word]
std::string run_subinstr(Session& session, std::string_view rest) {
  std::string text = take_macro(session, rest);
  Substitution s;
  s.from = take_word(rest);
  s.to = take_word(rest);
  rest = trim_left(rest);
  if (rest.starts_with(',')) {
    for (const TypedOption& option : typed_options(rest.substr(1))) {
      if (option.name == "all" && !option.has_argument)
        s.all = true;
      else if (option.name == "word" && !option.has_argument)
        s.whole_words = true;
      else if (abbreviates(option.name, "count", 3) && option.has_argument)
        s.count_in = trim(option.argument);
      else
        fail_option(std::string(option.name));
    }
  } else {
    require_end(rest);
  }
  const std::size_t count = substitute(text, s);
  if (!s.count_in.empty()) store_count(session, s.count_in, count);
  return text;
}

// ---- list

/// The text of the macro that a list operand names: `x`, `local(x)` or `global(x)`.
const std::string& operand(Session& session, std::string_view text) {
  static const std::string none;
  text = trim(text);
  bool global = false;
  if (text.ends_with(')')) {
    const std::size_t open = text.find('(');
    const std::string_view kind = trim(text.substr(0, open));
    global = kind == "global";
    if (open == npos || (!global && kind != "local")) fail_syntax();
    text = trim(text.substr(open + 1, text.size() - open - 2));
  }
  if (text.empty() || text.find_first_of(" \t") != npos) fail_syntax();
  const std::string* found =
      global ? session.macros.global(text) : session.macros.local(text);
  return found != nullptr ? *found : none;
}

std::string truth(bool x) {
  return x ? "1" : "0";
}

/// `a op b`, or nothing where `text` has no operator.
std::optional<std::string> list_of_two(Session& session, std::string_view text) {
  static constexpr std::string_view kOperators[] = {"===", "==", "|", "&", "-", " in "};
  for (const std::string_view op : kOperators) {
    const std::size_t at = text.find(op);
    if (at == npos) continue;
    const ListElements a = list_elements(operand(session, text.substr(0, at)));
    const ListElements b = list_elements(operand(session, text.substr(at + op.size())));
    if (op == "===") return truth(list_same_elements(a, b));
    if (op == "==") return truth(a == b);
    if (op == " in ") return truth(list_contains(b, a));
    if (op == "|") return list_text(list_union(a, b));
    if (op == "&") return list_text(list_intersection(a, b));
    return list_text(list_difference(a, b));
  }
  return std::nullopt;
}

std::string list_posof(Session& session, std::string_view rest) {
  const std::string_view element = take_word(rest);
  if (take_word(rest) != "in") fail_syntax();
  return std::to_string(list_position(list_elements(operand(session, rest)), element));
}

std::string run_list(Session& session, std::string_view rest) {
  const Token first = next_token(rest);
  const std::string_view function = first.text;
  if (function == "posof") return list_posof(session, first.rest);
  if (auto text = list_of_two(session, rest)) return *text;
  const std::string& list = operand(session, first.rest);
  if (abbreviates(function, "retokenize", 5)) return list_retokenize(list);
  const ListElements elements = list_elements(list);
  if (function == "clean") return list_text(elements);
  if (function == "uniq") return list_text(list_uniq(elements));
  if (function == "dups") return list_text(list_dups(elements));
  if (function == "sort") return list_text(list_sort(elements));
  if (function == "sizeof") return std::to_string(elements.size());
  fail_syntax();
}

constexpr MacroFunction kFunctions[] = {
    {"word", 4, run_word},     {"piece", 5, run_piece},       {"strlen", 6, run_strlen},
    {"length", 3, run_strlen}, {"ustrlen", 7, run_ustrlen},   {"ulength", 4, run_ustrlen},
    {"copy", 4, run_copy},     {"subinstr", 5, run_subinstr}, {"list", 4, run_list},
};

}  // namespace

std::span<const MacroFunction> text_macro_functions() {
  return kFunctions;
}

}  // namespace adohost
