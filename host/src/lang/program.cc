// Programs: defining, finding (memory, then the ado-path) and calling them ([P] program,
// [U] 17).
#include <filesystem>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "lang/command_line.h"
#include "lang/runner.h"
#include "lang/tokens.h"
#include "lang/trace.h"

namespace adohost {

namespace {

Options definition_options(std::string_view text) {
  return parse_options(text, {{"rclass", 1},
                              {"eclass", 1},
                              {"sclass", 1},
                              {"byable", 3, true},
                              {"sortpreserve", 5},
                              {"properties", 4, true},
                              {"nclass", 1}});
}

void set_byable(Program& program, const Options& options) {
  const auto kind = options.argument("byable");
  if (!kind) return;
  const auto words = split_blank(*kind);
  const std::string_view how = words.empty() ? "" : std::string_view(words[0]);
  program.byable_recall = abbreviates(how, "recall", 1);
  program.byable_onecall = abbreviates(how, "onecall", 1);
  if (!program.byable_recall && !program.byable_onecall) fail_option("byable()");
}

/// Remembers the order of the observations and puts it back at the end (sortpreserve).
class SortPreserve {
 public:
  SortPreserve(Session& session, bool wanted) : session_(session) {
    if (!wanted || session.data.nvar() == 0) return;
    name_ = make_temporary_name(session);
    for (const int v : session.data.sorted_by) {
      sorted_by_.push_back(session.data.variable(v).name);
    }
    const bool changed = session.data.changed;
    const int v = session.data.add_variable(name_, {Storage::double_, 0});
    for (std::int64_t i = 0; i < session.data.nobs(); ++i) {
      session.data.set_number(v, i, static_cast<double>(i));
    }
    session.data.changed = changed;
  }

  ~SortPreserve() {
    Dataset& data = session_.data;
    const int v = name_.empty() ? -1 : data.find(name_);
    if (v < 0) return;
    std::vector<std::int64_t> order(static_cast<std::size_t>(data.nobs()));
    for (std::int64_t i = 0; i < data.nobs(); ++i) {
      const double place = data.number(v, i);
      if (!(place >= 0 && place < static_cast<double>(data.nobs()))) return;
      order[static_cast<std::size_t>(place)] = i;
    }
    const bool changed = data.changed;
    data.reorder_observations(order);
    data.sorted_by.clear();
    for (const std::string& name : sorted_by_) {
      const int position = data.find(name);
      if (position < 0) break;
      data.sorted_by.push_back(position);
    }
    data.changed = changed;
  }
  SortPreserve(const SortPreserve&) = delete;
  SortPreserve& operator=(const SortPreserve&) = delete;

 private:
  Session& session_;
  std::string name_;
  std::vector<std::string> sorted_by_;
};

/// Runs an .ado file in a frame of its own; returns what it defined.
std::shared_ptr<AdoFile> load_ado_file(Session& session, const std::string& path) {
  auto& state = session.interpreter->state();
  auto file = std::make_shared<AdoFile>();
  file->path = path;
  const auto statements = read_statements(read_lines(path));
  Frame frame;
  frame.file = file;
  const FrameScope scope(session, std::move(frame));
  const auto outer = std::exchange(state.loading, file);
  struct Restore {
    std::shared_ptr<AdoFile>& place;
    std::shared_ptr<AdoFile> before;
    ~Restore() { place = std::move(before); }
  } const restore{state.loading, outer};
  Runner(session).run_all(statements, false);
  return file;
}

std::shared_ptr<Program> autoload(Session& session, std::string_view name) {
  if (!is_name(name)) return nullptr;
  auto& state = session.interpreter->state();
  const std::string path =
      session.interpreter->find_file(std::string(name).append(".ado"));
  if (path.empty()) return nullptr;
  const auto file = load_ado_file(session, path);
  const auto it = file->programs.find(name);
  if (it == file->programs.end()) {
    const std::string base(name);
    throw StataError(162, "command " + base + " not defined by " + base + ".ado");
  }
  state.ado_files.push_back(file);
  state.programs[std::string(name)] = it->second;
  return it->second;
}

}  // namespace

void define_program(Session& session, std::string_view header,
                    const Statement& statement) {
  header = trim_left(header);
  const std::string_view first = header.substr(0, word_length(header));
  if (first.size() < header.size() && abbreviates(first, "define", 1)) {
    header = trim_left(header.substr(first.size()));
  }
  const std::string name(header.substr(0, word_length(header)));
  const CommandLine line = split_command("program", header.substr(name.size()));
  require_only(line, kAllowOptions);
  if (!is_name(name)) fail_syntax();
  auto program = std::make_shared<Program>();
  const Options options = definition_options(line.options);
  program->name = name;
  program->lines = statement.lines;
  program->rclass = options.has("rclass");
  program->eclass = options.has("eclass");
  program->sclass = options.has("sclass");
  program->sortpreserve = options.has("sortpreserve");
  set_byable(*program, options);
  auto& state = session.interpreter->state();
  program->file = state.loading;
  program->from_ado = state.loading != nullptr;
  auto& table = state.loading ? state.loading->programs : state.programs;
  if (table.contains(name)) throw StataError(110, "program " + name + " already defined");
  table[name] = std::move(program);
}

std::shared_ptr<Program> find_program(Session& session, std::string_view name) {
  auto& state = session.interpreter->state();
  if (const auto& file = state.frame().file) {
    const auto it = file->programs.find(name);
    if (it != file->programs.end()) return it->second;
  }
  const auto it = state.programs.find(name);
  return it != state.programs.end() ? it->second : autoload(session, name);
}

/// `_byvars' and `_byrc0', from which a program of kind byable(onecall) makes its own
/// `by`.
void set_by_macros(Session& session) {
  const auto& by = session.interpreter->state().frame().by;
  if (!by) return;
  std::string names;
  for (const std::string& name : by->names) names += (names.empty() ? "" : " ") + name;
  session.macros.set_local("_byvars", std::move(names));
  session.macros.set_local("_byrc0", by->rc0 ? ", rc0" : "");
}

void call_program(Session& session, const std::shared_ptr<Program>& program,
                  std::string_view arguments) {
  if (!program->parsed) program->parsed = read_statements(program->lines);
  const std::shared_ptr<Program> alive = program;  // it may drop itself
  Frame frame;
  frame.program = alive;
  frame.file = alive->file.lock();
  const FrameScope scope(session, std::move(frame));
  const SortPreserve sorted(session, alive->sortpreserve);
  const TraceScope traced(session, alive->name);
  set_positional_macros(session, arguments);
  set_by_macros(session);
  const Flow flow = Runner(session).run_all(*alive->parsed, false);
  if (flow == Flow::continue_loop || flow == Flow::break_loop) fail_syntax();
  if (alive->rclass) {
    session.r = std::move(session.interpreter->state().frame().returned);
  }
}

}  // namespace adohost
