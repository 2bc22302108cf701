#include "dta/number_types.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "dta/place.h"
#include "stata_pydata/error.h"
#include "stata_pydata/missing.h"
#include "stata_pydata/parallel.h"
#include "stata_pydata/stata_types.h"

namespace stata_pydata::dta {
namespace {

constexpr std::int64_t kBlock = 1 << 16;
constexpr std::int64_t kFloatExactInteger = 1 << 24;

struct Limits {
  std::int64_t low, high;
};

/// The whole numbers that a type holds exactly.
Limits integer_limits(Storage storage) {
  switch (storage) {
    case Storage::byte_:
      return {kByteMin, kByteMax};
    case Storage::int_:
      return {kIntMin, kIntMax};
    case Storage::long_:
      return {kLongMin, kLongMax};
    case Storage::float_:
      return {-kFloatExactInteger, kFloatExactInteger};
    default:
      return {-kExactInteger, kExactInteger};
  }
}

struct RealLimits {
  double low, high;
};

RealLimits real_limits(Storage storage) {
  if (storage == Storage::float_) return {double{kFloatMin}, double{kFloatMax}};
  if (storage == Storage::double_) return {kDoubleMin, kDoubleMax};
  const auto [low, high] = integer_limits(storage);
  return {static_cast<double>(low), static_cast<double>(high)};
}

bool stata_can_hold(double value) {
  return value >= kDoubleMin && value <= kDoubleMax;
}

/// What one column's types can be; made for one call of choose_number_type.
class TypeChooser {
 public:
  TypeChooser(const std::string& name, const NumberSource& source, std::int64_t rows,
              const NumberRange& range, const InputVariable& input,
              const WriteOptions& options)
      : name_(name),
        source_(source),
        rows_(rows),
        input_(input),
        options_(options),
        range_(range) {
    const bool outside = source_.is_real() && range.low <= range.high &&
                         !(stata_can_hold(range.low) && stata_can_hold(range.high));
    if (outside) range_ = range_inside();
  }

  VariableType by_value() const {
    if (source_.counts_whole_units()) return fits(Storage::long_) ? kLong : as_double();
    if (source_.stored()) return source_.stored()->type;
    if (source_.is_real())
      return natural() == Storage::float_ && fits(Storage::float_) ? kFloat : as_double();
    return first_integer_type(natural());
  }

  VariableType smallest() const {
    if (!source_.is_real()) return first_integer_type(Storage::byte_);
    const Storage most = natural() == Storage::float_ ? Storage::int_ : Storage::long_;
    if (fits(most) && all_exact(most)) return first_integer_type(Storage::byte_);
    return by_value();
  }

  VariableType declared(VariableType type) const {
    if (!type.is_numeric())
      throw Error(Fault::type, "variable " + name_ + ": a column of numbers can't be " +
                                   type_name(type));
    const bool rounds = input_.round_integers && type.storage == Storage::double_;
    if (!fits(type.storage) && !rounds) throw_misfit(type);
    const bool integral = type.storage <= Storage::long_;
    if (source_.is_real() && integral && !all_exact(type.storage)) throw_fraction(type);
    return type;
  }

  VariableType preferred(VariableType type) const {
    const bool holds = type.is_numeric() && fits(type.storage) &&
                       (type.storage >= natural() || all_exact(type.storage));
    return holds ? type : by_value();
  }

 private:
  int threads() const { return choose_threads(options_.threads, rows_); }

  /// The range without the numbers beyond Stata's own, which are an error or missing.
  NumberRange range_inside() {
    NumberRange inside = NumberRange::none();
    const std::int64_t row = source_.find(0, rows_, [&](const Number& number) {
      if (!stata_can_hold(number.real)) return input_.out_of_range == OutOfRange::error;
      inside.low = std::min(inside.low, number.real);
      inside.high = std::max(inside.high, number.real);
      return false;
    });
    if (row < 0) return inside;
    const double value = source_.number(row).real;
    const std::string what = std::isinf(value)
                                 ? std::string(value < 0 ? "-" : "") + "infinity"
                                 : number_text(value) + " is beyond 8.988e307";
    throw Error(Fault::range, place(name_, row) + ": " + what +
                                  (std::isinf(value) ? " is no number that Stata has"
                                                     : ", the largest of Stata's"));
  }

  /// The smallest type that holds every value of the column's own type's width, before
  /// its values are looked at.
  Storage natural() const {
    if (source_.stored()) return source_.stored()->type.storage;
    switch (source_.type()) {
      case ElementType::boolean:
      case ElementType::bitmap:
      case ElementType::int8:
      case ElementType::uint8:
        return Storage::byte_;
      case ElementType::int16:
      case ElementType::uint16:
        return Storage::int_;
      case ElementType::float16:
      case ElementType::float32:
        return Storage::float_;
      case ElementType::float64:
        return Storage::double_;
      default:
        return Storage::long_;
    }
  }

  bool fits(Storage storage) const {
    if (source_.is_real()) {
      const auto [low, high] = real_limits(storage);
      return range_.low > range_.high || (range_.low >= low && range_.high <= high);
    }
    const auto [low, high] = integer_limits(storage);
    return range_.low_integer > range_.high_integer ||
           (range_.low_integer >= low && range_.high_integer <= high);
  }

  VariableType first_integer_type(Storage from) const {
    for (const auto& type : {kByte, kInt, kLong})
      if (type.storage >= from && fits(type.storage)) return type;
    return as_double();
  }

  VariableType as_double() const {
    if (!source_.is_real() && !fits(Storage::double_) && !input_.round_integers)
      throw_misfit(kDouble);
    return kDouble;
  }

  /// Whether every number is the same in `storage`, whose range holds it.
  bool all_exact(Storage storage) const {
    std::atomic<bool> exact{true};
    for_row_blocks(
        rows_, kBlock, threads(),
        [&](std::int64_t begin, std::int64_t end) {
          if (exact && !source_.exact(begin, end, storage)) exact = false;
        },
        options_.stop);
    return exact;
  }

  [[noreturn]] void throw_misfit(VariableType type) const {
    const std::int64_t row = source_.find(0, rows_, [&](const Number& number) {
      if (number.is_real) {
        const auto [low, high] = real_limits(type.storage);
        return stata_can_hold(number.real) &&
               !(number.real >= low && number.real <= high);
      }
      const auto [low, high] = integer_limits(type.storage);
      return number.integer < low || number.integer > high;
    });
    throw Error(Fault::range, place(name_, row) + ": " + value_text(row) + misfit(type));
  }

  std::string value_text(std::int64_t row) const {
    const Number number = source_.number(row);
    return number.is_real ? number_text(number.real) : source_.integer_text(row);
  }

  std::string misfit(VariableType type) const {
    if (type == kDouble)
      return " is beyond 2^53: Stata has no type that holds it exactly; round it to a "
             "double or store it as text";
    if (type == kFloat && !source_.is_real())
      return " is beyond 2^24, which a float holds exactly";
    return " is outside the range of " + type_name(type);
  }

  [[noreturn]] void throw_fraction(VariableType type) const {
    const std::int64_t row = source_.find(0, rows_, [](const Number& number) {
      return stata_can_hold(number.real) && std::trunc(number.real) != number.real;
    });
    throw Error(Fault::range, place(name_, row) + ": " + value_text(row) +
                                  " is no whole number, so it can't be " +
                                  type_name(type));
  }

  const std::string& name_;
  const NumberSource& source_;
  const std::int64_t rows_;
  const InputVariable& input_;
  const WriteOptions& options_;
  NumberRange range_;
};

}  // namespace

VariableType choose_number_type(const std::string& name, const NumberSource& source,
                                std::int64_t rows, const NumberRange& range,
                                const InputVariable& input, VariableType declared,
                                const WriteOptions& options) {
  const TypeChooser chooser(name, source, rows, range, input, options);
  switch (input.rule) {
    case TypeRule::by_value:
      return chooser.by_value();
    case TypeRule::smallest:
      return chooser.smallest();
    case TypeRule::declared:
      return chooser.declared(declared);
    case TypeRule::preferred:
      return chooser.preferred(declared);
  }
  return kDouble;
}

}  // namespace stata_pydata::dta
