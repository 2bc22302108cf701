// if, else, loops, continue and exit ([P] if, [P] foreach, [P] forvalues, [P] while,
// [P] continue, [P] exit).
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "data/varlist.h"
#include "expr/expression.h"
#include "format/format.h"
#include "lang/command_line.h"
#include "lang/echo.h"
#include "lang/expand.h"
#include "lang/numlist.h"
#include "lang/runner.h"
#include "lang/tokens.h"

namespace adohost {

namespace {

/// The header of a block command without its `{`. Throws what Stata says where the brace
/// is missing or something stands behind it.
std::string_view block_header(std::string_view rest, bool has_block) {
  if (has_block && rest.ends_with('{')) return trim(rest.substr(0, rest.size() - 1));
  if (rest.find('{') != rest.npos) {
    throw StataError(198, "program error:  code follows on the same line as open brace");
  }
  throw StataError(100, "{ required");
}

std::vector<std::string> pieces(std::string_view text) {
  std::vector<std::string> list;
  for (text = trim(text); !text.empty();) list.push_back(strip_quotes(take_piece(text)));
  return list;
}

std::string_view take_word(std::string_view& s) {
  s = trim_left(s);
  const std::string_view word = s.substr(0, word_length(s));
  s.remove_prefix(word.size());
  return word;
}

std::vector<std::string> variable_names(Session& session, std::string_view text) {
  std::vector<std::string> names;
  const VarlistRules rules{.abbreviate = session.settings.varabbrev};
  for (const int v : parse_varlist(session.data, text, rules)) {
    names.push_back(session.data.variable(v).name);
  }
  return names;
}

std::vector<std::string> number_texts(std::string_view text) {
  std::vector<std::string> list;
  for (const double x : parse_numlist(text)) list.push_back(numlist_word(x));
  return list;
}

/// The elements that `foreach x of KIND text` walks through.
std::vector<std::string> list_of(Session& session, std::string_view kind,
                                 std::string_view text) {
  text = trim(text);
  if (abbreviates(kind, "varlist", 3)) return variable_names(session, text);
  if (abbreviates(kind, "newlist", 3)) return parse_newvarlist(session.data, text);
  if (abbreviates(kind, "numlist", 3)) return number_texts(text);
  const bool local = abbreviates(kind, "local", 3);
  if (!local && !abbreviates(kind, "global", 3)) fail_syntax();
  const std::string* macro =
      local ? session.macros.local(text) : session.macros.global(text);
  return macro == nullptr ? std::vector<std::string>() : pieces(*macro);
}

struct Range {
  double first = 0;
  double step = 1;
  double last = 0;
};

double range_number(std::string_view text) {
  const auto x = to_number(text);
  if (!x || std::isnan(*x) || *x >= 0x1.0p1023) fail_syntax();
  return *x;
}

/// `a/b`, `a(d)b`, `a[d]b`, `a b to c`, `a b : c`.
Range parse_range(std::string_view text) {
  text = trim(text);
  const std::size_t slash = text.find('/');
  if (slash != text.npos) {
    return {range_number(text.substr(0, slash)), 1, range_number(text.substr(slash + 1))};
  }
  const std::size_t open = text.find_first_of("([");
  if (open != text.npos) {
    const std::size_t close = text.find(text[open] == '(' ? ')' : ']', open);
    if (close == text.npos) fail_syntax();
    return {range_number(text.substr(0, open)),
            range_number(text.substr(open + 1, close - open - 1)),
            range_number(text.substr(close + 1))};
  }
  const auto words = split_blank(text);
  if (words.size() != 4 || (words[2] != "to" && words[2] != ":")) fail_syntax();
  const double first = range_number(words[0]);
  return {first, range_number(words[1]) - first, range_number(words[3])};
}

}  // namespace

Flow Runner::run_if(std::string_view rest, const Context& context) {
  IfChain& chain = *context.chain;
  const bool block = context.has_block() && rest.ends_with('{');
  const std::string_view text = trim(block ? rest.substr(0, rest.size() - 1) : rest);
  const std::size_t end = block ? text.size() : expression_extent(text);
  const std::string_view command = trim_left(text.substr(end));
  if (text.substr(0, end).empty()) fail_syntax();
  if (!block && command.empty()) throw StataError(100, "{ required");
  if (command.starts_with('{')) {
    throw StataError(198, "program error:  code follows on the same line as open brace");
  }
  const bool holds = evaluate_number(session_, text.substr(0, end)) != 0;
  chain.taken = holds;
  Flow flow = Flow::next;
  if (holds) {
    IfChain inner;
    const Context within{context.statement, &inner, context.echo};
    flow = block ? run_block(context) : run_text(command, within);
  } else if (block) {
    skip_block(context);
  }
  chain.open = true;
  return flow;
}

Flow Runner::run_else(std::string_view rest, const Context& context) {
  IfChain& chain = *context.chain;
  rest = trim_left(rest);
  const bool goes_on = rest.substr(0, word_length(rest)) == "if";
  if (chain.taken) {
    chain.open = goes_on;
    if (context.has_block()) skip_block(context);
    return Flow::next;
  }
  chain.open = false;
  if (rest.empty()) fail_syntax();
  return run_text(rest, context);
}

/// The body of a loop is read as a whole before it is run.
void Runner::read_body(const Context& context) {
  if (context.echo) echo_numbered(session_.out, *context.statement, 2);
  end_block(context);
}

Flow Runner::loop_pass(const Context& context, std::string_view name, std::string value) {
  check_break(session_);
  session_.macros.set_local(name, std::move(value));
  return run_all(context.statement->body, false);
}

Flow Runner::run_foreach(std::string_view rest, const Context& context) {
  std::string_view header = block_header(trim(rest), context.has_block());
  const std::string name(take_word(header));
  const std::string_view how = take_word(header);
  if (!is_name("_" + name) || (how != "in" && how != "of")) fail_syntax();
  read_body(context);
  std::vector<std::string> list;
  if (how == "in") {
    list = pieces(header);
  } else {
    const std::string_view kind = take_word(header);
    list = list_of(session_, kind, header);
  }
  for (std::string& element : list) {
    const Flow flow = loop_pass(context, name, std::move(element));
    if (flow == Flow::break_loop) break;
    if (flow == Flow::leave) return flow;
  }
  session_.macros.set_local(name, "");
  return Flow::next;
}

Flow Runner::run_forvalues(std::string_view rest, const Context& context) {
  std::string_view header = block_header(trim(rest), context.has_block());
  const std::string name(take_word(header));
  header = trim_left(header);
  if (!is_name("_" + name) || !header.starts_with('=')) fail_syntax();
  const Range range = parse_range(header.substr(1));
  read_body(context);
  const double passes = std::floor((range.last - range.first) / range.step + 1e-10);
  if (range.step == 0 || std::isnan(passes)) fail_syntax();
  for (double i = 0; i <= passes; ++i) {
    const Flow flow =
        loop_pass(context, name, macro_number(range.first + i * range.step));
    if (flow == Flow::break_loop) break;
    if (flow == Flow::leave) return flow;
  }
  session_.macros.set_local(name, "");
  return Flow::next;
}

Flow Runner::run_while(std::string_view rest, const Context& context) {
  std::string condition(block_header(trim(rest), context.has_block()));
  if (condition.empty()) fail_syntax();
  read_body(context);
  std::string_view unexpanded = after_prefixes(context.statement->line.text);
  take_word(unexpanded);
  unexpanded = block_header(trim(unexpanded), true);
  while (evaluate_number(session_, condition) != 0) {
    check_break(session_);
    const Flow flow = run_all(context.statement->body, false);
    if (flow == Flow::break_loop) break;
    if (flow == Flow::leave) return flow;
    condition = expand_macros(session_, unexpanded);
  }
  return Flow::next;
}

Flow Runner::run_continue(std::string_view rest) {
  const CommandLine line = split_command("continue", rest);
  require_only(line, kAllowOptions);
  const Options options = parse_options(line.options, {{"break", 5}});
  return options.has("break") ? Flow::break_loop : Flow::continue_loop;
}

Flow Runner::run_exit(std::string_view rest) {
  const CommandLine line = split_command("exit", rest);
  require_only(line, kAllowAnything | kAllowExp | kAllowOptions);
  const Options options = parse_options(line.options, {{"clear", 5}, {"STATA", 5}});
  const std::string code = line.exp.value_or(line.anything);
  const int rc = code.empty() ? 0 : static_cast<int>(evaluate_number(session_, code));
  if (options.has("STATA")) throw EndSession{rc};
  if (rc != 0) throw StataError(rc, "");
  return Flow::leave;
}

}  // namespace adohost
