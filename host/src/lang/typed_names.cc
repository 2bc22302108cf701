#include "lang/typed_names.h"

#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "data/varlist.h"
#include "lang/words.h"

namespace adohost {
namespace {

/// Names side by side, as parse_newvarlist reads them, of one type.
struct Run {
  std::string names;
  VarType type;
};

std::vector<Run> typed_runs(std::string_view text, VarType default_type) {
  std::vector<Run> runs;
  std::optional<VarType> type;
  for (const Token& token : tokens(text, {.match = true})) {
    const std::size_t open = token.raw.find('(');
    const std::string_view word = token.raw.substr(0, open);
    if (const auto named = VarType::parse(word)) {
      if (type) fail_syntax();
      type = named;
      if (open == token.raw.npos) continue;
    }
    std::string_view names = word;
    if (open != token.raw.npos) {
      if (!type || !token.raw.ends_with(')') ||
          (!word.empty() && !VarType::parse(word))) {
        fail_syntax();
      }
      names = token.raw.substr(open + 1, token.raw.size() - open - 2);
    }
    runs.push_back({std::string(names), type.value_or(default_type)});
    type.reset();
  }
  if (type) fail_syntax();
  return runs;
}

}  // namespace

std::vector<TypedName> parse_typed_names(const Dataset& data, std::string_view text,
                                         VarType default_type) {
  const std::vector<Run> runs = typed_runs(text, default_type);
  std::string whole;
  std::vector<VarType> types;
  for (const Run& run : runs) {
    types.insert(types.end(), parse_newvarlist(data, run.names).size(), run.type);
    whole.append(whole.empty() ? "" : " ").append(run.names);
  }
  std::vector<TypedName> list;
  for (std::string& name : parse_newvarlist(data, whole)) {
    const VarType type = types[list.size()];
    list.push_back({std::move(name), type});
  }
  return list;
}

}  // namespace adohost
