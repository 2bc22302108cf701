#include "arrow/metadata_codec.h"

#include <cstdint>
#include <cstring>

namespace stata_pydata::dta {
namespace {

void put_length(std::string& out, std::size_t length) {
  const auto number = static_cast<std::int32_t>(length);
  out.append(reinterpret_cast<const char*>(&number), sizeof number);
}

std::int32_t take_length(const char*& at) {
  std::int32_t number;
  std::memcpy(&number, at, sizeof number);
  at += sizeof number;
  return number;
}

std::string take_text(const char*& at) {
  const auto length = static_cast<std::size_t>(take_length(at));
  std::string text(at, length);
  at += length;
  return text;
}

}  // namespace

std::string encoded_metadata(const ArrowMetadata& metadata) {
  std::string out;
  put_length(out, metadata.size());
  for (const auto& [key, value] : metadata)
    for (const std::string* text : {&key, &value}) {
      put_length(out, text->size());
      out += *text;
    }
  return out;
}

ArrowMetadata decoded_metadata(const char* metadata) {
  ArrowMetadata pairs;
  if (!metadata) return pairs;
  for (std::int32_t left = take_length(metadata); left > 0; --left) {
    std::string key = take_text(metadata);
    pairs.emplace_back(std::move(key), take_text(metadata));
  }
  return pairs;
}

}  // namespace stata_pydata::dta
