// `scan`: nothing in Stata is touched, so that every fault is found while the data in
// memory are still there. Lists go to the .ado file as local macros, for which there is
// room.
#include <charconv>

#include "commands.h"
#include "segment_plan.h"
#include "stata_pydata/parallel.h"
#include "stata_pydata/segment_values.h"
#include "stata_pydata/stata_types.h"

namespace stata_pydata {
namespace {

constexpr int kWrongContents = 459, kInvalidSyntax = 198;

std::string number_text(double value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value).ptr;
  return std::string(text, end);
}

double element(const sysv::Attachment& segment, std::int64_t index) {
  return reinterpret_cast<const double*>(segment.data())[index];
}

[[noreturn]] void refuse_value(const PlannedVariable& variable, std::int64_t index) {
  throw Refusal(
      kWrongContents,
      "observation " + std::to_string(index + 1) + " of variable " +
          variable.record.name + " is " + number_text(element(variable.segment, index)) +
          ", which a Stata double can't hold (the largest is " + number_text(kDoubleMax) +
          "); make it missing (NaN) or rescale it, and write the data again");
}

/// What `scan` finds out about the values of all variables.
struct Findings {
  std::string types;    // the storage types, separated by blanks
  std::string inexact;  // variables with integers beyond 2^53
};

void look_at(const PlannedVariable& variable, std::int64_t observations,
             Findings& findings) {
  const SegmentScan scan =
      scan_segment(variable.segment.data(), observations, variable.record.type,
                   choose_threads(0, observations));
  if (scan.first_outside >= 0) refuse_value(variable, scan.first_outside);
  const bool integers = scan.kind == ValueKind::integers;
  const bool is_long =
      integers && scan.min_integer >= kLongMin && scan.max_integer <= kLongMax;
  if (!findings.types.empty()) findings.types += ' ';
  findings.types += is_long ? "long" : "double";
  if (integers &&
      (scan.min_integer < -kExactInteger || scan.max_integer > kExactInteger)) {
    findings.inexact += (findings.inexact.empty() ? "" : ", ") + variable.name;
  }
}

/// No more of a name than a label holds, 80 characters.
std::string shortened(const std::string& name) {
  std::size_t at = 0;
  for (int characters = 0; at < name.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(name[at]) & 0xc0U) != 0x80U;
    if (begins && ++characters > 80) break;
  }
  return name.substr(0, at);
}

/// Text that an .ado file can put between compound quotes, whatever it was.
std::string quotable(std::string text) {
  for (char& c : text) {
    if (c == '`' || c == '"') c = '\'';
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return text;
}

void report_names(const Stata& stata, const Plan& plan) {
  std::string names, renamed;
  for (std::size_t i = 0; i < plan.variables.size(); ++i) {
    const PlannedVariable& variable = plan.variables[i];
    names += (names.empty() ? "" : " ") + variable.name;
    if (!variable.renamed()) continue;
    const std::string position = std::to_string(i + 1);
    const std::string original = shortened(variable.record.name);
    renamed += (renamed.empty() ? "" : " ") + position;
    stata.set_local("original" + position, quotable(original));
    stata.display("note: \"" + original + "\" is not a name in Stata; " +
                  "variable named " + variable.name);
  }
  stata.set_local("names", names);
  stata.set_local("renamed", renamed);
}

}  // namespace

int scan_command(const Stata& stata, const Words& words) {
  if (words.size() != 1) throw Refusal(kInvalidSyntax, "scan takes one file");
  const Plan plan = attach_segments(words[0]);
  Findings findings;
  for (const PlannedVariable& variable : plan.variables) {
    if (stata.break_pressed()) return kBreak;
    look_at(variable, plan.observations, findings);
  }
  stata.set_local("obs", std::to_string(plan.observations));
  stata.set_local("k", std::to_string(plan.variables.size()));
  stata.set_local("types", findings.types);
  report_names(stata, plan);
  if (!findings.inexact.empty()) {
    stata.display(
        "note: integers beyond 2^53 may have been rounded, as double holds no "
        "more than 53 bits: " +
        findings.inexact);
  }
  return 0;
}

}  // namespace stata_pydata
