// The operators of `: list' ([P] macro lists) on texts; who the texts belong to is the
// caller's business. Elements are words, quoted ones too; but for uniq and dups, the
// second occurrence of an element is another element than the first.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace adohost {

using ListElements = std::vector<std::string>;  // without their quotes

ListElements list_elements(std::string_view text);
/// The elements separated by blanks, each in the plainest quotes that hold it.
std::string list_text(const ListElements& elements);

ListElements list_uniq(const ListElements& a);
ListElements list_dups(const ListElements& a);
ListElements list_sort(ListElements a);
ListElements list_union(const ListElements& a, const ListElements& b);
ListElements list_intersection(const ListElements& a, const ListElements& b);
ListElements list_difference(const ListElements& a, const ListElements& b);
bool list_contains(const ListElements& all, const ListElements& some);
bool list_same_elements(const ListElements& a, const ListElements& b);
/// From 1; 0 where `element` is not in `a`.
std::size_t list_position(const ListElements& a, std::string_view element);
/// The elements as they were typed, one blank between them.
std::string list_retokenize(std::string_view text);

}  // namespace adohost
