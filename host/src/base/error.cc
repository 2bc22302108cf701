#include "base/error.h"

namespace adohost {

void fail_syntax() {
  throw StataError(198, "invalid syntax");
}

void fail_not_allowed(const std::string& what) {
  throw StataError(101, what + " not allowed");
}

void fail_option(const std::string& option) {
  throw StataError(198, "option " + option + " not allowed");
}

void fail_variable(const std::string& name) {
  throw StataError(111, "variable " + name + " not found");
}

void fail_not_found(const std::string& name) {
  throw StataError(111, name + " not found");
}

void fail_type_mismatch() {
  throw StataError(109, "type mismatch");
}

}  // namespace adohost
