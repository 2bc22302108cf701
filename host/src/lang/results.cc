#include "lang/results.h"

#include <algorithm>

namespace adohost {

namespace {

template <typename List>
auto entry(List& list, std::string_view name) {
  return std::find_if(list.begin(), list.end(),
                      [name](const auto& item) { return item.first == name; });
}

template <typename List, typename T>
void put(List& list, const std::string& name, T value) {
  const auto it = entry(list, name);
  if (it == list.end()) {
    list.emplace_back(name, std::move(value));
  } else {
    it->second = std::move(value);
  }
}

}  // namespace

std::vector<Matrices::Entry>::const_iterator Matrices::find(std::string_view name) const {
  return entry(entries_, name);
}

Matrix& Matrices::operator[](const std::string& name) {
  const auto it = entry(entries_, name);
  if (it != entries_.end()) return it->second;
  return entries_.emplace_back(name, Matrix{}).second;
}

void Matrices::erase(std::string_view name) {
  std::erase_if(entries_, [name](const Entry& item) { return item.first == name; });
}

void Results::clear() {
  scalars.clear();
  macros.clear();
  matrices.clear();
}

void Results::set_scalar(const std::string& name, double x) {
  put(scalars, name, x);
}

void Results::set_macro(const std::string& name, std::string text) {
  put(macros, name, std::move(text));
}

const double* Results::scalar(std::string_view name) const {
  const auto it = entry(scalars, name);
  return it == scalars.end() ? nullptr : &it->second;
}

const std::string* Results::macro(std::string_view name) const {
  const auto it = entry(macros, name);
  return it == macros.end() ? nullptr : &it->second;
}

}  // namespace adohost
