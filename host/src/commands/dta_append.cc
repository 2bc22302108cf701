// append ([D] append).
#include <numeric>

#include "base/error.h"
#include "commands/dta_combine.h"
#include "commands/dta_commands.h"
#include "data/row_copier.h"
#include "data/varlist.h"
#include "lang/file_names.h"

namespace adohost {
namespace {

struct AppendRequest {
  std::string keep;  // keep(varlist), or nothing
  bool force = false, labels = true, notes = true;
};

void add_observations(Dataset& data, const Dataset& other, const ColumnPairs& pairs) {
  const std::int64_t before = data.nobs();
  if (other.nobs() == 0) return;
  data.set_nobs(before + other.nobs());
  RowCopier copier(other, data, pairs);
  for (std::int64_t i = 0; i < other.nobs(); ++i) copier.copy(i, before + i);
}

/// Without data in memory append loads the file, but for its name.
void load_first(Session& session, Dataset other) {
  show_data_label(session, other);
  session.data = std::move(other);
  session.data.filename.clear();
  session.data.timestamp.clear();
}

void append_file(Session& session, const OpenedDta& opened,
                 const AppendRequest& request) {
  const std::vector<int> wanted = variables_of_file(opened.file.data, request.keep);
  Dataset other =
      read_dta(opened.input, opened.file, sorted_once(wanted), 0, opened.file.nobs);
  if (!request.labels) other.value_labels.clear();
  if (session.data.nvar() == 0) {
    load_first(session, std::move(other));
  } else {
    std::vector<int> all(other.nvar());
    std::iota(all.begin(), all.end(), 0);
    const ColumnPairs pairs =
        combine_variables(session, other, all, {"append", request.force});
    add_observations(session.data, other, pairs);
    combine_labels(session, other, request.labels, request.notes);
  }
  show_aliases(session, opened.file);
  session.data.changed = true;
}

/// The variable that tells the data in memory (0) and the files (1, 2 ...) apart.
class SourceMark {
 public:
  SourceMark(Session& session, const Options& options) : data_(session.data) {
    const auto name = options.argument("generate");
    if (!name) return;
    const auto names = parse_newvarlist(data_, *name);
    if (names.size() != 1)
      throw StataError(198, "option generate() incorrectly specified");
    name_ = names.front();
    ends_.push_back(data_.nobs());
  }

  void check(const Dataset& other) const {
    if (!name_.empty() && other.find(name_) >= 0) {
      throw StataError(110, "variable " + name_ + " already defined in using data");
    }
  }
  void add_end() { ends_.push_back(data_.nobs()); }

  void make() {
    if (name_.empty()) return;
    const double most = static_cast<double>(ends_.size()) - 1;
    const int v = data_.add_variable(name_, {smallest_integer_type(0, most), 0});
    std::int64_t row = 0;
    for (std::size_t k = 0; k < ends_.size(); ++k) {
      for (; row < ends_[k]; ++row) data_.set_number(v, row, static_cast<double>(k));
    }
  }

 private:
  Dataset& data_;
  std::string name_;
  std::vector<std::int64_t> ends_;  // of the data in memory, then of each file
};

}  // namespace

void run_append(Session& session, const CommandLine& line) {
  require_only(line, kAllowUsing | kAllowOptions);
  const Options options = parse_options(line.options, {{"generate", 3, true},
                                                       {"keep", 4, true},
                                                       {"nolabel", 3},
                                                       {"nonotes", 6},
                                                       {"force", 5}});
  if (!line.using_text) throw StataError(100, "using required");
  AppendRequest request{options.argument("keep").value_or(""), options.has("force"),
                        !options.has("nolabel"), !options.has("nonotes")};
  SourceMark mark(session, options);
  std::vector<OpenedDta> files;
  for (const std::string& path : path_list(line.using_raw)) {
    files.push_back(open_dta(path));
    mark.check(files.back().file.data);
  }
  for (const OpenedDta& opened : files) {
    append_file(session, opened, request);
    mark.add_end();
  }
  mark.make();
}

}  // namespace adohost
