#include "stata_pydata/variable_names.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <unordered_map>
#include <unordered_set>

#include "stata_pydata/stata_types.h"

namespace stata_pydata {
namespace {

struct Range {
  char32_t first, last;
};

// Letters of scripts in common use, whole ranges only, as of Unicode 6 (Stata 14's).
constexpr std::array<Range, 41> kLetters{{
    {0xaa, 0xaa},     {0xb5, 0xb5},     {0xba, 0xba},     {0xc0, 0xd6},
    {0xd8, 0xf6},     {0xf8, 0x2c1},    {0x370, 0x373},   {0x386, 0x386},
    {0x388, 0x38a},   {0x38c, 0x38c},   {0x38e, 0x3a1},   {0x3a3, 0x3f5},
    {0x3f7, 0x481},   {0x48a, 0x527},   {0x531, 0x556},   {0x561, 0x587},
    {0x5d0, 0x5ea},   {0x620, 0x64a},   {0x671, 0x6d3},   {0x904, 0x939},
    {0xe01, 0xe30},   {0x10a0, 0x10c5}, {0x10d0, 0x10fa}, {0x1100, 0x1248},
    {0x1e00, 0x1f15}, {0x3041, 0x3096}, {0x30a1, 0x30fa}, {0x3105, 0x312d},
    {0x3131, 0x318e}, {0x3400, 0x4db5}, {0x4e00, 0x9fcc}, {0xac00, 0xd7a3},
    {0xf900, 0xfa6d}, {0xff21, 0xff3a}, {0xff41, 0xff5a}, {0xff66, 0xffbe},
    {0x1f20, 0x1f45}, {0x1f80, 0x1fb4}, {0x1320, 0x135a}, {0x1780, 0x17b3},
    {0xa000, 0xa48c},
}};

constexpr std::array<std::string_view, 20> kReserved{
    "_all", "_b", "byte", "_coef", "_cons", "double", "float", "if",   "in",    "int",
    "long", "_n", "_N",   "_pi",   "_pred", "_rc",    "_skip", "strL", "using", "with"};

bool is_digit(char32_t c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  return std::any_of(kLetters.begin(), kLetters.end(),
                     [c](Range r) { return c >= r.first && c <= r.last; });
}

bool is_reserved(std::string_view name) {
  if (std::find(kReserved.begin(), kReserved.end(), name) != kReserved.end()) return true;
  return name.size() > 3 && name.substr(0, 3) == "str" &&
         std::all_of(name.begin() + 3, name.end(),
                     [](unsigned char c) { return is_digit(c); });
}

struct Character {
  char32_t code;  // 0 where the bytes aren't UTF-8
  std::size_t bytes;
};

// The character that begins at `at`. A byte that begins none is a character of its own.
Character decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(at);
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  constexpr std::array<char32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
  if (lead < 0xc2 || lead > 0xf4 || at + bytes > text.size()) return {0, 1};
  char32_t code = lead & (0xffU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(at + i) & 0xc0U) != 0x80) return {0, 1};
    code = code << 6 | (byte(at + i) & 0x3fU);
  }
  if (code < kSmallest[bytes] || code > 0x10ffff) return {0, 1};
  return {code, bytes};
}

// The first `count` characters of a legal name.
std::string first_characters(const std::string& name, int count) {
  std::size_t at = 0;
  for (; at < name.size() && count > 0; --count) at += decode(name, at).bytes;
  return name.substr(0, at);
}

}  // namespace

bool is_legal_name(std::string_view name) {
  return !name.empty() && legal_name(name, 0) == name;
}

std::string legal_name(std::string_view name, std::size_t position) {
  if (name.empty()) return "v" + std::to_string(position);
  std::string legal;
  for (std::size_t at = 0; at < name.size();) {
    const Character c = decode(name, at);
    if (at == 0 && is_digit(c.code)) legal += '_';
    if (is_letter(c.code) || is_digit(c.code)) {
      legal += name.substr(at, c.bytes);
    } else {
      legal += '_';
    }
    at += c.bytes;
  }
  if (is_reserved(legal)) legal.insert(0, 1, '_');
  return first_characters(legal, kMaxNameCharacters);
}

std::vector<std::string> legal_names(const std::vector<std::string>& names) {
  std::unordered_set<std::string> used;
  for (const std::string& name : names) {
    if (is_legal_name(name)) used.insert(name);
  }
  std::unordered_map<std::string, int> numbered;  // the last number given to a name
  std::vector<std::string> result;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (is_legal_name(names[i])) {
      result.push_back(names[i]);
      continue;
    }
    const std::string wanted = legal_name(names[i], i + 1);
    std::string name = wanted;
    while (!used.insert(name).second) {
      const int number = std::max(2, numbered[wanted] + 1);
      numbered[wanted] = number;
      const std::string suffix = "_" + std::to_string(number);
      const int room = kMaxNameCharacters - static_cast<int>(suffix.size());
      name = first_characters(wanted, room) + suffix;
    }
    result.push_back(name);
  }
  return result;
}

}  // namespace stata_pydata
