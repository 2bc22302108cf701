#include "lang/macro_lists.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "lang/words.h"

namespace adohost {
namespace {

using Counts = std::unordered_map<std::string_view, std::size_t>;

Counts count_elements(const ListElements& elements) {
  Counts counts;
  for (const std::string& x : elements) ++counts[x];
  return counts;
}

/// The elements of `a` that are (or are not) among the occurrences counted.
ListElements select(const ListElements& a, Counts counts, bool among) {
  ListElements selected;
  for (const std::string& x : a) {
    const auto found = counts.find(x);
    const bool has = found != counts.end() && found->second > 0;
    if (has) --found->second;
    if (has == among) selected.push_back(x);
  }
  return selected;
}

}  // namespace

ListElements list_elements(std::string_view text) {
  ListElements elements;
  for (const Token& token : tokens(text)) elements.emplace_back(token.text);
  return elements;
}

std::string list_text(const ListElements& elements) {
  std::string text;
  for (const std::string& x : elements) {
    if (!text.empty()) text += ' ';
    text += in_quotes(x, true);
  }
  return text;
}

ListElements list_uniq(const ListElements& a) {
  std::unordered_set<std::string_view> seen;
  ListElements once;
  for (const std::string& x : a)
    if (seen.insert(x).second) once.push_back(x);
  return once;
}

ListElements list_dups(const ListElements& a) {
  std::unordered_set<std::string_view> seen;
  ListElements again;
  for (const std::string& x : a)
    if (!seen.insert(x).second) again.push_back(x);
  return again;
}

ListElements list_sort(ListElements a) {
  std::sort(a.begin(), a.end());
  return a;
}

ListElements list_union(const ListElements& a, const ListElements& b) {
  ListElements all = a;
  for (std::string& x : list_difference(b, a)) all.push_back(std::move(x));
  return all;
}

ListElements list_intersection(const ListElements& a, const ListElements& b) {
  return select(a, count_elements(b), true);
}

ListElements list_difference(const ListElements& a, const ListElements& b) {
  return select(a, count_elements(b), false);
}

bool list_contains(const ListElements& all, const ListElements& some) {
  return list_difference(some, all).empty();
}

bool list_same_elements(const ListElements& a, const ListElements& b) {
  return a.size() == b.size() && list_contains(a, b);
}

std::size_t list_position(const ListElements& a, std::string_view element) {
  const auto found = std::find(a.begin(), a.end(), element);
  return found == a.end() ? 0 : static_cast<std::size_t>(found - a.begin()) + 1;
}

std::string list_retokenize(std::string_view text) {
  std::string once;
  for (const Token& token : tokens(text)) {
    if (!once.empty()) once += ' ';
    once += token.raw;
  }
  return once;
}

}  // namespace adohost
