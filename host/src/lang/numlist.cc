#include "lang/numlist.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "data/storage.h"
#include "format/format.h"

namespace adohost {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t kMost = 10'000'000;

[[noreturn]] void fail_numlist() {
  throw StataError(121, "invalid numlist");
}
[[noreturn]] void fail_too_many() {
  throw StataError(123, "invalid numlist has too many elements");
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Reads a numlist from left to right; `numbers` is what it has yielded.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::vector<double> read() {
    for (skip_separators(); !text_.empty(); skip_separators()) element();
    return std::move(numbers_);
  }

 private:
  void skip_blanks() { text_ = trim_left(text_); }
  void skip_separators() {
    skip_blanks();
    if (numbers_.empty() || !take(',')) return;
    if (text_.empty() || text_.front() == ',') fail_numlist();
  }

  bool take(char c) {
    if (!text_.starts_with(c)) return false;
    text_.remove_prefix(1);
    skip_blanks();
    return true;
  }

  bool take_to() {
    if (take(':')) return true;
    if (!text_.starts_with("to")) return false;
    if (text_.size() > 2 && text_[2] != ' ' && text_[2] != '\t') return false;
    text_.remove_prefix(2);
    skip_blanks();
    return true;
  }

  /// Bytes of the number at the start of the text, 0 where there is none.
  std::size_t number_length() const {
    std::size_t i = text_.starts_with('-') || text_.starts_with('+') ? 1 : 0;
    const std::size_t start = i;
    while (i < text_.size() && is_digit(text_[i])) ++i;
    if (i < text_.size() && text_[i] == '.') {
      ++i;
      if (i == start + 1 && i < text_.size() && text_[i] >= 'a' && text_[i] <= 'z')
        return i + 1;
      while (i < text_.size() && is_digit(text_[i])) ++i;
    }
    if (i > start && i < text_.size() && (text_[i] == 'e' || text_[i] == 'E')) {
      std::size_t j = i + 1;
      if (j < text_.size() && (text_[j] == '-' || text_[j] == '+')) ++j;
      if (j < text_.size() && is_digit(text_[j])) {
        while (j < text_.size() && is_digit(text_[j])) ++j;
        i = j;
      }
    }
    return i == start ? 0 : i;
  }

  double number() {
    const std::size_t n = number_length();
    if (n == 0) fail_numlist();
    const std::optional<double> x = to_number(text_.substr(0, n));
    if (!x) fail_numlist();
    text_.remove_prefix(n);
    if (!text_.empty() && std::string_view(" \t,/:()[]").find(text_.front()) == npos)
      fail_numlist();
    skip_blanks();
    return *x;
  }

  void push(double x) {
    if (numbers_.size() == kMost) fail_too_many();
    numbers_.push_back(x);
  }

  /// `first`, `first + step`, ... up to `last`.
  void range(double first, double step, double last, bool with_first) {
    if (is_missing(first) || is_missing(step) || is_missing(last)) fail_numlist();
    if (step == 0 || (last - first) / step < 0) fail_numlist();
    const double steps = std::floor((last - first) / step * (1 + 1e-12) + 1e-9);
    if (steps >= static_cast<double>(kMost)) fail_too_many();
    for (double i = with_first ? 0 : 1; i <= steps; ++i) push(first + i * step);
  }

  void element() {
    if (!numbers_.empty() && take_to()) {
      if (since_range_ < 2) fail_numlist();
      const double before = numbers_[numbers_.size() - 2];
      const double first = numbers_.back();
      range(first, first - before, number(), false);
      since_range_ = 0;
      return;
    }
    const double first = number();
    if (take('/')) {
      const double last = number();
      range(first, last >= first ? 1 : -1, last, true);
      since_range_ = 0;
    } else if (text_.starts_with('(') || text_.starts_with('[')) {
      stepped(first, take('(') ? ')' : (take('['), ']'));
    } else {
      push(first);
      ++since_range_;
    }
  }

  void stepped(double first, char close) {
    const double step = number();
    if (!take(close)) fail_numlist();
    range(first, step, number(), true);
    since_range_ = 0;
  }

  std::string_view text_;
  std::vector<double> numbers_;
  int since_range_ = 0;  // single numbers since the last range: `to` needs two
};

bool has_order(const std::vector<double>& numbers, bool ascending) {
  for (std::size_t i = 1; i < numbers.size(); ++i)
    if (ascending ? numbers[i - 1] >= numbers[i] : numbers[i - 1] <= numbers[i])
      return false;
  return true;
}

bool within(const NumlistRules& rules, double x) {
  return (rules.low_open ? x > rules.low : x >= rules.low) &&
         (rules.high_open ? x < rules.high : x <= rules.high);
}

/// `>=0` and its like.
bool add_bound(NumlistRules& rules, std::string_view word) {
  const bool low = word.starts_with('>');
  if (!low && !word.starts_with('<')) return false;
  word.remove_prefix(1);
  const bool open = !word.starts_with('=');
  if (!open) word.remove_prefix(1);
  const std::optional<double> x = to_number(word);
  if (!x) return false;
  (low ? rules.low : rules.high) = *x;
  (low ? rules.low_open : rules.high_open) = open;
  return true;
}

/// The text of `name=3` or `name(3)`, or nothing where `word` is neither.
std::optional<std::string_view> argument_of(std::string_view word,
                                            std::string_view name) {
  if (!word.starts_with(name)) return std::nullopt;
  word.remove_prefix(name.size());
  if (word.starts_with('=')) return trim(word.substr(1));
  if (word.starts_with('(') && word.ends_with(')'))
    return trim(word.substr(1, word.size() - 2));
  return std::nullopt;
}

bool set_count(std::size_t& count, std::string_view text) {
  const std::optional<long long> n = to_integer(text);
  if (!n || *n < 0) return false;
  count = static_cast<std::size_t>(*n);
  return true;
}

}  // namespace

std::vector<double> parse_numlist(std::string_view text) {
  return Reader(text).read();
}

bool add_numlist_rule(NumlistRules& rules, std::string_view word) {
  if (abbreviates(word, "ascending", 3)) return rules.ascending = true;
  if (abbreviates(word, "descending", 4)) return rules.descending = true;
  if (abbreviates(word, "integer", 3)) return rules.integer = true;
  if (abbreviates(word, "missingokay", 4)) return rules.missing_okay = true;
  if (word == "sort") return rules.sort = true;
  if (auto n = argument_of(word, "min")) return set_count(rules.minimum, *n);
  if (auto n = argument_of(word, "max")) return set_count(rules.maximum, *n);
  if (auto bounds = argument_of(word, "range")) {
    for (const std::string& bound : split_blank(*bounds))
      if (!add_bound(rules, bound)) return false;
    return true;
  }
  return add_bound(rules, word);
}

void apply_numlist_rules(const NumlistRules& rules, std::vector<double>& numbers) {
  if (numbers.size() < rules.minimum)
    throw StataError(122, "invalid numlist has too few elements");
  if (numbers.size() > rules.maximum) fail_too_many();
  for (const double x : numbers) {
    if (is_missing(x)) {
      if (!rules.missing_okay)
        throw StataError(127, "invalid numlist has missing values");
      continue;
    }
    if (rules.integer && x != std::floor(x))
      throw StataError(126, "invalid numlist has noninteger elements");
    if (!within(rules, x))
      throw StataError(125, "invalid numlist has elements outside of allowed range");
  }
  if ((rules.ascending && !has_order(numbers, true)) ||
      (rules.descending && !has_order(numbers, false)))
    throw StataError(124, "invalid numlist has elements out of order");
  if (rules.sort) std::sort(numbers.begin(), numbers.end());
}

std::string numlist_word(double x) {
  return std::string(trim(plain_number(x, "%17.0g")));
}

std::string numlist_text(const std::vector<double>& numbers) {
  std::string text;
  for (const double x : numbers) {
    if (!text.empty()) text += ' ';
    text += numlist_word(x);
  }
  return text;
}

}  // namespace adohost
