#include "lang/syntax_spec.h"

#include <algorithm>
#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "lang/tokens.h"
#include "lang/words.h"

namespace adohost {
namespace {

constexpr auto npos = std::string_view::npos;

[[noreturn]] void fail_spec() {
  throw StataError(197, "invalid syntax");
}

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

std::size_t count_of(std::string_view text) {
  const std::optional<long long> n = to_integer(text);
  if (!n || *n < 0) fail_spec();
  return static_cast<std::size_t>(*n);
}

/// Takes `key=value` or `key(value)` off the front of `text`: the value, quotes stripped.
std::optional<std::string_view> take_setting(std::string_view& text,
                                             std::string_view key) {
  if (!text.starts_with(key)) return std::nullopt;
  std::string_view rest = trim_left(text.substr(key.size()));
  std::string_view value;
  if (rest.starts_with('(')) {
    const std::size_t end = skip_brackets(rest, 0);
    value = trim(rest.substr(1, end - 2));
    text = trim_left(rest.substr(end));
  } else if (rest.starts_with('=')) {
    const Token token = next_token(rest.substr(1));
    value = token.raw;
    text = trim_left(token.rest);
  } else {
    return std::nullopt;
  }
  return without_quotes(value);
}

/// Takes one rule of a list off `text`; false where it is none.
bool take_list_rule(std::string_view& text, ListRules& rules) {
  if (const auto n = take_setting(text, "min")) return rules.minimum = count_of(*n), true;
  if (const auto n = take_setting(text, "max")) return rules.maximum = count_of(*n), true;
  const Token token = next_token(text);
  if (abbreviates(token.raw, "numeric", 3))
    rules.numeric = true;
  else if (abbreviates(token.raw, "string", 3))
    rules.string = true;
  else if (token.raw != "fv" && token.raw != "ts")  // the host has no such variables
    return false;
  text = trim_left(token.rest);
  return true;
}

void parse_list_rules(std::string_view text, ListRules& rules) {
  for (text = trim(text); !text.empty();)
    if (!take_list_rule(text, rules)) fail_spec();
}

// ---- what stands before the comma

struct LeadName {
  std::string_view word;
  LeadKind kind;
  bool single;
  std::string_view macro;
};
constexpr LeadName kLeadNames[] = {
    {"varlist", LeadKind::varlist, false, "varlist"},
    {"varname", LeadKind::varlist, true, "varlist"},
    {"newvarlist", LeadKind::newvarlist, false, "varlist"},
    {"newvarname", LeadKind::newvarlist, true, "varlist"},
    {"namelist", LeadKind::namelist, false, "namelist"},
    {"name", LeadKind::namelist, true, "namelist"},
    {"anything", LeadKind::anything, false, "anything"},
};

/// Takes one specifier of a lead off `text`.
void take_lead_rule(std::string_view& text, LeadSpec& lead) {
  if (const auto name = take_setting(text, "name")) {
    lead.macro = *name;
    return;
  }
  if (const auto id = take_setting(text, "id")) {
    lead.id = *id;
    return;
  }
  if (const auto what = take_setting(text, "default")) {
    if (*what != "none" && *what != "all") fail_spec();
    lead.rules.default_none = *what == "none";
    return;
  }
  const Token token = next_token(text);
  bool known = true;
  if (token.raw == "equalok" && lead.kind == LeadKind::anything)
    lead.equal_ok = true;
  else if (token.raw == "everything" && lead.kind == LeadKind::anything)
    lead.everything = true;
  else if (abbreviates(token.raw, "generate", 3) && lead.kind == LeadKind::newvarlist)
    lead.rules.generate = true;
  else
    known = (token.raw == "existing" && lead.kind == LeadKind::varlist) ||
            (token.raw == "local" && lead.kind == LeadKind::namelist);
  if (known)
    text = trim_left(token.rest);
  else if (lead.kind == LeadKind::anything || !take_list_rule(text, lead.rules))
    fail_spec();
}

void parse_lead(std::string_view word, std::string_view rules, bool optional,
                SyntaxSpec& spec) {
  const auto* known =
      std::find_if(std::begin(kLeadNames), std::end(kLeadNames),
                   [word](const LeadName& name) { return name.word == word; });
  if (known == std::end(kLeadNames) || spec.lead.need != Need::absent) fail_spec();
  LeadSpec& lead = spec.lead;
  lead.need = optional ? Need::optional : Need::required;
  lead.kind = known->kind;
  lead.macro = known->macro;
  lead.rules.minimum = optional ? 0 : 1;
  if (known->single) lead.rules.maximum = 1;
  for (rules = trim(rules); !rules.empty();) take_lead_rule(rules, lead);
}

bool parse_weights(std::string_view text, SyntaxSpec& spec) {
  if (text.ends_with('/')) {
    spec.weight_bare = true;
    text.remove_suffix(1);
  }
  for (const std::string& word : split_blank(text)) {
    const std::string_view name = weight_name(word);
    if (name.empty()) return false;
    spec.weights.emplace_back(name);
  }
  return !spec.weights.empty();
}

void parse_element(std::string_view text, bool optional, SyntaxSpec& spec) {
  text = trim(text);
  const std::size_t slash = text.find('/');
  std::string word(text);
  std::erase_if(word, [](char c) { return c == '/' || c == ' '; });
  PartSpec* part = word == "if"      ? &spec.if_part
                   : word == "in"    ? &spec.in_part
                   : word == "using" ? &spec.using_part
                   : word == "=exp"  ? &spec.exp
                                     : nullptr;
  if (part != nullptr) {
    if (part->need != Need::absent) fail_spec();
    *part = {optional ? Need::optional : Need::required, slash != npos};
    return;
  }
  const std::size_t n = word_length(text);
  if (optional && !weight_name(text.substr(0, n)).empty()) {
    if (!parse_weights(text, spec)) fail_spec();
    return;
  }
  std::string_view rules = trim(text.substr(n));
  if (!rules.empty()) {
    if (!rules.starts_with('(') || skip_brackets(rules, 0) != rules.size()) fail_spec();
    rules = rules.substr(1, rules.size() - 2);
  }
  parse_lead(text.substr(0, n), rules, optional, spec);
}

// ---- options

/// Sets the name, the shortest abbreviation and the macro from `GENerate`, `noHEADer`.
void set_option_name(std::string_view word, bool has_argument, OptionSpec& option) {
  const bool negated = !has_argument && word.size() > 2 && word.starts_with("no");
  const std::string_view stem = negated ? word.substr(2) : word;
  std::size_t capitals = 0;
  while (capitals < stem.size() && !is_lower(stem[capitals])) ++capitals;
  if (!is_upper(stem[0]) && stem[0] != '_') capitals = stem.size();
  option.name = lower(word);
  option.minimum = word.size() - stem.size() + capitals;
  option.macro = lower(stem).substr(0, 31);
  option.kind = negated ? OptionKind::negated : OptionKind::flag;
}

void set_number(std::string_view text, OptionSpec& option) {
  text = trim(text);
  if (option.required != text.empty()) fail_spec();
  const std::optional<double> x = to_number(text);
  if (!text.empty() && !x) fail_spec();
  option.fallback = text;
}

void set_numlist(std::string_view text, OptionSpec& option) {
  for (const Token& token : tokens(text, {.bind = true}))
    if (!add_numlist_rule(option.numlist, token.raw)) fail_spec();
}

/// Sets the kind of the argument from what the parentheses hold.
void set_option_argument(std::string_view text, OptionSpec& option) {
  const Token type = next_token(text);
  const std::string_view rest = trim(type.rest);
  const auto list = [&](OptionKind kind, std::size_t maximum) {
    option.kind = kind;
    option.list.maximum = maximum;
    parse_list_rules(rest == "local" ? "" : rest, option.list);
  };
  constexpr std::size_t kMany = 120000;
  if (abbreviates(type.raw, "integer", 3) || type.raw == "real") {
    option.kind = type.raw == "real" ? OptionKind::real : OptionKind::integer;
    set_number(rest, option);
  } else if (abbreviates(type.raw, "string", 3)) {
    if (!rest.empty() && rest != "asis") fail_spec();
    option.kind = rest.empty() ? OptionKind::string : OptionKind::string_asis;
  } else if (type.raw == "numlist") {
    option.kind = OptionKind::numlist;
    set_numlist(rest, option);
  } else if (type.raw == "varlist" || type.raw == "varname") {
    list(OptionKind::varlist, type.raw == "varname" ? 1 : kMany);
  } else if (type.raw == "newvarlist" || type.raw == "newvarname") {
    list(OptionKind::newvarlist, type.raw == "newvarname" ? 1 : kMany);
  } else if (type.raw == "namelist" || type.raw == "name") {
    list(OptionKind::namelist, type.raw == "name" ? 1 : kMany);
  } else if (type.raw == "passthru" || type.raw == "cilevel") {
    if (!rest.empty()) fail_spec();
    option.kind = type.raw == "passthru" ? OptionKind::passthru : OptionKind::cilevel;
  } else {
    fail_spec();
  }
}

void parse_options_spec(std::string_view text, bool optional, SyntaxSpec& spec) {
  spec.any_options = true;
  for (text = trim(text); !text.empty(); text = trim_left(text)) {
    if (text.front() == '[') {
      const std::size_t end = skip_brackets(text, 0);
      parse_options_spec(text.substr(1, end - 2), true, spec);
      text.remove_prefix(end);
      continue;
    }
    if (text.front() == '*') {
      spec.rest_of_options = true;
      text.remove_prefix(1);
      continue;
    }
    const std::size_t n = word_length(text);
    if (n == 0 || spec.rest_of_options) fail_spec();
    OptionSpec option;
    option.required = !optional;
    const bool has_argument = n < text.size() && text[n] == '(';
    set_option_name(text.substr(0, n), has_argument, option);
    text.remove_prefix(n);
    if (has_argument) {
      const std::size_t end = skip_brackets(text, 0);
      set_option_argument(text.substr(1, end - 2), option);
      text.remove_prefix(end);
    }
    spec.options.push_back(std::move(option));
  }
}

/// Bytes of the unbracketed element at the start of `text`, its parentheses included.
std::size_t element_length(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size() && text[i] != ' ' && text[i] != '\t' && text[i] != '[' &&
         text[i] != ',')
    i = text[i] == '(' ? skip_brackets(text, i) : i + 1;
  return i;
}

}  // namespace

SyntaxSpec parse_syntax_spec(std::string_view text) {
  SyntaxSpec spec;
  for (text = trim(text); !text.empty(); text = trim_left(text)) {
    if (text.front() == ',') {
      parse_options_spec(text.substr(1), false, spec);
      break;
    }
    if (text.front() != '[') {
      const std::size_t n = element_length(text);
      parse_element(text.substr(0, n), false, spec);
      text.remove_prefix(n);
      continue;
    }
    const std::size_t end = skip_brackets(text, 0);
    const std::string_view inner = trim(text.substr(1, end - 2));
    text.remove_prefix(end);
    if (inner.starts_with(','))
      parse_options_spec(inner.substr(1), true, spec);
    else
      parse_element(inner, true, spec);
  }
  return spec;
}

std::string_view weight_name(std::string_view word) {
  if (word.ends_with('s')) word.remove_suffix(1);
  for (const std::string_view name : {"fweight", "aweight", "pweight", "iweight"})
    if (abbreviates(word, name, 2)) return name;
  if (abbreviates(word, "frequency", 4)) return "fweight";
  if (abbreviates(word, "analytic", 4)) return "aweight";
  if (abbreviates(word, "cellsize", 4)) return "aweight";
  return abbreviates(word, "weight", 1) ? "weight" : "";
}

}  // namespace adohost
