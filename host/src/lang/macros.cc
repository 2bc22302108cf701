#include "lang/macros.h"

#include <algorithm>

namespace adohost {

namespace {

std::vector<std::string> sorted_names(
    const std::unordered_map<std::string, std::string>& table) {
  std::vector<std::string> names;
  names.reserve(table.size());
  for (const auto& [name, text] : table) names.push_back(name);
  std::sort(names.begin(), names.end());
  return names;
}

const std::string* lookup(const std::unordered_map<std::string, std::string>& table,
                          std::string_view name) {
  const auto it = table.find(std::string(name));
  return it == table.end() ? nullptr : &it->second;
}

void store(std::unordered_map<std::string, std::string>& table, std::string_view name,
           std::string text) {
  if (text.empty()) {
    table.erase(std::string(name));
  } else {
    table[std::string(name)] = std::move(text);
  }
}

}  // namespace

const std::string* Macros::find(std::string_view full_name) const {
  if (full_name.starts_with('_')) return local(full_name.substr(1));
  return global(full_name);
}

void Macros::set(std::string_view full_name, std::string text) {
  if (full_name.starts_with('_')) {
    set_local(full_name.substr(1), std::move(text));
  } else {
    set_global(full_name, std::move(text));
  }
}

void Macros::erase(std::string_view full_name) {
  set(full_name, {});
}

const std::string* Macros::local(std::string_view name) const {
  return lookup(frames_.back(), name);
}

void Macros::set_local(std::string_view name, std::string text) {
  store(frames_.back(), name, std::move(text));
}

const std::string* Macros::global(std::string_view name) const {
  if (const auto it = bound_.find(std::string(name)); it != bound_.end()) {
    return it->second->empty() ? nullptr : it->second;
  }
  return lookup(globals_, name);
}

void Macros::set_global(std::string_view name, std::string text) {
  if (const auto it = bound_.find(std::string(name)); it != bound_.end()) {
    *it->second = std::move(text);
  } else {
    store(globals_, name, std::move(text));
  }
}

void Macros::bind_global(std::string name, std::string* text) {
  bound_[std::move(name)] = text;
}

void Macros::erase_all_globals() {
  globals_.clear();
}

void Macros::set_callers_local(std::string_view name, std::string text) {
  if (frames_.size() > 1) store(frames_[frames_.size() - 2], name, std::move(text));
}

std::vector<std::string> Macros::global_names() const {
  std::vector<std::string> names = sorted_names(globals_);
  for (const auto& [name, text] : bound_) {
    if (!text->empty()) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> Macros::local_names() const {
  return sorted_names(frames_.back());
}

}  // namespace adohost
