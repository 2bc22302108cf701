// The one error type of the core: a Stata return code, a kind that the boundaries turn
// into a Python exception class, and one sentence that names the variable, segment,
// offset or file and the remedy. Converted once at each boundary (bindings, plugin).
#pragma once

#include <stdexcept>
#include <string>

namespace stata_pydata {

/// What went wrong, in the terms that a caller can act on.
enum class Fault {
  invalid,    // a bad argument or malformed input      ValueError         198
  type,       // a value of the wrong type              TypeError          109
  range,      // a value that the type can't hold       OverflowError      459
  exists,     // the thing is there already             FileExistsError    602
  not_found,  // the thing is not there                 FileNotFoundError  601
  denied,     // the system refuses access              PermissionError    603
  damaged,    // stored bytes contradict themselves     ValueError         459
  memory,     // no room                                MemoryError        909
  system,     // any other system call that failed      OSError            693
};

/// Stata's return code that fits `fault` best ([P] error).
int stata_rc(Fault fault) noexcept;

class Error : public std::runtime_error {
 public:
  Error(Fault fault, const std::string& sentence)
      : std::runtime_error(sentence), fault_(fault) {}
  Error(Fault fault, const std::string& sentence, int system_errno)
      : std::runtime_error(sentence), fault_(fault), system_errno_(system_errno) {}

  Fault fault() const noexcept { return fault_; }
  int rc() const noexcept { return stata_rc(fault_); }
  /// errno of the failed system call, 0 where none was involved.
  int system_errno() const noexcept { return system_errno_; }

 private:
  Fault fault_;
  int system_errno_ = 0;
};

}  // namespace stata_pydata
