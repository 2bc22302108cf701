// A set of value labels: integers (and .a-.z) with their texts, in ascending order.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace adohost {

/// Keys are long values; .a-.z are 0x7fffffe6 .. 0x7fffffff (long coding, in order).
using ValueLabel = std::map<std::int32_t, std::string>;

/// The key for a value of a variable, or nothing for fractions, `.` and what no long
/// holds.
bool label_key(double value, std::int32_t* key);
/// Whether a label may stand for the key: not for `.` and what no long holds.
bool label_allowed(std::int32_t key);
/// The value that a key stands for.
double label_value(std::int32_t key);
/// The key as the user writes it: `-5`, `.a`.
std::string label_key_text(std::int32_t key);
/// The text of `value` in `labels`, or nullptr.
const std::string* label_text(const ValueLabel& labels, double value);

}  // namespace adohost
