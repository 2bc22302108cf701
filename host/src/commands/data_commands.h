// The commands on variables, observations, types, labels and order ([D]). The functions
// named run_* are rows of the table in data_commands.cc; the others serve other families.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "data/varlist.h"
#include "lang/command_line.h"

namespace adohost {

class Session;

/// `set obs #`: adds observations with missing values.
void set_obs(Session& session, std::string_view argument);
/// The part of `clear` that is about data: variables, observations and value labels.
void clear_data(Session& session);

/// The varlist rules of the session (`set varabbrev`).
VarlistRules session_rules(const Session& session);
/// The variables that `text` names; all of them where it is blank.
std::vector<int> variables_or_all(Session& session, std::string_view text);
/// At least one variable, else 100 "varlist required".
std::vector<int> required_variables(Session& session, std::string_view text);
/// The list with each variable once, where it stands first.
std::vector<int> without_repeats(const std::vector<int>& list);
/// Their names with a blank between them.
std::string names_of(const Dataset& data, const std::vector<int>& variables);
/// Removes variables; without any left there are no observations either.
void drop_variables(Session& session, const std::vector<int>& variables);

/// 1,234,567
std::string with_commas(std::int64_t n);
/// `one` where n is 1, else `many`.
std::string_view plural(std::int64_t n, std::string_view one, std::string_view many);

/// The text between quotes of any kind at the start of `text`, or its first word; takes
/// it off. Nothing is left of the quotes.
std::string take_text(std::string_view* text);
/// `text` without the quotes around it, where one quoted text is all there is.
std::string unquoted(std::string_view text);

void run_preserve(Session& session, const CommandLine& line);
void run_restore(Session& session, const CommandLine& line);
void run_drop(Session& session, const CommandLine& line);
void run_keep(Session& session, const CommandLine& line);
void run_expand(Session& session, const CommandLine& line);
void run_order(Session& session, const CommandLine& line);
void run_rename(Session& session, const CommandLine& line);
void run_ds(Session& session, const CommandLine& line);
void run_recode(Session& session, const CommandLine& line);
void run_reshape(Session& session, const CommandLine& line);
void run_recast(Session& session, const CommandLine& line);
void run_compress(Session& session, const CommandLine& line);
void run_format(Session& session, const CommandLine& line);
void run_label(Session& session, const CommandLine& line);
void run_notes(Session& session, const CommandLine& line);
void run_char(Session& session, const CommandLine& line);
void run_sort(Session& session, const CommandLine& line);
void run_gsort(Session& session, const CommandLine& line);
void run_isid(Session& session, const CommandLine& line);
void run_duplicates(Session& session, const CommandLine& line);
void run_encode(Session& session, const CommandLine& line);
void run_decode(Session& session, const CommandLine& line);
void run_destring(Session& session, const CommandLine& line);
void run_tostring(Session& session, const CommandLine& line);

}  // namespace adohost
