#include "expr/date_text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/error.h"
#include "base/text.h"
#include "data/storage.h"
#include "format/calendar.h"

namespace adohost {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr std::array<std::string_view, 12> kMonths = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};

/// What has been read so far; a negative field has not been given.
struct Fields {
  int year = -1;
  int month = -1;
  int day = -1;
  int hour = -1;
  int minute = -1;
  double second = -1;
  int period = -1;    // the quarter, half or week
  int half_day = -1;  // 0 am, 1 pm
};

/// Takes the pieces of a date off a text: runs of digits and of letters; what is neither
/// separates.
class Pieces {
 public:
  explicit Pieces(std::string_view s) : rest_(s) {}

  bool at_end() {
    skip_separators();
    return rest_.empty();
  }

  /// At most `longest` digits.
  std::optional<int> number(std::size_t longest) {
    skip_separators();
    std::size_t n = 0;
    while (n < rest_.size() && n < longest && is_digit(rest_[n])) ++n;
    if (n == 0) return {};
    const auto value = to_integer(rest_.substr(0, n));
    rest_.remove_prefix(n);
    return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
  }

  std::string word() {
    skip_separators();
    std::size_t n = 0;
    while (n < rest_.size() && is_letter(rest_[n])) ++n;
    std::string letters = lower(rest_.substr(0, n));
    rest_.remove_prefix(n);
    return letters;
  }

  bool next_is_letter() {
    skip_separators();
    return !rest_.empty() && is_letter(rest_.front());
  }

  std::size_t digits_ahead() {
    skip_separators();
    std::size_t n = 0;
    while (n < rest_.size() && is_digit(rest_[n])) ++n;
    return n;
  }

  /// `.25` directly at the cursor.
  double fraction() {
    double value = 0;
    if (rest_.size() < 2 || rest_[0] != '.' || !is_digit(rest_[1])) return value;
    rest_.remove_prefix(1);
    for (double unit = .1; !rest_.empty() && is_digit(rest_[0]); unit /= 10) {
      value += unit * (rest_[0] - '0');
      rest_.remove_prefix(1);
    }
    return value;
  }

  void skip_one() {
    if (next_is_letter()) {
      word();
    } else {
      number(rest_.size());
    }
  }

 private:
  void skip_separators() {
    while (!rest_.empty() && !is_digit(rest_[0]) && !is_letter(rest_[0])) {
      rest_.remove_prefix(1);
    }
  }

  std::string_view rest_;
};

std::optional<int> read_month(Pieces* pieces) {
  if (!pieces->next_is_letter()) return pieces->number(2);
  const std::string name = pieces->word();
  if (name.size() < 3) return {};
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (kMonths[i].starts_with(name)) return static_cast<int>(i) + 1;
  }
  return {};
}

/// A year of two digits means the latest one up to `top_year`, or has the mask's century.
std::optional<int> read_year(Pieces* pieces, int century, double top_year) {
  const std::size_t ahead = pieces->digits_ahead();
  const bool two = ahead == 2 || ahead == 6 || (ahead == 12 && century >= 0);
  const auto year = pieces->number(two ? 2 : 4);
  if (!year || !two) return year;
  if (century >= 0) return century * 100 + *year;
  if (is_missing(top_year)) return {};
  const int top = static_cast<int>(top_year);
  const int candidate = top / 100 * 100 + *year;
  return candidate > top ? candidate - 100 : candidate;
}

bool read_half_day(Pieces* pieces, Fields* f) {
  const std::string first = pieces->word();
  if (first != "am" && first != "pm" && first != "a" && first != "p") return false;
  if (first.size() == 1 && pieces->next_is_letter() && pieces->word() != "m") {
    return false;
  }
  f->half_day = first[0] == 'p';
  return true;
}

bool store(std::optional<int> value, int* field) {
  if (!value || *field >= 0) return false;
  *field = *value;
  return true;
}

bool read_second(Pieces* pieces, Fields* f) {
  const auto whole = pieces->number(2);
  if (!whole || f->second >= 0) return false;
  f->second = *whole + pieces->fraction();
  return true;
}

bool read_element(char letter, int century, double top_year, Pieces* pieces, Fields* f) {
  switch (letter) {
    case 'D':
      return store(pieces->number(2), &f->day);
    case 'M':
      return store(read_month(pieces), &f->month);
    case 'Y':
      return store(read_year(pieces, century, top_year), &f->year);
    case 'h':
      return store(pieces->number(2), &f->hour);
    case 'm':
      return store(pieces->number(2), &f->minute);
    case 's':
      return read_second(pieces, f);
    case 'Q':
    case 'H':
    case 'W':
      return store(pieces->number(2), &f->period);
    case '#':
      pieces->skip_one();
      return true;
    default:
      return false;
  }
}

/// Reads all of `s` by `mask`. `unit`, if any, is the letter that may stand between the
/// year and the period (1960q1).
std::optional<Fields> read(std::string_view s, std::string_view mask, double top_year,
                           char unit = 0) {
  Fields fields;
  Pieces pieces(s);
  int century = -1;
  bool first = true;
  for (std::size_t i = 0; i < mask.size(); ++i) {
    if (mask[i] == ' ') continue;
    if (is_digit(mask[i]) && i + 2 < mask.size() && is_digit(mask[i + 1])) {
      century = (mask[i] - '0') * 10 + (mask[i + 1] - '0');
      ++i;
      continue;
    }
    if (unit && !first && pieces.next_is_letter()) {
      Pieces ahead = pieces;
      if (ahead.word() == std::string(1, unit)) pieces = ahead;
    }
    if (!read_element(mask[i], century, top_year, &pieces, &fields)) return {};
    first = false;
  }
  const bool has_time = fields.hour >= 0;
  if (has_time && pieces.next_is_letter() && !read_half_day(&pieces, &fields)) return {};
  return pieces.at_end() ? std::optional(fields) : std::nullopt;
}

std::optional<std::int64_t> days_from(const Fields& f) {
  const CivilDate date{f.year, f.month, f.day};
  if (!is_valid_date(date)) return {};
  return days_of(date);
}

std::optional<double> time_from(Fields f) {
  if (f.half_day >= 0) {
    if (f.hour < 1 || f.hour > 12) return {};
    f.hour = f.hour % 12 + 12 * f.half_day;
  }
  f.hour = std::max(f.hour, 0);
  f.minute = std::max(f.minute, 0);
  f.second = std::max(f.second, 0.0);
  if (f.hour > 23 || f.minute > 59 || f.second >= 60) return {};
  const double whole_second = static_cast<double>(static_cast<int>(f.second));
  const double milliseconds =
      static_cast<double>(static_cast<int>((f.second - whole_second) * 1000 + .5));
  return ((f.hour * 60.0 + f.minute) * 60 + whole_second) * 1000 + milliseconds;
}

/// A literal in the first of the masks that fits it.
double literal_time(std::string_view text) {
  for (std::string_view mask : {"DMYhms", "DMYhm", "DMY", "hms", "hm"}) {
    const double x = clock_value(text, mask, missing_value());
    if (!is_missing(x)) return x;
  }
  return missing_value();
}

}  // namespace

double daily_value(std::string_view s, std::string_view mask, double top_year) {
  const auto fields = read(s, upper(mask), top_year);
  if (!fields) return missing_value();
  const auto days = days_from(*fields);
  return days ? static_cast<double>(*days) : missing_value();
}

double clock_value(std::string_view s, std::string_view mask, double top_year) {
  const auto fields = read(s, mask, top_year);
  if (!fields) return missing_value();
  double days = 0;
  if (fields->year >= 0 || fields->month >= 0 || fields->day >= 0) {
    const auto date = days_from(*fields);
    if (!date) return missing_value();
    days = static_cast<double>(*date);
  }
  const auto time = time_from(*fields);
  return time ? days * static_cast<double>(kMsPerDay) + *time : missing_value();
}

double period_value(std::string_view s, std::string_view mask, char unit,
                    double top_year) {
  const auto fields = read(s, upper(mask), top_year, unit);
  if (!fields || fields->year < kFirstYear || fields->year > kLastYear) {
    return missing_value();
  }
  const int per_year = unit == 'm' ? 12 : unit == 'q' ? 4 : unit == 'h' ? 2 : 52;
  const int n = unit == 'm' ? fields->month : fields->period;
  if (n < 1 || n > per_year) return missing_value();
  return (fields->year - 1960) * per_year + n - 1;
}

bool is_date_literal(std::string_view name) {
  constexpr std::array<std::string_view, 7> kNames = {"td", "tc", "tC", "tw",
                                                      "tm", "tq", "th"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

double date_literal(std::string_view name, std::string_view text) {
  double x = missing_value();
  switch (name[1]) {
    case 'd':
      x = daily_value(text, "DMY", missing_value());
      break;
    case 'c':
      x = literal_time(text);
      break;
    case 'C':
      x = literal_time(text);
      if (!is_missing(x)) x = with_leap_seconds(x);
      break;
    case 'm':
      x = period_value(text, "YM", 'm', missing_value());
      break;
    default:
      x = period_value(text,
                       name[1] == 'q'   ? "YQ"
                       : name[1] == 'h' ? "YH"
                                        : "YW",
                       name[1], missing_value());
  }
  if (is_missing(x)) fail_syntax();
  return x;
}

}  // namespace adohost
