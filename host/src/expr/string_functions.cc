// String functions ([FN] String functions). strlen(), substr() and strpos() count bytes,
// their relatives with a `u` count characters.
#include <algorithm>
#include <cmath>
#include <cstdint>

#include "base/error.h"
#include "base/text.h"
#include "data/storage.h"
#include "expr/functions.h"
#include "expr/unicode.h"
#include "format/format.h"

namespace adohost {

namespace {

std::string_view trim_blanks(std::string_view s, bool left, bool right) {
  while (left && !s.empty() && s.front() == ' ') s.remove_prefix(1);
  while (right && !s.empty() && s.back() == ' ') s.remove_suffix(1);
  return s;
}

/// Runs of blanks inside the string become one blank.
std::string single_blanks(std::string_view s) {
  const std::string_view core = trim_blanks(s, true, true);
  const auto lead = static_cast<std::size_t>(core.data() - s.data());
  if (core.empty()) return std::string(s);
  std::string out(s.substr(0, lead));
  for (char c : core) {
    if (c != ' ' || out.empty() || out.back() != ' ' || out.size() <= lead) out += c;
  }
  return out + std::string(s.substr(lead + core.size()));
}

/// The part [begin, end) that substr(s, start, length) means in a string of `size` units.
struct Part {
  std::size_t begin = 0;
  std::size_t end = 0;
};

Part part_of(std::size_t size, double start, double length) {
  const auto n = static_cast<double>(size);
  if (is_missing(start)) return {};
  start = std::trunc(start);
  if (start < 0) start = n + start + 1;
  if (start < 1 || start > n) return {};
  const double left = n - start + 1;
  const double count =
      is_missing(length) ? left : std::clamp(std::trunc(length), 0.0, left);
  const auto begin = static_cast<std::size_t>(start) - 1;
  return {begin, begin + static_cast<std::size_t>(count)};
}

std::string substr(const Arguments& a) {
  const std::string& s = a.text(0);
  const Part part = part_of(s.size(), a.number(1), a.number(2));
  return s.substr(part.begin, part.end - part.begin);
}

std::string usubstr_of(const std::string& s, double start, double length) {
  const Part part = part_of(utf8_length(s), start, length);
  const std::size_t begin = utf8_prefix(s, part.begin).size();
  const std::string_view rest = std::string_view(s).substr(begin);
  return std::string(utf8_prefix(rest, part.end - part.begin));
}

/// Replaces the first `n` occurrences (all where missing).
std::string replaced(std::string_view s, std::string_view from, std::string_view to,
                     double n) {
  if (from.empty()) return std::string(s);
  std::string out;
  double done = 0;
  for (;;) {
    const std::size_t at = s.find(from);
    if (at == std::string_view::npos || (!is_missing(n) && done + 1 > n)) break;
    out += s.substr(0, at);
    out += to;
    s.remove_prefix(at + from.size());
    ++done;
  }
  return out += s;
}

std::string subinstr(const Arguments& a) {
  return replaced(a.text(0), a.text(1), a.text(2), a.number(3));
}

/// Like subinstr(), of whole blank-separated words.
std::string subinword(const Arguments& a) {
  const std::string& s = a.text(0);
  const std::string& word = a.text(1);
  const double n = a.number(3);
  if (word.empty()) return s;
  std::string out;
  double done = 0;
  for (std::size_t i = 0; i < s.size();) {
    const bool starts = i == 0 || s[i - 1] == ' ';
    const std::size_t end = i + word.size();
    const bool ends = end == s.size() || (end < s.size() && s[end] == ' ');
    if (starts && ends && s.compare(i, word.size(), word) == 0 &&
        (is_missing(n) || done + 1 <= n)) {
      out += a.text(2);
      i = end;
      ++done;
    } else {
      out += s[i++];
    }
  }
  return out;
}

double position(std::size_t at) {
  return at == std::string::npos ? 0 : static_cast<double>(at) + 1;
}

double strpos(const Arguments& a) {
  return a.text(1).empty() ? 0 : position(a.text(0).find(a.text(1)));
}

double strrpos(const Arguments& a) {
  return a.text(1).empty() ? 0 : position(a.text(0).rfind(a.text(1)));
}

/// The byte position `at` (from 1, 0 for none) as a position in characters.
double in_characters(const std::string& s, double at) {
  if (at == 0) return 0;
  const auto bytes = static_cast<std::size_t>(at) - 1;
  return static_cast<double>(utf8_length(std::string_view(s).substr(0, bytes))) + 1;
}

std::string word(const Arguments& a) {
  const auto words = split_blank(a.text(0));
  const double n = a.number(1);
  if (is_missing(n) || n == 0) return {};
  const auto count = static_cast<double>(words.size());
  const double at = n > 0 ? std::trunc(n) : count + std::trunc(n) + 1;
  return at >= 1 && at <= count ? words[static_cast<std::size_t>(at) - 1] : std::string();
}

/// Each letter that follows no letter in upper case, the others in lower case.
std::string proper(const std::string& s) {
  std::string out = lower(s);
  bool after_letter = false;
  for (char& c : out) {
    const bool letter = c >= 'a' && c <= 'z';
    if (letter && !after_letter) c = static_cast<char>(c - 'a' + 'A');
    after_letter = letter;
  }
  return out;
}

std::string reversed_characters(std::string_view s) {
  std::string out;
  while (!s.empty()) {
    const std::string_view first = utf8_prefix(s, 1);
    out.insert(0, first);
    s.remove_prefix(first.size());
  }
  return out;
}

std::string repeated(const std::string& s, double n) {
  constexpr double kLongestText = 2e9;
  if (is_missing(n) || n < 1) return {};
  if (n * static_cast<double>(s.size()) > kLongestText) {
    throw StataError(1000, "system limit exceeded: string too long");
  }
  std::string out;
  for (double i = 1; i <= n && !s.empty(); ++i) out += s;
  return out;
}

std::string strofreal(const Arguments& a) {
  std::string format = "%9.0g";
  if (a.count() > 1) {
    if (!is_numeric_format(a.text(1))) return {};
    format = a.text(1);
  }
  return std::string(trim_blanks(format_number(a.number(0), format), true, true));
}

double real(const Arguments& a) {
  return to_number(trim(a.text(0))).value_or(missing_value());
}

/// strmatch(): `*` any run of bytes, `?` one byte.
double strmatch(const Arguments& a) {
  const std::string& s = a.text(0);
  const std::string& pattern = a.text(1);
  std::size_t i = 0, p = 0, star = std::string::npos, mark = 0;
  while (i < s.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = i;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == s[i])) {
      ++p;
      ++i;
    } else if (star != std::string::npos) {
      p = star + 1;
      i = ++mark;
    } else {
      return 0;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string::npos ? 1 : 0;
}

std::string plural(const Arguments& a) {
  const double n = a.number(0);
  const std::string& s = a.text(1);
  if (n == 1 || n == -1) return s;
  if (a.count() == 2) return s + "s";
  const std::string& form = a.text(2);
  if (form.starts_with('+')) return s + form.substr(1);
  if (form.starts_with('-')) {
    const std::string_view tail = std::string_view(form).substr(1);
    return s.ends_with(tail) ? s.substr(0, s.size() - tail.size()) : s;
  }
  return form;
}

std::string byte_of_code(const Arguments& a) {
  const double n = a.number(0);
  if (is_missing(n) || n < 0 || n > 255) return {};
  return std::string(1, static_cast<char>(static_cast<unsigned char>(n)));
}

std::string character_of_code(const Arguments& a) {
  const double n = a.number(0);
  if (is_missing(n) || n < 0 || n > 0x10ffff) return {};
  return encode_utf8(static_cast<std::uint32_t>(n));
}

/// A legal name made of any string: what no name may hold becomes `_`.
std::string strtoname(const Arguments& a) {
  std::string out;
  for (std::string_view s = a.text(0); !s.empty();) {
    const std::string_view c = utf8_prefix(s, 1);
    const bool legal = is_name("_" + std::string(c));
    out += legal ? std::string(c) : "_";
    s.remove_prefix(c.size());
  }
  if (a.number_or(1, 1) != 0 && !out.empty() && !is_name(out.substr(0, 1)) &&
      static_cast<unsigned char>(out[0]) < 0x80) {
    out.insert(0, "_");
  }
  return std::string(utf8_prefix(out, 32));
}

double indexnot(const Arguments& a) {
  return position(a.text(0).find_first_not_of(a.text(1)));
}

std::string abbreviated(const Arguments& a) {
  const double n = a.number(1);
  const double width = is_missing(n) ? 32 : std::clamp(std::trunc(n), 5.0, 32.0);
  return abbreviate(a.text(0), static_cast<std::size_t>(width));
}

double size_of(const Arguments& a) {
  return static_cast<double>(a.text(0).size());
}
double count_of(const Arguments& a) {
  return static_cast<double>(utf8_length(a.text(0)));
}

template <bool left, bool right>
std::string trimmed(const Arguments& a) {
  return std::string(trim_blanks(a.text(0), left, right));
}

std::string lowered(const Arguments& a) {
  return lower(a.text(0));
}
std::string raised(const Arguments& a) {
  return upper(a.text(0));
}
std::string proper_of(const Arguments& a) {
  return proper(a.text(0));
}
std::string collapsed(const Arguments& a) {
  return single_blanks(a.text(0));
}
std::string reversed(const Arguments& a) {
  return std::string(a.text(0).rbegin(), a.text(0).rend());
}

constexpr Function kFunctions[] = {
    number_row("strlen", "s", size_of),
    number_row("length", "s", size_of),
    number_row("ustrlen", "s", count_of),
    number_row("strpos", "ss", strpos),
    number_row("strrpos", "ss", strrpos),
    number_row("ustrpos", "ss",
               [](const Arguments& a) { return in_characters(a.text(0), strpos(a)); }),
    number_row("ustrrpos", "ss",
               [](const Arguments& a) { return in_characters(a.text(0), strrpos(a)); }),
    number_row("indexnot", "ss", indexnot),
    number_row("wordcount", "s",
               [](const Arguments& a) {
                 return static_cast<double>(split_blank(a.text(0)).size());
               }),
    number_row("real", "s", real),
    number_row("strmatch", "ss", strmatch),
    text_row("substr", "snn", substr),
    text_row("usubstr", "snn",
             [](const Arguments& a) {
               return usubstr_of(a.text(0), a.number(1), a.number(2));
             }),
    text_row("ustrleft", "sn",
             [](const Arguments& a) { return usubstr_of(a.text(0), 1, a.number(1)); }),
    text_row("ustrright", "sn",
             [](const Arguments& a) {
               const double n = std::min(a.number(1), count_of(a));
               return n < 1 ? std::string() : usubstr_of(a.text(0), -n, missing_value());
             }),
    text_row("subinstr", "sssn", subinstr),
    text_row("usubinstr", "sssn", subinstr),
    text_row("subinword", "sssn", subinword),
    text_row("word", "sn", word),
    text_row("lower", "s", lowered),
    text_row("strlower", "s", lowered),
    text_row("upper", "s", raised),
    text_row("strupper", "s", raised),
    text_row("ustrlower", "s",
             [](const Arguments& a) { return unicode_lower(a.text(0)); }),
    text_row("ustrupper", "s",
             [](const Arguments& a) { return unicode_upper(a.text(0)); }),
    text_row("proper", "s", proper_of),
    text_row("strproper", "s", proper_of),
    text_row("trim", "s", trimmed<true, true>),
    text_row("strtrim", "s", trimmed<true, true>),
    text_row("ltrim", "s", trimmed<true, false>),
    text_row("strltrim", "s", trimmed<true, false>),
    text_row("rtrim", "s", trimmed<false, true>),
    text_row("strrtrim", "s", trimmed<false, true>),
    text_row("itrim", "s", collapsed),
    text_row("stritrim", "s", collapsed),
    text_row("reverse", "s", reversed),
    text_row("strreverse", "s", reversed),
    text_row("ustrreverse", "s",
             [](const Arguments& a) { return reversed_characters(a.text(0)); }),
    text_row("strdup", "sn",
             [](const Arguments& a) { return repeated(a.text(0), a.number(1)); }),
    text_row("char", "n", byte_of_code),
    text_row("uchar", "n", character_of_code),
    text_row("string", "n?s", strofreal),
    text_row("strofreal", "n?s", strofreal),
    text_row("abbrev", "sn", abbreviated),
    text_row("plural", "ns?s", plural),
    text_row("strtoname", "s?n", strtoname),
};

}  // namespace

std::span<const Function> string_functions() {
  return kFunctions;
}

}  // namespace adohost
