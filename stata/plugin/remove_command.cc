// `remove`: after a successful import. What could not be removed is named, and the others
// are removed all the same.
#include "commands.h"
#include "segment_plan.h"
#include "stata_pydata/error.h"

namespace stata_pydata {
namespace {

constexpr int kInvalidSyntax = 198;

/// 0, or the return code of a segment that is still there. One that is gone, or whose id
/// has gone to another, is no failure.
int remove_segment(const Stata& stata, const SegmentRecord& record) {
  try {
    check_identity(record);
    sysv::remove(static_cast<int>(record.id));
    return 0;
  } catch (const Refusal&) {
    stata.display("note: the segment of variable " + record.name + " was gone already");
    return 0;
  } catch (const Error& error) {
    stata.error("segment of variable " + record.name + " not removed: " + error.what());
    return error.rc();
  }
}

}  // namespace

int remove_command(const Stata& stata, const Words& words) {
  if (words.size() != 1) throw Refusal(kInvalidSyntax, "remove takes one file");
  int first_rc = 0;
  for (const SegmentRecord& record : read_info(words[0])) {
    const int rc = remove_segment(stata, record);
    if (first_rc == 0) first_rc = rc;
  }
  return first_rc;
}

}  // namespace stata_pydata
