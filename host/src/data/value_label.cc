#include "data/value_label.h"

#include "data/storage.h"

namespace adohost {
namespace {

// The long that stands for `.`; those of .a-.z follow.
constexpr std::int32_t kLongMissing = 2147483621;

}  // namespace

bool label_key(double value, std::int32_t* key) {
  if (is_missing(value)) {
    const int tag = missing_tag(value);
    if (tag == 0) return false;
    *key = kLongMissing + tag;
    return true;
  }
  if (!holds(Storage::long_, value)) return false;
  *key = static_cast<std::int32_t>(value);
  return true;
}

bool label_allowed(std::int32_t key) {
  return key != kLongMissing && key != INT32_MIN;
}

double label_value(std::int32_t key) {
  if (key < kLongMissing) return key;
  return missing_value(key - kLongMissing);
}

std::string label_key_text(std::int32_t key) {
  const double value = label_value(key);
  return is_missing(value) ? missing_name(value) : std::to_string(key);
}

const std::string* label_text(const ValueLabel& labels, double value) {
  std::int32_t key = 0;
  if (!label_key(value, &key)) return nullptr;
  const auto found = labels.find(key);
  return found == labels.end() ? nullptr : &found->second;
}

}  // namespace adohost
