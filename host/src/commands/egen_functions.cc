#include "commands/egen_functions.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "data/varlist.h"
#include "expr/expression.h"
#include "expr/rows.h"
#include "format/format.h"
#include "lang/tokens.h"

namespace adohost {

namespace {

double option_number(const EgenCall& call, std::string_view name, double otherwise) {
  const auto text = call.options.argument(name);
  return text ? evaluate_number(call.session, *text) : otherwise;
}

/// The argument as an expression, evaluated for the sample.
std::vector<double> values_of(const EgenCall& call) {
  const Expression e(call.session, call.arguments);
  if (e.is_string()) fail_type_mismatch();
  std::vector<double> values(call.session.data.nobs(), missing_value());
  for_each_value<double>(call.session, call.sample, e, false,
                         [&](std::int64_t obs, double x) { values[obs] = x; });
  return values;
}

/// A statistic of the non-missing values of each group, given to all of its observations.
template <class F>
void reduce(EgenCall& call, F statistic) {
  const std::vector<double> values = values_of(call);
  for (const Group& group : groups_of(call.session, call.sample, call.by)) {
    std::vector<double> known;
    for (const std::int64_t obs : group) {
      if (!is_missing(values[obs])) known.push_back(values[obs]);
    }
    const double result = statistic(known);
    for (const std::int64_t obs : group) call.numbers[obs] = result;
  }
}

double sum_of(const std::vector<double>& x) {
  long double total = 0;
  for (const double value : x) total += value;
  return static_cast<double>(total);
}

double mean_of(const std::vector<double>& x) {
  return x.empty() ? missing_value() : sum_of(x) / static_cast<double>(x.size());
}

double sd_of(const std::vector<double>& x) {
  if (x.size() < 2) return missing_value();
  const double mean = mean_of(x);
  long double squares = 0;
  for (const double value : x) squares += (value - mean) * (value - mean);
  return std::sqrt(static_cast<double>(squares) / static_cast<double>(x.size() - 1));
}

/// Percentile p: the mean of two neighbours where n p / 100 is whole.
double percentile_of(std::vector<double> x, double p) {
  if (x.empty()) return missing_value();
  std::sort(x.begin(), x.end());
  const double at = static_cast<double>(x.size()) * p / 100;
  const auto below = static_cast<std::size_t>(std::floor(at));
  const std::size_t last = x.size() - 1;
  if (at == std::floor(at) && below >= 1) {
    return (x[below - 1] + x[std::min(below, last)]) / 2;
  }
  return x[std::min(below, last)];
}

void egen_mean(EgenCall& call) {
  reduce(call, mean_of);
}
void egen_sd(EgenCall& call) {
  reduce(call, sd_of);
}
void egen_median(EgenCall& call) {
  reduce(call, [](const auto& x) { return percentile_of(x, 50); });
}
void egen_pctile(EgenCall& call) {
  const double p = option_number(call, "p", 50);
  if (!(p > 0 && p < 100)) throw StataError(198, "p() must be between 0 and 100");
  reduce(call, [p](const auto& x) { return percentile_of(x, p); });
}
void egen_min(EgenCall& call) {
  reduce(call, [](const auto& x) {
    return x.empty() ? missing_value() : *std::min_element(x.begin(), x.end());
  });
}
void egen_max(EgenCall& call) {
  reduce(call, [](const auto& x) {
    return x.empty() ? missing_value() : *std::max_element(x.begin(), x.end());
  });
}
void egen_total(EgenCall& call) {
  const bool keep = call.options.has("missing");
  reduce(call, [keep](const auto& x) {
    return keep && x.empty() ? missing_value() : sum_of(x);
  });
}

void egen_count(EgenCall& call) {
  const Expression e(call.session, call.arguments);
  if (e.is_string()) call.arguments = "cond((" + call.arguments + ")==\"\",.,1)";
  reduce(call, [](const auto& x) { return static_cast<double>(x.size()); });
}

/// Average ranks; field: from the top, track: from the bottom, both without averaging
/// ties; unique: ties in any order.
void egen_rank(EgenCall& call) {
  const std::vector<double> values = values_of(call);
  const bool field = call.options.has("field");
  for (Group group : groups_of(call.session, call.sample, call.by)) {
    std::erase_if(group, [&](std::int64_t obs) { return is_missing(values[obs]); });
    std::stable_sort(group.begin(), group.end(), [&](std::int64_t a, std::int64_t b) {
      return field ? values[a] > values[b] : values[a] < values[b];
    });
    for (std::size_t i = 0, end = 0; i < group.size(); i = end) {
      for (end = i; end < group.size() && values[group[end]] == values[group[i]];) ++end;
      for (std::size_t k = i; k < end; ++k) {
        double rank = static_cast<double>(i + 1 + end) / 2;
        if (field || call.options.has("track")) rank = static_cast<double>(i + 1);
        if (call.options.has("unique")) rank = static_cast<double>(k + 1);
        call.numbers[group[k]] = rank;
      }
    }
  }
}

std::vector<int> variables_of(const EgenCall& call, bool numeric) {
  VarlistRules rules;
  rules.abbreviate = call.session.settings.varabbrev;
  rules.numeric_only = numeric;
  rules.minimum = 1;
  return parse_varlist(call.session.data, call.arguments, rules);
}

void egen_group(EgenCall& call) {
  const std::vector<int> variables = variables_of(call, false);
  const bool keep = call.options.has("missing");
  double number = 0;
  for (const Group& group : groups_of(call.session, call.sample, variables)) {
    if (!keep && any_missing(call.session, variables, group.front())) continue;
    ++number;
    for (const std::int64_t obs : group) call.numbers[obs] = number;
  }
}

void egen_tag(EgenCall& call) {
  const std::vector<int> variables = variables_of(call, false);
  const bool keep = call.options.has("missing");
  std::fill(call.numbers.begin(), call.numbers.end(), 0);
  for (const Group& group : groups_of(call.session, call.sample, variables)) {
    if (!keep && any_missing(call.session, variables, group.front())) continue;
    call.numbers[group.front()] = 1;
  }
}

/// A statistic across variables; `statistic` gets the non-missing values and how many
/// variables there are.
template <class F>
void across(EgenCall& call, F statistic) {
  const std::vector<int> variables = variables_of(call, true);
  std::vector<double> known;
  for (std::int64_t obs = call.sample.begin(); obs < call.sample.end(); ++obs) {
    if (!call.sample.has(obs)) continue;
    known.clear();
    for (const int v : variables) {
      const double x = call.session.data.number(v, obs);
      if (!is_missing(x)) known.push_back(x);
    }
    call.numbers[obs] = statistic(known, variables.size());
  }
}

void egen_rowmean(EgenCall& call) {
  across(call, [](const auto& x, std::size_t) { return mean_of(x); });
}
void egen_rowsd(EgenCall& call) {
  across(call, [](const auto& x, std::size_t) { return sd_of(x); });
}
void egen_rowtotal(EgenCall& call) {
  const bool keep = call.options.has("missing");
  across(call, [keep](const auto& x, std::size_t) {
    return keep && x.empty() ? missing_value() : sum_of(x);
  });
}
void egen_rowmin(EgenCall& call) {
  across(call, [](const auto& x, std::size_t) {
    return x.empty() ? missing_value() : *std::min_element(x.begin(), x.end());
  });
}
void egen_rowmax(EgenCall& call) {
  across(call, [](const auto& x, std::size_t) {
    return x.empty() ? missing_value() : *std::max_element(x.begin(), x.end());
  });
}

/// rowmiss() and rownonmiss() take strings too.
void count_across(EgenCall& call, bool missing) {
  const std::vector<int> variables = variables_of(call, false);
  for (std::int64_t obs = call.sample.begin(); obs < call.sample.end(); ++obs) {
    if (!call.sample.has(obs)) continue;
    call.numbers[obs] =
        static_cast<double>(std::count_if(variables.begin(), variables.end(), [&](int v) {
          return any_missing(call.session, {v}, obs) == missing;
        }));
  }
}
void egen_rowmiss(EgenCall& call) {
  count_across(call, true);
}
void egen_rownonmiss(EgenCall& call) {
  count_across(call, false);
}

void egen_concat(EgenCall& call) {
  const std::vector<int> variables = variables_of(call, false);
  const std::string between = strip_quotes(call.options.argument("punct").value_or(""));
  const auto format = call.options.argument("format");
  const Dataset& data = call.session.data;
  for (std::int64_t obs = call.sample.begin(); obs < call.sample.end(); ++obs) {
    if (!call.sample.has(obs)) continue;
    std::string& out = call.texts[obs];
    for (std::size_t i = 0; i < variables.size(); ++i) {
      const int v = variables[i];
      if (i > 0) out += between;
      if (data.variable(v).type.is_string()) {
        out += data.text(v, obs);
      } else if (format) {
        out += trim(format_number(data.number(v, obs), *format));
      } else {
        out += macro_number(data.number(v, obs));
      }
    }
  }
}

/// from, from, ..., from+1, ... in blocks, starting again after `to`.
void egen_seq(EgenCall& call) {
  if (!trim(call.arguments).empty()) fail_syntax();
  const double from = option_number(call, "from", 1);
  const double block = std::max(1.0, std::floor(option_number(call, "block", 1)));
  for (const Group& group : groups_of(call.session, call.sample, call.by)) {
    const double to =
        option_number(call, "to", from + static_cast<double>(group.size()) - 1);
    const double length = std::fabs(to - from) + 1;
    for (std::size_t i = 0; i < group.size(); ++i) {
      const double step = std::fmod(std::floor(static_cast<double>(i) / block), length);
      call.numbers[group[i]] = to < from ? from - step : from + step;
    }
  }
}

constexpr EgenFunction kFunctions[] = {
    {"mean", egen_mean},
    {"sd", egen_sd},
    {"median", egen_median},
    {"pctile", egen_pctile},
    {"min", egen_min},
    {"max", egen_max},
    {"total", egen_total},
    {"sum", egen_total},
    {"count", egen_count},
    {"rank", egen_rank},
    {"group", egen_group},
    {"tag", egen_tag, false, Storage::byte_},
    {"rowmean", egen_rowmean},
    {"rowsd", egen_rowsd},
    {"rowtotal", egen_rowtotal},
    {"rsum", egen_rowtotal},
    {"rowmin", egen_rowmin},
    {"rowmax", egen_rowmax},
    {"rowmiss", egen_rowmiss},
    {"rownonmiss", egen_rownonmiss},
    {"concat", egen_concat, true},
    {"seq", egen_seq},
};

}  // namespace

const EgenFunction* find_egen_function(std::string_view name) {
  for (const EgenFunction& f : kFunctions) {
    if (f.name == name) return &f;
  }
  return nullptr;
}

}  // namespace adohost
