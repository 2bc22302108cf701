#include "arrow/array_makers.h"

#include <cstring>

namespace stata_pydata::dta {
namespace {

/// Where an element comes from: a value of the array, or none because it is missing.
constexpr std::int64_t kNoValue = -1;

/// Makes element i of value number value_of(i).
template <typename ValueOf>
bool make_elements(const ArrayValues& values, std::int64_t count, std::byte* elements,
                   std::uint64_t* missing, const ValueOf& value_of) noexcept {
  bool any = false;
  for (std::int64_t i = 0; i < count; ++i, elements += values.width()) {
    const std::int64_t value = value_of(i);
    if (value != kNoValue && !values.missing(value)) {
      values.copy(value, elements);
      continue;
    }
    std::memset(elements, 0, static_cast<std::size_t>(values.width()));
    missing[i / 64] |= std::uint64_t{1} << (i % 64);
    any = true;
  }
  return any;
}

class PlainMaker : public ElementMaker {
 public:
  PlainMaker(const ArrowArray& array, const ArrowType& type) : values_(array, type) {}

  bool make(std::int64_t first, std::int64_t count, std::byte* elements,
            std::uint64_t* missing) const noexcept override {
    return make_elements(values_, count, elements, missing,
                         [&](std::int64_t i) { return first + i; });
  }

 private:
  ArrayValues values_;
};

class DictionaryMaker : public ElementMaker {
 public:
  DictionaryMaker(const ArrowArray& array, const ArrowType& type,
                  const ArrowType& code_type)
      : values_(*array.dictionary, type),
        codes_(values_of(array) + array.offset * code_type.bytes),
        code_type_(code_type),
        mask_(mask_of(array, 0)) {}

  bool make(std::int64_t first, std::int64_t count, std::byte* elements,
            std::uint64_t* missing) const noexcept override {
    return make_elements(values_, count, elements, missing, [&](std::int64_t i) {
      return mask_.missing(first + i) ? kNoValue
                                      : integer_at(codes_, first + i, code_type_);
    });
  }

 private:
  ArrayValues values_;
  const std::byte* codes_;
  ArrowType code_type_;
  Mask mask_;
};

class RunMaker : public ElementMaker {
 public:
  RunMaker(const ArrowArray& array, const ArrowType& type, const ArrowType& end_type)
      : array_(array), values_(*array.children[1], type), end_type_(end_type) {}

  bool make(std::int64_t first, std::int64_t count, std::byte* elements,
            std::uint64_t* missing) const noexcept override {
    const ArrowArray& ends = *array_.children[0];
    const std::int64_t start = array_.offset + first;
    std::int64_t run = find_run(array_, end_type_, start);
    return make_elements(values_, count, elements, missing, [&](std::int64_t i) {
      while (integer_at(values_of(ends), ends.offset + run, end_type_) <= start + i)
        ++run;
      return run;
    });
  }

 private:
  const ArrowArray& array_;
  ArrayValues values_;
  ArrowType end_type_;
};

}  // namespace

std::shared_ptr<const ElementMaker> plain_maker(const ArrowArray& array,
                                                const ArrowType& type) {
  return std::make_shared<PlainMaker>(array, type);
}

std::shared_ptr<const ElementMaker> dictionary_maker(const ArrowArray& array,
                                                     const ArrowType& type,
                                                     const ArrowType& code_type) {
  return std::make_shared<DictionaryMaker>(array, type, code_type);
}

std::shared_ptr<const ElementMaker> run_maker(const ArrowArray& array,
                                              const ArrowType& type,
                                              const ArrowType& end_type) {
  return std::make_shared<RunMaker>(array, type, end_type);
}

std::int64_t find_run(const ArrowArray& array, const ArrowType& end_type,
                      std::int64_t index) noexcept {
  const ArrowArray& ends = *array.children[0];
  std::int64_t low = 0, high = ends.length;
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    if (integer_at(values_of(ends), ends.offset + middle, end_type) <= index)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

}  // namespace stata_pydata::dta
