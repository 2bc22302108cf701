// The texts of fail_no_marker and fail_not_recorded are known from users' reports; those
// of fail_newer_release, fail_file_ended and fail_file_corrupt are guesses in their
// manner.
#include "dta/dta_errors.h"

#include "base/error.h"
#include "base/paragraph.h"

namespace adohost {
namespace {

[[noreturn]] void fail_paragraph(int rc, std::string_view heading,
                                 const std::string& sentences) {
  constexpr std::size_t kWidth = 77;
  throw StataError(rc, std::string(heading) + "\n" + paragraph(sentences, 4, 4, kWidth));
}

constexpr std::string_view kCorrupt = ".dta file corrupt";

}  // namespace

void fail_not_stata_format(const std::string& file) {
  throw StataError(610, "file " + file + " not Stata format");
}

void fail_newer_release(const std::string& file, int release) {
  fail_paragraph(610, "file " + file + " from a more recent version of Stata",
                 "The file is of .dta format " + std::to_string(release) +
                     ", which this release does not read.");
}

void fail_no_marker(std::string_view tag) {
  fail_paragraph(688, kCorrupt,
                 "The marker " + std::string(tag) +
                     " was not found in the file where it was expected to be.  This "
                     "means that the file was written incorrectly or that the file has "
                     "subsequently become damaged.");
}

void fail_not_recorded(std::string_view tag) {
  fail_paragraph(612, kCorrupt,
                 "The file does not record " + std::string(tag) +
                     " where expected.  Either the file was written incorrectly in the "
                     "first place or the file has become corrupted.");
}

void fail_file_ended() {
  fail_paragraph(612, kCorrupt,
                 "The file unexpectedly ended before all that it says it holds.  Either "
                 "the file was written incorrectly in the first place or the file has "
                 "become corrupted.");
}

void fail_file_corrupt(std::string_view what) {
  fail_paragraph(688, kCorrupt,
                 std::string(what) +
                     "  This means that the file was written incorrectly or that the "
                     "file has subsequently become damaged.");
}

}  // namespace adohost
