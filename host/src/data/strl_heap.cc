#include "data/strl_heap.h"

namespace adohost {

StrlHeap::Handle StrlHeap::add(std::string_view bytes, bool binary) {
  if (bytes.empty() && !binary) return 0;
  ++added_;
  const bool has_nul = bytes.find('\0') != std::string_view::npos;
  Text text{std::string(bytes), binary || has_nul, true};
  if (free_.empty()) {
    texts_.push_back(std::move(text));
    return texts_.size();
  }
  const Handle handle = free_.back();
  free_.pop_back();
  texts_[handle - 1] = std::move(text);
  return handle;
}

std::string_view StrlHeap::bytes(Handle handle) const {
  return handle == 0 ? std::string_view{} : std::string_view(texts_[handle - 1].bytes);
}

bool StrlHeap::is_binary(Handle handle) const {
  return handle != 0 && texts_[handle - 1].binary;
}

void StrlHeap::begin_sweep() {
  for (Text& text : texts_) text.used = false;
}

void StrlHeap::mark(Handle handle) {
  if (handle != 0) texts_[handle - 1].used = true;
}

void StrlHeap::end_sweep() {
  free_.clear();
  for (std::size_t i = texts_.size(); i-- > 0;) {
    if (texts_[i].used) continue;
    texts_[i] = {};
    free_.push_back(i + 1);
  }
  added_ = 0;
}

void StrlHeap::clear() {
  *this = {};
}

}  // namespace adohost
