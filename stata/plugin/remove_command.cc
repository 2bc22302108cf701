// `remove`: after a successful import. What could not be removed is named, and the others
// are removed all the same.
#include "commands.h"
#include "segment_plan.h"
#include "stata_pydata/error.h"

namespace stata_pydata {
namespace {

constexpr int kInvalidSyntax = 198;

/// Empty, or why the segment is still there (or isn't the file's any more).
std::string remove_segment(const SegmentRecord& record) {
  try {
    check_identity(record);
    sysv::remove(static_cast<int>(record.id));
    return {};
  } catch (const Refusal& refusal) {
    return refusal.what();
  } catch (const Error& error) {
    return "segment of variable " + record.name + ": " + error.what();
  }
}

}  // namespace

int remove_command(const Stata& stata, const Words& words) {
  if (words.size() != 1) throw Refusal(kInvalidSyntax, "remove takes one file");
  int kept = 0;
  for (const SegmentRecord& record : read_info(words[0])) {
    const std::string reason = remove_segment(record);
    if (reason.empty()) continue;
    ++kept;
    stata.error("not removed: " + reason);
  }
  stata.set_local("kept", std::to_string(kept));
  return 0;
}

}  // namespace stata_pydata
