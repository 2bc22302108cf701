// The texts of a data set's strL cells. A cell holds a handle; 0 is the empty text. A
// text is never changed once it is stored, so cells that were copied may share one.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace adohost {

class StrlHeap {
 public:
  using Handle = std::uint64_t;

  /// A text with a NUL in it is binary in any case.
  Handle add(std::string_view bytes, bool binary);
  std::string_view bytes(Handle handle) const;
  bool is_binary(Handle handle) const;

  /// One sweep that frees what is not marked in between: begin_sweep, mark every handle
  /// in use, end_sweep.
  void begin_sweep();
  void mark(Handle handle);
  void end_sweep();

  void clear();
  /// Whether enough was added since the last sweep that one is worth its time.
  bool wants_sweep() const { return added_ > 1024 && added_ > texts_.size() / 2; }

 private:
  struct Text {
    std::string bytes;
    bool binary = false;
    bool used = false;
  };
  std::deque<Text> texts_;  // by handle - 1; a deque keeps views valid while it grows
  std::vector<Handle> free_;
  std::size_t added_ = 0;
};

}  // namespace adohost
