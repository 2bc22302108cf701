#include "dta/strl_owners.h"

#include <algorithm>
#include <cstring>

namespace stata_pydata::dta {
namespace {

std::uint64_t mixed(std::uint64_t state, std::uint64_t word) noexcept {
  state = (state ^ word) * 0x9E3779B97F4A7C15u;
  return state ^ (state >> 29);
}

std::uint64_t hash_of_bytes(const FoundText& text) noexcept {
  std::uint64_t state = mixed(text.binary, static_cast<std::uint64_t>(text.size));
  std::int64_t at = 0;
  for (; at + 8 <= text.size; at += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data + at, 8);
    state = mixed(state, word);
  }
  std::uint64_t rest = 0;
  if (at < text.size)
    std::memcpy(&rest, text.data + at, static_cast<std::size_t>(text.size - at));
  return mixed(mixed(state, rest), state >> 32);
}

}  // namespace

StrlOwners::StrlOwners(std::span<const StrlVariable> variables, StrlSharing sharing)
    : variables_(variables),
      by_address_(sharing == StrlSharing::same_memory),
      slots_(1024) {}

std::uint64_t StrlOwners::hash_of(const FoundText& text) const noexcept {
  if (!by_address_) return hash_of_bytes(text);
  return mixed(mixed(text.binary, static_cast<std::uint64_t>(text.size)),
               reinterpret_cast<std::uintptr_t>(text.data));
}

bool StrlOwners::same(CellPlace place, const FoundText& text) const noexcept {
  const auto variable =
      std::lower_bound(variables_.begin(), variables_.end(), place.variable,
                       [](const StrlVariable& v, std::int32_t i) { return v.index < i; });
  const FoundText other = variable->source->text(place.row);
  if (other.binary != text.binary) return false;
  if (by_address_) return other.size == text.size && other.data == text.data;
  return other.size == text.size &&
         std::memcmp(other.data, text.data, static_cast<std::size_t>(text.size)) == 0;
}

std::size_t StrlOwners::slot_of(std::uint64_t hash,
                                const FoundText& text) const noexcept {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].place.row >= 0 &&
         !(slots_[at].hash == hash && same(slots_[at].place, text)))
    at = (at + 1) & mask;
  return at;
}

CellPlace StrlOwners::add(const FoundText& text, CellPlace place) {
  if (used_ * 2 >= slots_.size()) grow();
  const std::uint64_t hash = hash_of(text);
  Slot& slot = slots_[slot_of(hash, text)];
  if (slot.place.row < 0) {
    slot = {hash, place};
    ++used_;
  }
  return slot.place;
}

CellPlace StrlOwners::find(const FoundText& text) const noexcept {
  return slots_[slot_of(hash_of(text), text)].place;
}

void StrlOwners::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.place.row < 0) continue;
    std::size_t at = slot.hash & mask;
    while (slots_[at].place.row >= 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

}  // namespace stata_pydata::dta
