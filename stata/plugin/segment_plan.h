// What an info file asks for, checked against the segments that exist: the one layer that
// looks at bytes from outside before data in Stata are touched. A Plan owns read-only
// attachments of all its segments and lives within one call of the plugin.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "stata_pydata/info_file.h"
#include "stata_pydata/segment.h"

namespace stata_pydata {

/// A failure with a Stata return code that the core's faults don't have.
class Refusal : public std::runtime_error {
 public:
  Refusal(int rc, const std::string& sentence) : std::runtime_error(sentence), rc_(rc) {}
  int rc() const noexcept { return rc_; }

 private:
  int rc_;
};

struct PlannedVariable {
  SegmentRecord record;
  std::string name;  // legal in Stata, different from all others
  sysv::Attachment segment;

  bool renamed() const { return name != record.name; }
};

struct Plan {
  std::int64_t observations = 0;
  std::vector<PlannedVariable> variables;
};

/// Reads the info file and attaches every segment. Throws Error and Refusal with 601 (no
/// file, no segment), 198 (a malformed line), 110 (a name twice), 459 (different lengths,
/// a key that isn't the segment's, a segment too small), 603 (no permission), 901 (too
/// many observations). Values are not looked at.
Plan attach_segments(const std::string& path);

/// Checks that the segment of `record` still is the one that was written. Throws Refusal
/// 601, 459, Error.
void check_identity(const SegmentRecord& record);

}  // namespace stata_pydata
