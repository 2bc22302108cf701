// Programming functions ([FN] Programming functions) and the limits of the storage types.
#include <cmath>
#include <filesystem>

#include "data/storage.h"
#include "expr/functions.h"
#include "format/format.h"
#include "lang/interpreter_state.h"

namespace adohost {

namespace {

bool same(const Arguments& a, std::size_t i, std::size_t j) {
  return a.is_string(i) ? a.text(i) == a.text(j) : a.number(i) == a.number(j);
}

double inlist(const Arguments& a) {
  for (std::size_t i = 1; i < a.count(); ++i) {
    if (same(a, 0, i)) return 1;
  }
  return 0;
}

/// A missing end is open.
double inrange(const Arguments& a) {
  if (a.is_string(0)) return a.text(1) <= a.text(0) && a.text(0) <= a.text(2);
  const double x = a.number(0);
  const bool above = is_missing(a.number(1)) || a.number(1) <= x;
  const bool below = is_missing(a.number(2)) || x <= a.number(2);
  return !is_missing(x) && above && below;
}

double missing(const Arguments& a) {
  for (std::size_t i = 0; i < a.count(); ++i) {
    if (a.is_string(i) ? a.text(i).empty() : is_missing(a.number(i))) return 1;
  }
  return 0;
}

/// recode(x, x1, ..., xn): the first limit that x does not pass, else the last.
double recode(const Arguments& a) {
  if (is_missing(a.number(0))) return a.number(0);
  for (std::size_t i = 1; i < a.count(); ++i) {
    if (a.number(0) <= a.number(i)) return a.number(i);
  }
  return a.number(a.count() - 1);
}

double irecode(const Arguments& a) {
  if (is_missing(a.number(0))) return a.number(0);
  std::size_t i = 1;
  while (i < a.count() && a.number(0) > a.number(i)) ++i;
  return static_cast<double>(i - 1);
}

double clip(const Arguments& a) {
  const double x = a.number(0);
  if (is_missing(x) || (!is_missing(a.number(1)) && a.number(1) > a.number(2))) {
    return is_missing(x) ? x : missing_value();
  }
  if (!is_missing(a.number(1)) && x < a.number(1)) return a.number(1);
  return x > a.number(2) ? a.number(2) : x;
}

double relative_difference(const Arguments& a) {
  const double x = a.number(0);
  const double y = a.number(1);
  if (is_missing(x) || is_missing(y)) return x == y ? 0 : missing_value();
  return std::fabs(x - y) / (std::fabs(y) + 1);
}

double to_float(const Arguments& a) {
  const double x = a.number(0);
  if (is_missing(x)) return x;
  return in_range(Storage::float_, x) ? static_cast<double>(static_cast<float>(x))
                                      : missing_value();
}

double fileexists(const Arguments& a) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(a.text(0), ignored);
}

double fmtwidth(const Arguments& a) {
  const int width = format_width(a.text(0));
  return width > 0 ? width : missing_value();
}

/// The by group that the running program was called for, or nullptr.
const ByState* called_by(const Arguments& a) {
  const auto& by = a.session().interpreter->state().frame().by;
  return by ? &*by : nullptr;
}

double by_active(const Arguments& a) {
  return called_by(a) != nullptr;
}

double by_index(const Arguments& a) {
  const ByState* by = called_by(a);
  return by == nullptr ? 1 : static_cast<double>(by->index);
}

double by_last_call(const Arguments& a) {
  const ByState* by = called_by(a);
  return by == nullptr || by->last_group;
}

double by_first_observation(const Arguments& a) {
  const ByState* by = called_by(a);
  return by == nullptr || !by->current ? 1 : static_cast<double>(by->current->first + 1);
}

double by_last_observation(const Arguments& a) {
  const ByState* by = called_by(a);
  return static_cast<double>(by == nullptr || !by->current ? a.session().data.nobs()
                                                           : by->current->second);
}

/// The version in force where the running program was called.
double caller_version(const Arguments& a) {
  const auto& frames = a.session().interpreter->state().frames;
  return frames.size() > 1 ? frames.back().version : a.session().settings.version;
}

constexpr Function kFunctions[] = {
    number_row("inlist", "xx*", inlist),
    number_row("inrange", "xxx", inrange),
    number_row("missing", "a*", missing),
    number_row("mi", "a*", missing),
    number_row("recode", "nn*", recode),
    number_row("irecode", "nn*", irecode),
    number_row("clip", "nnn", clip),
    number_row("reldif", "nn", relative_difference),
    number_row("float", "n", to_float),
    number_row("fileexists", "s", fileexists),
    number_row("fmtwidth", "s", fmtwidth),
    number_row("_by", "", by_active),
    number_row("_byindex", "", by_index),
    number_row("_bylastcall", "", by_last_call),
    number_row("_byn1", "", by_first_observation),
    number_row("_byn2", "", by_last_observation),
    number_row("_caller", "", caller_version),
    number_row("byteorder", "", [](const Arguments&) { return 2.0; }),
    number_row("minbyte", "", [](const Arguments&) { return -127.0; }),
    number_row("maxbyte", "", [](const Arguments&) { return 100.0; }),
    number_row("minint", "", [](const Arguments&) { return -32767.0; }),
    number_row("maxint", "", [](const Arguments&) { return 32740.0; }),
    number_row("minlong", "", [](const Arguments&) { return -2147483647.0; }),
    number_row("maxlong", "", [](const Arguments&) { return 2147483620.0; }),
    number_row("minfloat", "", [](const Arguments&) { return -0x1.fffffep126; }),
    number_row("maxfloat", "", [](const Arguments&) { return 0x1.fffffep126; }),
    number_row("mindouble", "", [](const Arguments&) { return -0x1.fffffffffffffp1022; }),
    number_row("maxdouble", "", [](const Arguments&) { return 0x1.fffffffffffffp1022; }),
    number_row("epsfloat", "", [](const Arguments&) { return 0x1p-23; }),
    number_row("epsdouble", "", [](const Arguments&) { return 0x1p-52; }),
    number_row("smallestdouble", "", [](const Arguments&) { return 0x1p-1022; }),
};

}  // namespace

std::span<const Function> programming_functions() {
  return kFunctions;
}

}  // namespace adohost
