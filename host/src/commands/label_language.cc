// The labels of the current language are where they always are. Those of the others are
// kept in characteristics: _lang_v_NAME holds the label of a variable or of the data,
// _lang_l_NAME the name of a set of value labels; _dta[_lang_list] and _dta[_lang_c] say
// which languages there are ([D] label language, Methods and formulas).
#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "commands/label_commands.h"
#include "lang/command_line.h"
#include "lang/words.h"

namespace adohost {
namespace {

constexpr std::size_t kMostLanguages = 100;
constexpr std::size_t kLongestName = 24;

class Languages {
 public:
  explicit Languages(Dataset& data) : data_(data) {
    const auto list = find("_dta", "_lang_list");
    const auto current = find("_dta", "_lang_c");
    names_ = list ? split_blank(*list) : std::vector<std::string>{};
    current_ = current.value_or("default");
    if (!has(current_)) names_.push_back(current_);
  }

  const std::vector<std::string>& names() const { return names_; }
  const std::string& current() const { return current_; }
  bool has(const std::string& name) const {
    return std::find(names_.begin(), names_.end(), name) != names_.end();
  }

  void select(const std::string& name) {
    put_away(current_);
    take_out(name);
    current_ = name;
    note();
  }

  void create(const std::string& name, bool copy) {
    put_away(current_);
    if (!copy) clear_labels();
    names_.push_back(name);
    current_ = name;
    note();
  }

  void rename(const std::string& name) {
    *std::find(names_.begin(), names_.end(), current_) = name;
    current_ = name;
    note();
  }

  /// REQUIRES: there are two or more.
  void remove(const std::string& name) {
    std::erase(names_, name);
    if (name == current_) {
      current_ = names_.front();
      take_out(current_);
    } else {
      for (const std::string& owner : owners()) {
        data_.characteristics.erase({owner, "_lang_v_" + name});
        data_.characteristics.erase({owner, "_lang_l_" + name});
      }
    }
    note();
  }

 private:
  std::optional<std::string> find(const std::string& owner,
                                  const std::string& name) const {
    const auto found = data_.characteristics.find({owner, name});
    if (found == data_.characteristics.end()) return std::nullopt;
    return found->second;
  }

  std::vector<std::string> owners() const {
    std::vector<std::string> names{"_dta"};
    for (const Variable& variable : data_.variables()) names.push_back(variable.name);
    return names;
  }

  void keep(const std::string& owner, const std::string& name, const std::string& text) {
    if (!text.empty()) data_.characteristics[{owner, name}] = text;
  }
  std::string take(const std::string& owner, const std::string& name) {
    std::string text = find(owner, name).value_or("");
    data_.characteristics.erase({owner, name});
    return text;
  }

  void put_away(const std::string& language) {
    keep("_dta", "_lang_v_" + language, data_.data_label);
    for (const Variable& variable : data_.variables()) {
      keep(variable.name, "_lang_v_" + language, variable.label);
      keep(variable.name, "_lang_l_" + language, variable.value_label);
    }
  }

  void take_out(const std::string& language) {
    data_.data_label = take("_dta", "_lang_v_" + language);
    for (int v = 0; v < data_.nvar(); ++v) {
      Variable& variable = data_.variable(v);
      variable.label = take(variable.name, "_lang_v_" + language);
      variable.value_label = take(variable.name, "_lang_l_" + language);
    }
  }

  void clear_labels() {
    data_.data_label.clear();
    for (int v = 0; v < data_.nvar(); ++v) {
      data_.variable(v).label.clear();
      data_.variable(v).value_label.clear();
    }
  }

  void note() {
    data_.characteristics[{"_dta", "_lang_list"}] = joined(names_);
    data_.characteristics[{"_dta", "_lang_c"}] = current_;
    data_.changed = true;
  }

  Dataset& data_;
  std::vector<std::string> names_;
  std::string current_;
};

std::string at_column_37(std::string_view text, std::string_view rest) {
  return pad_right(text, 36) + std::string(rest);
}

void list_languages(Session& session, const Languages& languages) {
  Output& out = session.out;
  out.line("\nLanguage for variable and value labels\n");
  if (languages.names().size() == 1) {
    out.line("    In this dataset, value and variable labels have been defined in only");
    out.line("    one language:  " + languages.current() + "\n");
  } else {
    out.line("    Available languages:");
    for (const std::string& name : languages.names()) {
      out.line(std::string(12, ' ') + name);
    }
    out.line("\n" + at_column_37("    Currently set is:",
                                 "label language " + languages.current()));
    out.line(at_column_37("    To select different language:", "label language <name>") +
             "\n");
  }
  out.line(at_column_37("    To create new language:", "label language <name>, new"));
  out.line(
      at_column_37("    To rename current language:", "label language <name>, rename"));
  session.r.clear();
  session.r.set_scalar("k", static_cast<double>(languages.names().size()));
  session.r.set_macro("languages", joined(languages.names()));
  session.r.set_macro("language", languages.current());
}

void require_known(const Languages& languages, const std::string& name) {
  if (!languages.has(name)) throw StataError(111, "language " + name + " not defined");
}

void require_new(const Languages& languages, const std::string& name) {
  if (languages.has(name)) throw StataError(110, "language " + name + " already exists");
}

void check_options(const Options& options) {
  const int kinds = (options.has("new") ? 1 : 0) + (options.has("rename") ? 1 : 0) +
                    (options.has("delete") ? 1 : 0);
  if (kinds > 1) throw StataError(198, "options may not be combined");
  if (options.has("copy") && !options.has("new")) {
    throw StataError(198, "option copy may only be specified with option new");
  }
}

}  // namespace

void label_language(Session& session, const LabelRequest& request) {
  const Options options = parse_options(
      request.options, {{"new", 3}, {"copy", 4}, {"rename", 3}, {"delete", 6}});
  check_options(options);
  Languages languages(session.data);
  const std::vector<std::string> words = split_blank(request.text);
  if (words.empty() && options.given.empty()) return list_languages(session, languages);
  if (words.size() != 1) fail_syntax();
  const std::string& name = words[0];
  if (!is_name("_" + name) || utf8_length(name) > kLongestName) {
    throw StataError(198, name + " invalid name");
  }
  if (options.has("new")) {
    require_new(languages, name);
    if (languages.names().size() >= kMostLanguages) {
      throw StataError(1000, "100 label languages exist; limit reached");
    }
    languages.create(name, options.has("copy"));
    session.out.line("(language " + name + " now current language)");
  } else if (options.has("rename")) {
    require_new(languages, name);
    const std::string before = languages.current();
    languages.rename(name);
    session.out.line("(language " + before + " renamed " + name + ")");
  } else if (options.has("delete")) {
    require_known(languages, name);
    if (languages.names().size() == 1) {
      throw StataError(198, "language " + name +
                                " is the only language defined; it may not be deleted");
    }
    const bool was_current = name == languages.current();
    languages.remove(name);
    if (was_current) {
      session.out.line("(language " + languages.current() + " now current language)");
    }
  } else {
    require_known(languages, name);
    if (name == languages.current()) {
      session.out.line("(" + name + " already current language)");
    } else {
      languages.select(name);
    }
  }
}

}  // namespace adohost
