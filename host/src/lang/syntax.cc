#include "lang/syntax.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "data/varlist.h"
#include "lang/command_line.h"
#include "lang/file_names.h"
#include "lang/session.h"
#include "lang/syntax_spec.h"
#include "lang/tokens.h"
#include "lang/words.h"

namespace adohost {
namespace {

constexpr auto npos = std::string_view::npos;

std::string blank_join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += ' ';
    text += word;
  }
  return text;
}

[[noreturn]] void fail_required(const std::string& what) {
  throw StataError(100, what + " required");
}

/// One call of `syntax`: the description, what was typed, the macros that come of it.
class Run {
 public:
  Run(Session& session, std::string_view description, std::string_view typed)
      : session_(session), spec_(parse_syntax_spec(description)), typed_(typed) {}

  void run() {
    split();
    lead();
    part(spec_.exp, line_.exp, "exp", "=exp", "= ");
    part(spec_.if_part, line_.if_text, "if", "if", "if ");
    part(spec_.in_part, line_.in_text, "in", "in range", "in ");
    using_file();
    weight();
    options();
    for (const auto& [name, type] : to_generate_) session_.data.add_variable(name, type);
    for (auto& [name, text] : settings_) session_.macros.set_local(name, std::move(text));
  }

 private:
  void set(std::string name, std::string text) {
    settings_.emplace_back(std::move(name), std::move(text));
  }

  void split() {
    if (!spec_.lead.everything) {
      line_ = split_command("", typed_);
      if (spec_.lead.equal_ok && spec_.exp.need == Need::absent) keep_equal_sign();
      return;
    }
    const std::size_t comma = find_outside(typed_, ',');
    line_.anything = trim(typed_.substr(0, comma));
    line_.has_comma = comma != npos;
    if (line_.has_comma) line_.options = trim(typed_.substr(comma + 1));
  }

  /// anything(equalok): what follows `=` belongs to it, as it was typed.
  void keep_equal_sign() {
    if (!line_.exp) return;
    const std::size_t start = typed_.size() - trim_left(typed_).size();
    const std::size_t equal = start + line_.anything.size();
    const std::size_t at = typed_.find(*line_.exp, typed_.find('=', equal) + 1);
    line_.anything = typed_.substr(start, at + line_.exp->size() - start);
    line_.exp.reset();
  }

  void lead() {
    const LeadSpec& lead = spec_.lead;
    if (lead.need == Need::absent) {
      if (!line_.anything.empty()) fail_not_allowed("varlist");
      return;
    }
    if (line_.anything.empty() && lead.need == Need::required)
      fail_required(required_name());
    switch (lead.kind) {
      case LeadKind::anything:
        set(lead.macro, line_.anything);
        break;
      case LeadKind::namelist:
        names();
        break;
      case LeadKind::varlist:
        variables();
        break;
      case LeadKind::newvarlist:
        new_variables();
        break;
    }
  }

  std::string required_name() const {
    const LeadSpec& lead = spec_.lead;
    if (!lead.id.empty()) return lead.id;
    const bool single = lead.rules.maximum == 1;
    switch (lead.kind) {
      case LeadKind::anything:
        return "something";
      case LeadKind::namelist:
        return single ? "name" : "namelist";
      case LeadKind::newvarlist:
        return single ? "newvarname" : "newvarlist";
      default:
        return "varlist";
    }
  }

  void check_count(std::size_t n, const char* what) const {
    if (n < spec_.lead.rules.minimum)
      throw StataError(102, std::string("too few ") + what + " specified");
    if (n > spec_.lead.rules.maximum)
      throw StataError(103, std::string("too many ") + what + " specified");
  }

  void names() {
    const std::vector<std::string> words = split_blank(line_.anything);
    for (const std::string& word : words)
      if (!is_name(word)) throw StataError(198, word + " invalid name");
    check_count(words.size(), "names");
    set(spec_.lead.macro, blank_join(words));
  }

  void variables() {
    const ListRules& list = spec_.lead.rules;
    std::string_view text = line_.anything;
    if (text.empty() && !list.default_none && session_.data.nvar() > 0) text = "_all";
    VarlistRules rules;
    rules.abbreviate = session_.settings.varabbrev;
    rules.numeric_only = list.numeric;
    rules.string_only = list.string;
    std::vector<std::string> found;
    for (const int v : parse_varlist(session_.data, text, rules))
      found.push_back(session_.data.variable(v).name);
    check_count(found.size(), "variables");
    set("varlist", blank_join(found));
  }

  /// `[type] name ...`, `type(name ...)` included: names, and the type of each in
  /// typlist.
  void new_variables() {
    std::vector<std::string> all, types;
    std::string type = session_.settings.default_type.name();
    std::string_view text = line_.anything;
    for (Token token = next_token(text, {.bind = true}); token.found;
         token = next_token(token.rest, {.bind = true})) {
      if (VarType::parse(token.raw) && !trim(token.rest).empty()) {
        type = token.raw;
        continue;
      }
      std::string_view names = token.raw;
      if (const std::size_t open = names.find('('); open != npos) {
        type = names.substr(0, open);
        if (!VarType::parse(type)) fail_syntax();
        names = names.substr(open + 1, names.size() - open - 2);
      }
      for (std::string& name : parse_newvarlist(session_.data, names)) {
        all.push_back(std::move(name));
        types.push_back(type);
      }
    }
    check_count(all.size(), "variables");
    if (spec_.lead.rules.generate)
      for (std::size_t i = 0; i < all.size(); ++i)
        to_generate_.emplace_back(all[i], *VarType::parse(types[i]));
    set("varlist", blank_join(all));
    set("typlist", blank_join(types));
  }

  void part(const PartSpec& spec, const std::optional<std::string>& text,
            const char* macro, const char* what, std::string_view keyword) {
    if (!text) {
      if (spec.need == Need::required) fail_required(what);
      if (spec.need == Need::optional) set(macro, "");
      return;
    }
    if (spec.need == Need::absent) fail_not_allowed(what);
    set(macro, spec.bare ? *text : std::string(keyword) + *text);
  }

  void using_file() {
    std::optional<std::string> file;
    if (line_.using_text) file = only_path(line_.using_raw);
    if (file && !spec_.using_part.bare) file = in_quotes(*file);
    part(spec_.using_part, file, "using", "using", "using ");
  }

  void weight() {
    const std::vector<std::string>& allowed = spec_.weights;
    if (!line_.weight) {
      if (allowed.empty()) return;
      set("weight", "");
      if (spec_.exp.need == Need::absent) set("exp", "");
      return;
    }
    if (allowed.empty()) fail_not_allowed("weights");
    const std::size_t equal = line_.weight->find('=');
    const std::string_view word = trim(std::string_view(*line_.weight).substr(0, equal));
    std::string name(weight_name(word));
    if (word.empty() || name == "weight") name = assumed_weight();
    const bool listed = std::find(allowed.begin(), allowed.end(), name) != allowed.end();
    if (!listed) fail_not_allowed(name + "s");
    const std::string exp(trim(std::string_view(*line_.weight).substr(equal + 1)));
    set("weight", name);
    set("exp", spec_.weight_bare ? exp : "= " + exp);
  }

  std::string assumed_weight() {
    const std::string& name = spec_.weights.front();
    const char* words = name == "fweight"   ? "frequency"
                        : name == "aweight" ? "analytic"
                        : name == "pweight" ? "sampling"
                                            : "importance";
    session_.out.line(std::string("(") + words + " weights assumed)");
    return name;
  }

  void options() {
    if (!spec_.any_options) {
      if (!line_.options.empty()) fail_not_allowed("options");
      return;
    }
    for (auto& setting : match_options(session_, spec_, line_.options))
      settings_.push_back(std::move(setting));
  }

  Session& session_;
  SyntaxSpec spec_;
  std::string_view typed_;
  CommandLine line_;
  MacroSettings settings_;
  std::vector<std::pair<std::string, VarType>> to_generate_;
};

}  // namespace

void run_syntax(Session& session, std::string_view description) {
  const std::string* typed = session.macros.local("0");
  const std::string text = typed != nullptr ? *typed : "";
  Run(session, description, text).run();
}

}  // namespace adohost
