#include "dta/strl_index.h"

#include <algorithm>

namespace stata_pydata::dta {
namespace {

constexpr std::uint64_t low_bits(int bytes) noexcept {
  return (std::uint64_t{1} << (8 * bytes)) - 1;
}

}  // namespace

ImageBytes strls_of(const ParsedImage& parsed) {
  ImageBytes in(parsed.image.first(static_cast<std::size_t>(parsed.strls_end)));
  in.set_order(parsed.schema.byte_order);
  in.enter("strLs");
  in.advance_to(static_cast<std::uint64_t>(parsed.layout.first_strl), "the strLs");
  return in;
}

Strl read_strl(ImageBytes& in, const ReleaseWidths& widths) {
  in.expect(kGso);
  Strl strl;
  strl.variable = in.number(4);
  strl.observation = in.number(widths.strl_observation);
  const std::uint64_t kind = in.number(1);
  if (kind != kGsoBinary && kind != kGsoText)
    in.fail(in.offset() - 1, "found a strL of kind " + std::to_string(kind) +
                                 ", expected 129 (binary) or 130 (text)");
  strl.text.binary = kind == kGsoBinary;
  strl.text.bytes = in.take(in.number(4));
  strl.closed = kind == kGsoBinary || strl.text.bytes.ends_with('\0');
  if (kind == kGsoText && strl.closed) strl.text.bytes.remove_suffix(1);
  return strl;
}

std::uint64_t strl_key(const ReleaseWidths& widths, ByteOrder order,
                       const std::byte* cell) noexcept {
  const int v = widths.strl_variable, o = 8 - v;
  const std::uint64_t stored = load_number(cell, 8, order);
  // Big-endian v comes first, in the number's high bytes.
  return order == ByteOrder::little
             ? stored
             : (stored & low_bits(o)) << (8 * v) | stored >> (8 * o);
}

std::optional<StrlIndex> StrlIndex::make(const ParsedImage& parsed,
                                         const std::function<bool()>& stop) {
  constexpr std::size_t between_stops = 1 << 16;
  const ReleaseWidths& widths = parsed.layout.widths;
  const int v = widths.strl_variable;
  StrlIndex index(parsed);
  if (!widths.tagged) return index;
  ImageBytes in = strls_of(parsed);
  while (in.left() > 0) {
    const std::int64_t offset = in.offset();
    const Strl strl = read_strl(in, widths);
    // No cell can refer to numbers that a cell has no room for.
    if (strl.variable <= low_bits(v) && strl.observation <= low_bits(8 - v))
      index.entries_.push_back({strl.observation << (8 * v) | strl.variable, offset});
    if (stop && index.entries_.size() % between_stops == 1 && stop()) return {};
  }
  const auto earlier = [](const Entry& a, const Entry& b) {
    return a.key != b.key ? a.key < b.key : a.offset < b.offset;
  };
  if (!std::is_sorted(index.entries_.begin(), index.entries_.end(), earlier))
    std::sort(index.entries_.begin(), index.entries_.end(), earlier);
  return index;
}

std::optional<StoredText> StrlIndex::find(std::uint64_t key, std::size_t& hint) const {
  const std::size_t size = entries_.size();
  std::size_t low = 0, high = size;
  if (hint < size && entries_[hint].key <= key) {
    std::size_t step = 1;
    low = hint;
    while (step < size - low && entries_[low + step].key < key) {
      low += step;
      step *= 2;
    }
    high = std::min(size, low + step);
  }
  const auto begin = entries_.begin();
  const auto found = std::lower_bound(
      begin + static_cast<std::ptrdiff_t>(low), begin + static_cast<std::ptrdiff_t>(high),
      key, [](const Entry& entry, std::uint64_t wanted) { return entry.key < wanted; });
  if (found == entries_.end() || found->key != key) return {};
  hint = static_cast<std::size_t>(found - begin);
  ImageBytes in = strls_of(*parsed_);
  in.advance_to(static_cast<std::uint64_t>(found->offset), "a strL");
  return read_strl(in, parsed_->layout.widths).text;
}

}  // namespace stata_pydata::dta
