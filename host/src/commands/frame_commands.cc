// frame, and its short forms cwf, mkf and pwf ([D] frames). The prefix `frame x:` is the
// interpreter's own (lang/prefixes.cc).
#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "commands/data_commands.h"
#include "expr/expression.h"
#include "expr/sample.h"
#include "lang/command.h"
#include "lang/tokens.h"
#include "lang/typed_names.h"
#include "lang/words.h"

namespace adohost {

namespace {

/// As many words as there are names for, else 198.
std::vector<std::string> frame_words(const CommandLine& line, std::size_t count) {
  auto words = split_blank(line.anything);
  if (words.size() != count) fail_syntax();
  return words;
}

void show_current(Session& session, const CommandLine& line) {
  require_only(line, kAllowNothing);
  session.out.line("  (current frame is " + session.frames.current() + ")");
  session.r.clear();
  session.r.set_macro("currentframe", session.frames.current());
}

void create(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything);
  std::string_view rest = line.anything;
  const std::string name = take_text(&rest);
  if (name.empty()) fail_syntax();
  Dataset data;
  for (const TypedName& made :
       parse_typed_names(data, rest, session.settings.default_type)) {
    data.add_variable(made.name, made.type);
  }
  data.changed = false;
  session.frames.create(name, std::move(data));
}

void change(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything);
  session.frames.change(frame_words(line, 1)[0]);
}

void rename(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything);
  const auto words = frame_words(line, 2);
  session.frames.rename(words[0], words[1]);
}

/// All of them or, where one cannot be dropped, none.
void drop(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything);
  const auto words = split_blank(line.anything);
  if (words.empty()) fail_syntax();
  for (const std::string& name : words) {
    session.frames.at(name);
    if (name == session.frames.current()) session.frames.drop(name);
  }
  for (const std::string& name : words) {
    if (session.frames.has(name)) session.frames.drop(name);
  }
}

void copy(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowOptions);
  const bool replace = parse_options(line.options, {{"replace", 7}}).has("replace");
  const auto words = frame_words(line, 2);
  const Dataset& from = session.frames.at(words[0]);
  if (!replace || !session.frames.has(words[1])) {
    if (session.frames.has(words[1])) session.frames.create(words[1]);  // throws
    return session.frames.create(words[1], from.clone());
  }
  if (words[0] != words[1]) session.frames.at(words[1]) = from.clone();
}

/// The selected variables and observations, in a frame of their own.
void put(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowSample | kAllowOptions);
  const Options options = parse_options(line.options, {{"into", 4, true}});
  if (!options.has("into")) throw StataError(198, "option into() required");
  const bool sample_given = line.if_text || line.in_text;
  if (line.anything.empty() && !sample_given) {
    throw StataError(100, "varlist or in range required");
  }
  std::vector<char> kept(session.data.nvar());
  for (const int v : variables_or_all(session, line.anything)) kept[v] = 1;
  std::vector<int> unwanted;
  for (int v = 0; v < session.data.nvar(); ++v) {
    if (!kept[v]) unwanted.push_back(v);
  }
  const Sample sample(session, line.if_or_empty(), line.in_or_empty());
  Dataset data = session.data.clone();
  if (sample_given) data.keep_observations(sample.selection(data.nobs()));
  if (!unwanted.empty()) data.drop_variables(unwanted);
  data.filename.clear();
  data.changed = true;
  session.frames.create(unquoted(*options.argument("into")), std::move(data));
}

/// What frames dir says of the data: the label, or else the file.
std::string about(const Dataset& data) {
  std::string text = std::to_string(data.nobs()) + " x " + std::to_string(data.nvar());
  std::string what = data.data_label;
  if (what.empty()) what = data.filename.substr(data.filename.find_last_of('/') + 1);
  return what.empty() ? text : text + "; " + what;
}

/// `text` cut between words so that no line is wider than the line size allows.
void print_hanging(Session& session, std::string line, std::string_view text) {
  const std::string indent(utf8_length(line), ' ');
  const std::size_t width = static_cast<std::size_t>(session.out.linesize()) - 2;
  bool first = true;
  for (const std::string& word : split_blank(text)) {
    if (!first && utf8_length(line) + 1 + utf8_length(word) > width) {
      session.out.line(line);
      line = indent;
      first = true;
    }
    line += (first ? "" : " ") + word;
    first = false;
  }
  session.out.line(line);
}

void list(Session& session, const CommandLine& line) {
  require_only(line, kAllowNothing);
  const auto names = session.frames.names();
  std::size_t width = 0;
  for (const std::string& name : names) width = std::max(width, utf8_length(name));
  bool any_changed = false;
  for (const std::string& name : names) {
    const Dataset& data = session.frames.at(name);
    any_changed = any_changed || data.changed;
    print_hanging(session, (data.changed ? "* " : "  ") + pad_right(name, width) + "  ",
                  about(data));
  }
  if (any_changed) {
    session.out.line("\nNote: Frames marked with * contain unsaved data.");
  }
  session.r.clear();
  session.r.set_macro("frames", joined(names));
}

/// frame post name (exp) (exp) ...: one more observation, a value for each variable.
void post(Session& session, const CommandLine& line) {
  std::string_view rest = line.rest;
  const Token name = next_token(rest, {.parse = " ("});
  Dataset& data = session.frames.at(name.raw);
  std::vector<Value> values;
  for (rest = trim_left(name.rest); !rest.empty(); rest = trim_left(rest)) {
    if (rest.front() != '(') fail_syntax();
    const std::size_t n = skip_brackets(rest, 0);
    values.push_back(evaluate(session, rest.substr(1, n - 2)));
    rest.remove_prefix(n);
  }
  if (values.size() != static_cast<std::size_t>(data.nvar())) {
    throw StataError(198, values.size() < static_cast<std::size_t>(data.nvar())
                              ? "too few expressions specified"
                              : "too many expressions specified");
  }
  for (int v = 0; v < data.nvar(); ++v) {
    if (data.variable(v).type.is_string() != values[v].is_string) fail_type_mismatch();
  }
  const std::int64_t row = data.nobs();
  data.set_nobs(row + 1);
  for (int v = 0; v < data.nvar(); ++v) {
    if (values[v].is_string) {
      data.set_text(v, row, values[v].text);
    } else {
      data.set_number(v, row, values[v].number);
    }
  }
}

void reset(Session& session, const CommandLine& line) {
  require_only(line, kAllowNothing);
  session.frames.reset();
}

struct Subcommand {
  std::string_view name;
  void (*run)(Session&, const CommandLine&);
};

constexpr Subcommand kSubcommands[] = {
    {"change", change}, {"copy", copy},   {"create", create}, {"dir", list},
    {"drop", drop},     {"list", list},   {"put", put},       {"pwf", show_current},
    {"rename", rename}, {"reset", reset},
};

void run_frame(Session& session, const CommandLine& line) {
  const Token first = next_token(line.rest, {.parse = " ,"});
  const std::string word(first.raw == "," ? "" : first.raw);
  const std::string_view rest = word.empty() ? line.rest : first.rest;
  if (session.by && word != "put") {
    throw StataError(190, "request may not be combined with by");
  }
  if (word == "post") {
    CommandLine verbatim;
    verbatim.rest = rest;
    return post(session, verbatim);
  }
  const CommandLine inner = split_command(word, rest);
  if (word.empty()) return show_current(session, inner);
  for (const Subcommand& subcommand : kSubcommands) {
    if (word == subcommand.name) return subcommand.run(session, inner);
  }
  throw StataError(198, "invalid subcommand " + word);
}

constexpr Command kCommands[] = {
    {"cwf", 3, change},
    {"frames", 5, run_frame, Split::verbatim, ByMode::whole},
    {"mkf", 3, create},
    {"pwf", 3, show_current},
};

}  // namespace

std::span<const Command> frame_commands() {
  return kCommands;
}

}  // namespace adohost
