// The bytes of a fuzzer's input as numbers and texts; zeros behind their end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

class ByteSource {
 public:
  ByteSource(const std::uint8_t* data, std::size_t size) : data_(data), left_(size) {}

  bool empty() const { return left_ == 0; }

  template <typename T>
  T take() {
    T value{};
    const std::size_t some = left_ < sizeof value ? left_ : sizeof value;
    if (some > 0) std::memcpy(&value, data_, some);
    data_ += some;
    left_ -= some;
    return value;
  }
  /// A number from 0 to `most`.
  std::size_t up_to(std::size_t most) { return take<std::uint8_t>() % (most + 1); }
  std::string text(std::size_t most) {
    std::string text(up_to(most), '\0');
    for (char& c : text) c = take<char>();
    return text;
  }

 private:
  const std::uint8_t* data_;
  std::size_t left_;
};
