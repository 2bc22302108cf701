// The host's one error type, as Stata reports errors: a return code and the text that is
// printed above `r(#);`. Commands throw it; the interpreter catches it in one place.
#pragma once

#include <exception>
#include <string>
#include <utility>

namespace adohost {

class StataError : public std::exception {
 public:
  /// `text` is printed as it is (it may hold several lines, without the last newline);
  /// an empty text means that the message has been printed already.
  StataError(int rc, std::string text) : rc_(rc), text_(std::move(text)) {}

  int rc() const noexcept { return rc_; }
  const std::string& text() const noexcept { return text_; }
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  int rc_;
  std::string text_;
};

/// The errors that many commands share, each with Stata's code and text ([P] error).
[[noreturn]] void fail_syntax();                              // 198 invalid syntax
[[noreturn]] void fail_not_allowed(const std::string& what);  // 101 "<what> not allowed"
[[noreturn]] void fail_option(const std::string& option);  // 198 "option <x> not allowed"
[[noreturn]] void fail_variable(const std::string& name);  // 111 "variable <x> not found"
[[noreturn]] void fail_not_found(const std::string& name);  // 111 "<x> not found"
[[noreturn]] void fail_type_mismatch();                     // 109 type mismatch

}  // namespace adohost
