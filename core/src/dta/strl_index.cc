#include "dta/strl_index.h"

#include <algorithm>

namespace stata_pydata::dta {
namespace {

constexpr std::size_t kStretch = 32;            // strLs from one entry to the next
constexpr std::size_t kBetweenStops = 1 << 16;  // strLs

/// Walks all strLs: use(key, offset) may end the walk by returning false. False when
/// `stop` gave up.
template <typename Use>
bool walk_all(const ParsedImage& parsed, const std::function<bool()>& stop,
              const Use& use) {
  StrlWalk walk(parsed);
  for (std::size_t count = 1; !walk.done(); ++count) {
    const std::int64_t offset = walk.offset();
    if (!use(owner_key(parsed.layout.widths, walk.next()), offset)) return true;
    if (count % kBetweenStops == 1 && stop && stop()) return false;
  }
  return true;
}

}  // namespace

std::optional<StrlIndex> StrlIndex::make(const ParsedImage& parsed,
                                         const std::function<bool()>& stop) {
  StrlIndex index(parsed);
  if (!parsed.layout.widths.tagged) return index;
  if (!index.note_some(stop)) return std::nullopt;
  if (!index.in_order_ && !index.note_all(stop)) return std::nullopt;
  return index;
}

bool StrlIndex::note_some(const std::function<bool()>& stop) {
  std::uint64_t last = 0;
  std::size_t count = 0;
  return walk_all(*parsed_, stop, [&](std::uint64_t key, std::int64_t offset) {
    in_order_ = key > last;
    last = key;
    if (count++ % kStretch == 0) entries_.push_back({key, offset});
    return in_order_;
  });
}

/// Notes every strL that a cell can refer to. Of several with one key the first counts.
bool StrlIndex::note_all(const std::function<bool()>& stop) {
  entries_.clear();
  const bool done = walk_all(*parsed_, stop, [&](std::uint64_t key, std::int64_t offset) {
    if (key != 0) entries_.push_back({key, offset});
    return true;
  });
  std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
    return a.key != b.key ? a.key < b.key : a.offset < b.offset;
  });
  return done;
}

/// Where to look for the key: the strL that has it or, in order, one not far before it.
/// -1 where it can't be.
std::int64_t StrlIndex::start_of(std::uint64_t key) const noexcept {
  const auto behind = [](std::uint64_t wanted, const Entry& entry) {
    return wanted < entry.key;
  };
  const auto before = [](const Entry& entry, std::uint64_t wanted) {
    return entry.key < wanted;
  };
  if (in_order_) {
    const auto at = std::upper_bound(entries_.begin(), entries_.end(), key, behind);
    return at == entries_.begin() ? -1 : (at - 1)->offset;
  }
  const auto at = std::lower_bound(entries_.begin(), entries_.end(), key, before);
  return at == entries_.end() || at->key != key ? -1 : at->offset;
}

std::optional<StoredText> StrlIndex::find(std::uint64_t key, StrlCursor& cursor) const {
  StrlWalk walk(*parsed_);
  const bool near = in_order_ && cursor.offset >= 0 && cursor.key <= key;
  const std::int64_t start = near ? cursor.offset : start_of(key);
  if (start < 0) return std::nullopt;
  walk.go_to(start);
  for (std::size_t steps = 0; !walk.done(); ++steps) {
    if (near && steps == kStretch) {  // far from the last one
      const std::int64_t nearer = start_of(key);
      if (nearer > walk.offset()) walk.go_to(nearer);
    }
    const std::int64_t offset = walk.offset();
    const Strl strl = walk.next();
    const std::uint64_t found = owner_key(parsed_->layout.widths, strl);
    if (found < key && in_order_) continue;
    if (found != key) break;
    cursor = {key, offset};
    return strl.text;
  }
  return std::nullopt;
}

}  // namespace stata_pydata::dta
