// The commands of the plugin: one function per first word of `plugin call stata_pydata`.
// Each gets the words after its own, prints through Stata alone, returns a return code (1
// is Break) and throws Error or Refusal. None leaves anything behind in the plugin.
//
// - version                sets local version
// - scan "file"            sets locals obs, k, names, types, renamed, original1, ...
// - fill "file" threads    reads local types, fills the variables of the data in memory
// - remove "file"          removes the segments
// - probe what ...         calls one entry of the interface; for certify.do alone
#pragma once

#include <string>
#include <vector>

#include "stata.h"

namespace stata_pydata {

using Words = std::vector<std::string>;

/// Checks the file and everything it names, values too, and says what the data will be.
int scan_command(const Stata& stata, const Words& words);
/// Fills variables that were made as `scan` said. Checks all of it again.
int fill_command(const Stata& stata, const Words& words);
/// Removes the segments that still are the file's. Names those it could not remove, and
/// returns the first one's return code.
int remove_command(const Stata& stata, const Words& words);

/// Tries one belief of docs/spi.md and sets locals to what Stata answered: `counts [word
/// ...]`, `store variable observation number`, `store_text variable observation text`,
/// `macro bytes`, `absent`, `order`, `display text`, `error text`. Stores go to the data
/// in memory. Throws Refusal 198 for a probe, a number of words or an index that isn't
/// there.
int probe_command(const Stata& stata, const Words& words);

/// Finds the command that words[0] names and runs it. Throws Refusal 198.
int run_command(const Stata& stata, const Words& words);

inline constexpr int kBreak = 1;

}  // namespace stata_pydata
