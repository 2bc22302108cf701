#include "commands/merge_request.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"

namespace adohost {
namespace {

struct ResultWord {
  std::string_view name;
  std::size_t minimum;
  int code;
};

constexpr ResultWord kResultWords[] = {
    {"masters", 3, kMasterOnly},
    {"usings", 2, kUsingOnly},
    {"matches", 3, kMatched},
    {"matched", 3, kMatched},
    {"match_updates", 8, kMissingUpdated},
    {"match_conflicts", 9, kConflict},
};

/// The codes of `master match`, `1 3` and the like, ascending.
std::vector<int> result_codes(std::string_view text) {
  std::vector<int> codes;
  for (const std::string& word : split_blank(text)) {
    const auto number = to_integer(word);
    int code =
        number && *number >= 1 && *number <= kMergeCodes ? static_cast<int>(*number) : 0;
    for (const ResultWord& known : kResultWords) {
      if (abbreviates(word, known.name, known.minimum)) code = known.code;
    }
    if (code == 0) throw StataError(198, word + ":  invalid resulttype");
    codes.push_back(code);
  }
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  return codes;
}

void read_kind(std::string_view text, MergeRequest& request) {
  const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
  request.kind = text.substr(0, end);
  std::replace(request.kind.begin(), request.kind.end(), 'n', 'm');
  request.keys = trim(text.substr(end));
  const std::string& kind = request.kind;
  const bool known = kind.size() == 3 && kind[1] == ':' &&
                     (kind[0] == '1' || kind[0] == 'm') &&
                     (kind[2] == '1' || kind[2] == 'm');
  if (!known) {
    throw StataError(198,
                     "merge needs one of 1:1, m:1, 1:m and m:m; the syntax of before "
                     "Stata 11 is not available in adohost");
  }
  request.master_unique = kind[0] == '1';
  request.using_unique = kind[2] == '1';
  request.by_number = request.keys == "_n";
  if (request.by_number && kind != "1:1") fail_syntax();
  if (!request.keys.empty()) return;
  throw StataError(198, kind == "1:1" ? "varlist or _n required after merge 1:1"
                                      : "varlist must be specified after merge " + kind);
}

}  // namespace

MergeRequest parse_merge(const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowUsing | kAllowOptions);
  const Options options = parse_options(line.options, {{"assert", 6, true},
                                                       {"force", 5},
                                                       {"generate", 3, true},
                                                       {"keep", 4, true},
                                                       {"keepusing", 7, true},
                                                       {"nogenerate", 5},
                                                       {"nolabels", 3},
                                                       {"nonotes", 6},
                                                       {"noreport", 5},
                                                       {"replace", 7},
                                                       {"sorted", 6},
                                                       {"update", 6}});
  MergeRequest request;
  read_kind(line.anything, request);
  if (!line.using_text) throw StataError(100, "using required");
  if (options.has("generate") && options.has("nogenerate")) {
    throw StataError(198, "options generate() and nogenerate may not be combined");
  }
  request.update = options.has("update");
  request.replace = options.has("replace");
  if (request.replace && !request.update) {
    throw StataError(198, "option replace requires option update");
  }
  request.mark = options.argument("generate").value_or("_merge");
  if (options.has("nogenerate")) request.mark.clear();
  request.keepusing = options.argument("keepusing").value_or("");
  request.report = !options.has("noreport");
  request.labels = !options.has("nolabels");
  request.notes = !options.has("nonotes");
  request.force = options.has("force");
  request.sorted = options.has("sorted");
  request.keep = result_codes(options.argument("keep").value_or(""));
  request.required = result_codes(options.argument("assert").value_or(""));
  return request;
}

}  // namespace adohost
