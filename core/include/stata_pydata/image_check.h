// A verifier of images: what Stata's dtaverify checks, and the values' ranges too. Never
// throws on account of the image; safe on any bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace stata_pydata::dta {

enum class Severity : std::uint8_t {
  error,   // Stata refuses the image or would misread it
  warning  // genuine files do it, a writer should not
};

struct Finding {
  Severity severity = Severity::error;
  std::int64_t offset = -1;  // in the image; -1 where no one place is at fault
  std::string sentence;      // the section, what was found and what was expected
};

struct CheckReport {
  std::vector<Finding> findings;  // in the order of the image, at most 1,000
  bool passed() const noexcept;   // no finding is an error
};

/// Checks map, types, names and their uniqueness, sort list (and that the rows are so
/// sorted), formats and label names against types, labels, characteristics, every cell
/// against its type's range, strLs and their references, label tables, and that slack is
/// zero (a warning; of tagged releases). What the reader refuses is one error, the last.
/// `threads` as everywhere: 0 is the project's default.
CheckReport check_image(std::span<const std::byte> image, int threads = 0);

}  // namespace stata_pydata::dta
