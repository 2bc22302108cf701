// Macros ([P] macro). One table for globals; each running program (and the top level) has
// a table of locals. The local x is the macro `_x` of its frame, so `macro list _x`,
// `${_x}` and a plugin's SF_macro_save("_x") all reach it (docs/host.md, "Macros").
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace adohost {

class Macros {
 public:
  Macros() { frames_.emplace_back(); }

  /// By full name: a name with a leading `_` is the local without it of the current
  /// frame. nullptr where there is no such macro.
  const std::string* find(std::string_view full_name) const;
  void set(std::string_view full_name, std::string text);  // an empty text removes it
  void erase(std::string_view full_name);

  const std::string* local(std::string_view name) const;
  void set_local(std::string_view name, std::string text);
  const std::string* global(std::string_view name) const;
  void set_global(std::string_view name, std::string text);
  void erase_all_globals();  // but for those that are bound
  /// Makes a global another name of a text kept elsewhere, which must stay there.
  void bind_global(std::string name, std::string* text);

  void push_frame() { frames_.emplace_back(); }
  void pop_frame() { frames_.pop_back(); }
  std::size_t depth() const { return frames_.size(); }
  /// The frame of the caller of the running program (for c_local).
  void set_callers_local(std::string_view name, std::string text);

  std::vector<std::string> global_names() const;  // sorted
  std::vector<std::string> local_names() const;   // sorted

 private:
  using Table = std::unordered_map<std::string, std::string>;
  Table globals_;
  std::unordered_map<std::string, std::string*> bound_;
  std::vector<Table> frames_;
};

}  // namespace adohost
