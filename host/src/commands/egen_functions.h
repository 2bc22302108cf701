// The functions of egen ([D] egen): rows of a table, as commands are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "commands/egen_groups.h"
#include "lang/command_line.h"

namespace adohost {

/// One call of egen: what is asked, and where the answer goes.
struct EgenCall {
  Session& session;
  const Sample& sample;
  std::string arguments;  // between the brackets
  Options options;
  std::vector<int> by;  // by(varlist)

  std::vector<double> numbers;     // one per observation, missing at first
  std::vector<std::string> texts;  // filled by functions that give strings
};

struct EgenFunction {
  std::string_view name;
  void (*run)(EgenCall&);
  bool gives_text = false;
  Storage type = Storage::float_;  // where the user names none; float_ stands for c(type)
};

/// The function, or nullptr.
const EgenFunction* find_egen_function(std::string_view name);

}  // namespace adohost
