// replace ([D] generate): changes the values of a variable, promoting its storage type
// where a value needs it.
#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "commands/expression_family.h"
#include "commands/generate_values.h"
#include "data/varlist.h"
#include "expr/expression.h"
#include "expr/rows.h"
#include "expr/sample.h"

namespace adohost {

namespace {

struct Changes {
  std::int64_t all = 0;
  std::int64_t to_missing = 0;
};

/// The type that `x` needs where `type` does not hold it.
Storage promoted(Storage type, double x) {
  if (type == Storage::float_ || type == Storage::double_) {
    return in_range(type, x) ? type : Storage::double_;
  }
  if (holds(type, x)) return type;
  for (Storage wider : {Storage::int_, Storage::long_}) {
    if (wider > type && holds(wider, x)) return wider;
  }
  const bool whole = x == std::trunc(x);
  return whole || type == Storage::long_ ? Storage::double_ : Storage::float_;
}

class Replacement {
 public:
  Replacement(Session& session, int v, bool promote)
      : session_(session), v_(v), promote_(promote) {}

  void number(std::int64_t obs, double x) {
    Dataset& data = session_.data;
    const Storage type = data.variable(v_).type.storage;
    if (promote_ && !is_missing(x)) {
      const Storage needed = promoted(type, x);
      if (needed != type) data.change_type(v_, {needed, 0});
    }
    const double before = data.number(v_, obs);
    data.set_number(v_, obs, x);
    const double after = data.number(v_, obs);
    if (before == after) return;
    ++changes_.all;
    changes_.to_missing += is_missing(after);
  }

  void text(std::int64_t obs, const std::string& s) {
    Dataset& data = session_.data;
    const VarType type = data.variable(v_).type;
    if (promote_ && type.storage == Storage::str && s.size() > type.width) {
      const bool fits = s.size() <= static_cast<std::size_t>(kMaxStrWidth);
      data.change_type(v_,
                       fits ? VarType{Storage::str, static_cast<std::uint16_t>(s.size())}
                            : VarType{Storage::strl, 0});
    }
    const std::string before(data.text(v_, obs));
    data.set_text(v_, obs, s);
    if (before == data.text(v_, obs)) return;
    ++changes_.all;
    changes_.to_missing += s.empty();
  }

  const Changes& changes() const { return changes_; }

 private:
  Session& session_;
  int v_;
  bool promote_;
  Changes changes_;
};

void say(Session& session, const Changes& c) {
  std::string text =
      "(" + with_thousands(c.all) + " real change" + (c.all == 1 ? "" : "s") + " made";
  if (c.to_missing > 0) text += ", " + with_thousands(c.to_missing) + " to missing";
  session.out.line(text + ")");
}

/// The data are no longer sorted by `v` and what comes after it.
void forget_order(Dataset* data, int v) {
  auto& order = data->sorted_by;
  order.erase(std::find(order.begin(), order.end(), v), order.end());
}

}  // namespace

void run_replace(Session& session, const CommandLine& line) {
  require_only(line, kAllowAnything | kAllowExp | kAllowSample | kAllowOptions);
  const Options options = parse_options(line.options, {{"nopromote", 3}});
  const auto words = split_blank(line.anything);
  if (words.empty()) fail_syntax();
  if (words.size() > 1) throw StataError(103, "too many variables specified");
  if (!line.exp) throw StataError(100, "=exp required");
  const int v = find_variable(session.data, words[0], session.settings.varabbrev);
  const Expression e(session, *line.exp);
  const VarType before = session.data.variable(v).type;
  if (before.is_string() != e.is_string()) fail_type_mismatch();
  const Sample sample(session, line.if_or_empty(), line.in_or_empty());

  Replacement replacement(session, v, !options.has("nopromote"));
  const bool one_by_one = e.subscripts(v);
  if (e.is_string()) {
    for_each_value<std::string>(
        session, sample, e, one_by_one,
        [&](std::int64_t obs, const std::string& s) { replacement.text(obs, s); });
  } else {
    for_each_value<double>(
        session, sample, e, one_by_one,
        [&](std::int64_t obs, double x) { replacement.number(obs, x); });
  }
  const Variable& variable = session.data.variable(v);
  if (variable.type != before) {
    session.out.line("variable " + variable.name + " was " + before.name() + " now " +
                     variable.type.name());
  }
  if (replacement.changes().all > 0) {
    session.data.changed = true;
    forget_order(&session.data, v);
  }
  say(session, replacement.changes());
}

}  // namespace adohost
