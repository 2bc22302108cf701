// The description of a command's arguments that follows the word `syntax` ([P] syntax),
// taken apart. Faults in the description itself are error 197, as in Stata.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "lang/numlist.h"

namespace adohost {

enum class Need { absent, optional, required };

/// What a list of variables or names must be like.
struct ListRules {
  std::size_t minimum = 0;
  std::size_t maximum = 120000;
  bool numeric = false;
  bool string = false;
  bool default_none = false;  // [varlist(default=none)]
  bool generate = false;      // newvarlist: create them
};

enum class LeadKind { varlist, newvarlist, namelist, anything };

/// What stands before =exp, if, in and so on.
struct LeadSpec {
  Need need = Need::absent;
  LeadKind kind = LeadKind::varlist;
  ListRules rules;
  std::string macro = "varlist";  // the local that it sets
  std::string id;                 // what is said to be required
  bool equal_ok = false;
  bool everything = false;
};

/// if, in, using, =exp; `bare` is the form with the slash.
struct PartSpec {
  Need need = Need::absent;
  bool bare = false;
};

enum class OptionKind {
  flag,
  negated,  // noOPT
  integer,
  real,
  string,
  string_asis,
  numlist,
  varlist,
  newvarlist,
  namelist,
  passthru,
  cilevel,
};

struct OptionSpec {
  std::string name;         // as it is typed, lower case
  std::size_t minimum = 0;  // shortest abbreviation
  std::string macro;
  OptionKind kind = OptionKind::flag;
  bool required = false;
  std::string fallback;  // of integer and real
  NumlistRules numlist;
  ListRules list;

  bool takes_argument() const {
    return kind != OptionKind::flag && kind != OptionKind::negated;
  }
};

struct SyntaxSpec {
  LeadSpec lead;
  PartSpec exp, if_part, in_part, using_part;
  std::vector<std::string> weights;  // full names in the order given
  bool weight_bare = false;          // [fweight/]
  bool any_options = false;
  bool rest_of_options = false;  // *
  std::vector<OptionSpec> options;
};

/// Throws 197 "invalid syntax".
SyntaxSpec parse_syntax_spec(std::string_view text);

/// The full name of the weight that `word` abbreviates (fw, aweights ...), or "".
std::string_view weight_name(std::string_view word);

}  // namespace adohost
