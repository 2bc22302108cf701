// Regular expressions of regexm() and its relatives: . [] * + ? {n,m} | () ^ $ \d \w \s
// and
// [:classes:], on bytes, case-sensitive. Matching takes time proportional to the text
// times the pattern, whatever the pattern: all ways to match are followed side by side.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adohost {

class Regex {
 public:
  /// Nothing where the pattern is malformed (a bracket without its partner, a `*` after
  /// nothing) or far too large.
  static std::optional<Regex> compile(std::string_view pattern);

  /// The first match at or after `from` as the texts of the whole and of each group; a
  /// group that took no part is "". Nothing where there is no match. `begin` and `end`,
  /// if given, receive the place of the whole match.
  std::optional<std::vector<std::string>> search(std::string_view text,
                                                 std::size_t from = 0,
                                                 std::size_t* begin = nullptr,
                                                 std::size_t* end = nullptr) const;

 private:
  friend class RegexCompiler;
  friend class RegexMatcher;

  enum class Op : std::uint8_t { byte, set, any, split, jump, save, begin, end, match };
  struct Instruction {
    Op op = Op::match;
    unsigned char byte = 0;
    std::uint32_t x =
        0;  // of set: its number; of split, jump: where to go (first choice)
    std::uint32_t y = 0;  // of split: the second choice; of save: the slot
  };
  static constexpr std::size_t kMostGroups = 9;

  std::vector<Instruction> program_;
  std::vector<std::bitset<256>> sets_;
  std::size_t groups_ = 0;
};

}  // namespace adohost
