// One data set in memory, as Stata holds it: row-major, packed, each cell in its
// variable's storage type ([D] data types; docs/host.md, "The data area"). Owns the
// cells, the strL texts, the value labels and the characteristics. Numeric and str# cells
// may be read and written from several threads at once as long as no two touch the same
// cell; everything else is for one thread. Variables are numbered from 0, observations
// from 0. What changes the shape of the data sets `changed`; what writes cells leaves
// that to its caller.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "data/cell_memory.h"
#include "data/storage.h"
#include "data/strl_heap.h"
#include "data/value_label.h"

namespace adohost {

struct Variable {
  std::string name;
  VarType type;
  std::string format;
  std::string label;
  std::string value_label;  // name of the set, empty for none
  std::size_t offset = 0;   // bytes from the start of a row
};

class Dataset {
 public:
  Dataset() = default;
  /// These variables, laid out in their order, and no observations. The names are taken
  /// as they are: a file may hold some that no command would make. Throws 110 where one
  /// occurs twice.
  explicit Dataset(std::vector<Variable> variables);
  Dataset(Dataset&& other) noexcept;
  Dataset& operator=(Dataset&& other) noexcept;
  /// A full copy (preserve). Deliberate, so it has a name.
  Dataset clone() const;

  std::int64_t nobs() const { return nobs_; }
  int nvar() const { return static_cast<int>(variables_.size()); }
  std::size_t width() const { return width_; }  // bytes of a row

  const Variable& variable(int v) const { return variables_[v]; }
  Variable& variable(int v) { return variables_[v]; }
  const std::vector<Variable>& variables() const { return variables_; }
  /// Position of the variable with exactly this name, or -1. O(1).
  int find(std::string_view name) const;

  /// Adds a variable at the end, every cell missing or "". Returns its position. Throws
  /// 110 where the name exists, 198 where it is no name, 909 where memory ends. O(1)
  /// while there are no observations, else O(_N).
  int add_variable(std::string_view name, VarType type);
  /// Removes the variables whose positions are in `drop` (any order), their
  /// characteristics and their places in the sort list.
  void drop_variables(const std::vector<int>& drop);
  /// New order of the variables: `order[i]` is the old position of the new i-th.
  void reorder_variables(const std::vector<int>& order);
  /// Throws as add_variable does. Its characteristics go along.
  void rename_variable(int v, std::string_view name);
  /// Changes the storage type; values that do not fit become `.` or are cut. Throws 109
  /// between numbers and strings. The display format stays.
  void change_type(int v, VarType type);
  /// The same for several variables, in one pass over the data.
  void change_types(const std::vector<std::pair<int, VarType>>& changes);

  /// Grows with missing values or shrinks. Throws 909 where memory ends, the data
  /// unchanged.
  void set_nobs(std::int64_t n);
  /// Adds `n` observations whose cells hold anything: the caller writes every one. Throws
  /// as set_nobs does.
  void add_rows(std::int64_t n);
  /// Keeps the observations with keep[i] != 0, in order.
  void keep_observations(const std::vector<std::uint8_t>& keep);
  /// New order of the observations: `order[i]` is the old number of the new i-th; numbers
  /// may repeat or be left out (expand, duplicates).
  void reorder_observations(const std::vector<std::int64_t>& order);
  void clear();  // variables, observations, labels, characteristics, data label, filename

  double number(int v, std::int64_t obs) const noexcept {
    const Variable& var = variables_[v];
    return load_number(row(obs) + var.offset, var.type.storage);
  }
  void set_number(int v, std::int64_t obs, double x) noexcept {
    const Variable& var = variables_[v];
    store_number(row(obs) + var.offset, var.type.storage, x);
  }
  /// Whether the cell is missing: any of `.` to `.z`, or "".
  bool is_missing_at(int v, std::int64_t obs) const;
  /// The bytes of a string cell (a str# ends at its first NUL). The view is valid until
  /// the cell is written or the data set changes shape.
  std::string_view text(int v, std::int64_t obs) const;
  /// Stores a text; a str# is cut at its width (bytes).
  void set_text(int v, std::int64_t obs, std::string_view s);
  bool is_binary(int v, std::int64_t obs) const;  // a strL cell with the binary flag
  void set_binary(int v, std::int64_t obs, std::string_view bytes);
  /// The text that a strL cell names, and where texts are kept: cells may share one.
  StrlHeap::Handle strl_handle(int v, std::int64_t obs) const;
  void set_strl_handle(int v, std::int64_t obs, StrlHeap::Handle handle);
  StrlHeap& strl_texts() { return strl_; }
  const StrlHeap& strl_texts() const { return strl_; }

  const std::byte* row(std::int64_t obs) const { return memory_.data() + at(obs); }
  std::byte* row(std::int64_t obs) { return memory_.data() + at(obs); }

  std::string data_label;
  std::string filename;        // c(filename)
  std::string timestamp;       // c(filedate)
  bool changed = false;        // c(changed)
  std::vector<int> sorted_by;  // positions of the variables, primary first
  std::map<std::string, ValueLabel> value_labels;
  /// e(sample): 1 for the observations of the last estimates, or empty. Moves along with
  /// the observations.
  std::vector<std::uint8_t> estimation_sample;
  /// (owner, name) -> text; the owner is `_dta` or a variable's name. Notes are note0...
  std::map<std::pair<std::string, std::string>, std::string> characteristics;

 private:
  struct NameHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const {
      return std::hash<std::string_view>{}(s);
    }
  };

  std::size_t at(std::int64_t obs) const {
    return static_cast<std::size_t>(obs) * width_;
  }
  void reserve_rows(std::int64_t n);
  void set_strl(int v, std::int64_t obs, std::string_view bytes, bool binary);
  bool has_strl() const;
  /// Frees the strL texts that no cell names any more.
  void collect_strl();
  /// Moves every row to the layout of `next`, whose i-th variable takes its cells from
  /// the old variable source[i], or is new and missing where that is -1.
  void relayout(std::vector<Variable> next, const std::vector<int>& source);
  void append_variable(Variable variable);
  void fill_missing(std::int64_t first, std::int64_t last);
  void forget_variable(const Variable& variable);
  void reindex();
  void check_new_name(std::string_view name) const;

  std::vector<Variable> variables_;
  std::unordered_map<std::string, int, NameHash, std::equal_to<>> positions_;
  std::int64_t nobs_ = 0;
  std::size_t width_ = 0;
  CellMemory memory_;
  StrlHeap strl_;
};

}  // namespace adohost
