// file write and file read: text by lines, binary by formats (%8z %4z %4bs %2bu %10s).
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "base/text.h"
#include "commands/file_commands.h"
#include "data/storage.h"
#include "expr/expression.h"
#include "format/format.h"
#include "lang/tokens.h"
#include "lang/words.h"

namespace adohost {
namespace {

constexpr auto npos = std::string_view::npos;

/// `%8z`, `%4bu`, `%10s`: how a binary number or text is stored.
struct BinaryFormat {
  char kind = 'z';  // z floating point, b integer, s text
  std::size_t bytes = 0;
  bool is_signed = true;
};

BinaryFormat binary_format(std::string_view text) {
  const std::size_t digits =
      std::min(text.find_first_not_of("0123456789", 1), text.size());
  const auto bytes = to_integer(text.substr(1, digits - 1));
  std::string_view kind = text.substr(digits);
  BinaryFormat format;
  if (!bytes || *bytes < 1 || kind.empty()) fail_syntax();
  format.bytes = static_cast<std::size_t>(*bytes);
  format.kind = kind.front();
  kind.remove_prefix(1);
  const std::size_t n = format.bytes;
  const bool integer = format.kind == 'b' && (n == 1 || n == 2 || n == 4);
  if (integer && (kind == "u" || kind == "s")) {
    format.is_signed = kind == "s";
    kind = "";
  }
  const bool known = integer || (format.kind == 'z' && (n == 4 || n == 8)) ||
                     (format.kind == 's' && n <= 65536);
  if (!known || !kind.empty()) fail_syntax();
  return format;
}

void reverse_where(bool high_first, std::string& bytes) {
  if (high_first != (std::endian::native == std::endian::big))
    std::reverse(bytes.begin(), bytes.end());
}

template <typename T>
std::string bytes_of(T value) {
  std::string bytes(sizeof value, '\0');
  std::memcpy(bytes.data(), &value, sizeof value);
  return bytes;
}

template <typename T>
double number_of(const std::string& bytes) {
  T value;
  std::memcpy(&value, bytes.data(), sizeof value);
  return static_cast<double>(value);
}

/// The code that a missing value has in Stata's integer types, or the number itself.
long long integer_code(double x, std::size_t n) {
  if (!is_missing(x)) return std::llround(std::trunc(x));
  const long long dot = n == 1 ? 101 : n == 2 ? 32741 : 2147483621;
  return dot + missing_tag(x);
}

std::string encode(const BinaryFormat& format, double x, bool high_first) {
  std::string bytes(format.bytes, '\0');
  if (format.kind == 'z') {
    store_number(reinterpret_cast<std::byte*>(bytes.data()),
                 format.bytes == 8 ? Storage::double_ : Storage::float_, x);
  } else {
    if (!is_missing(x) && std::fabs(x) > 4294967295.0) fail_syntax();
    const long long code = integer_code(x, format.bytes);
    bytes = bytes_of(static_cast<std::uint32_t>(code)).substr(0, format.bytes);
  }
  reverse_where(high_first, bytes);
  return bytes;
}

double decode(const BinaryFormat& format, std::string bytes, bool high_first) {
  reverse_where(high_first, bytes);
  if (format.kind == 'z')
    return load_number(reinterpret_cast<const std::byte*>(bytes.data()),
                       format.bytes == 8 ? Storage::double_ : Storage::float_);
  switch (format.bytes) {
    case 1:
      return format.is_signed ? number_of<std::int8_t>(bytes)
                              : number_of<std::uint8_t>(bytes);
    case 2:
      return format.is_signed ? number_of<std::int16_t>(bytes)
                              : number_of<std::uint16_t>(bytes);
    default:
      return format.is_signed ? number_of<std::int32_t>(bytes)
                              : number_of<std::uint32_t>(bytes);
  }
}

// ---- file write

/// Writes text and keeps count of the column.
void write_text(OpenFile& file, std::string_view text) {
  file.write(text);
  const std::size_t newline = text.rfind('\n');
  file.column = newline == npos ? file.column + text.size() : text.size() - newline - 1;
}

/// The number in `_skip(3)`, or `otherwise` where there are no parentheses.
long long count_in(Session& session, std::string_view arguments, long long otherwise) {
  if (arguments.empty()) return otherwise;
  const double x = evaluate_number(session, arguments.substr(1, arguments.size() - 2));
  if (!(x >= 0 && x <= 1e6)) fail_syntax();
  return static_cast<long long>(x);
}

/// `_newline(2)`, `_tab`, `_skip(3)`, `_column(10)`, `_char(65)`, `_page`.
std::string directive_text(Session& session, const OpenFile& file, std::string_view name,
                           std::string_view arguments) {
  const auto repeated = [&](char c) {
    return std::string(static_cast<std::size_t>(count_in(session, arguments, 1)), c);
  };
  if (abbreviates(name, "_newline", 2)) return repeated('\n');
  if (abbreviates(name, "_tab", 4)) return repeated('\t');
  if (abbreviates(name, "_page", 2)) return repeated('\f');
  if (abbreviates(name, "_skip", 2)) return repeated(' ');
  if (abbreviates(name, "_column", 4)) {
    const auto column = static_cast<std::size_t>(count_in(session, arguments, 1));
    return std::string(column > file.column + 1 ? column - file.column - 1 : 0, ' ');
  }
  if (name != "_char" || arguments.empty()) fail_syntax();
  return std::string(1, static_cast<char>(count_in(session, arguments, 0)));
}

std::string formatted(const Value& value, std::string_view format) {
  if (value.is_string)
    return format.empty() ? value.text : format_text(value.text, format);
  if (format.empty()) return std::string(trim(format_number(value.number, "%10.0g")));
  return format_number(value.number, format);
}

void write_value(OpenFile& file, const Value& value, std::string_view format) {
  if (!file.binary) {
    write_text(file, formatted(value, format));
    return;
  }
  if (format.empty()) fail_syntax();
  const BinaryFormat how = binary_format(format);
  if ((how.kind == 's') != value.is_string) fail_type_mismatch();
  if (value.is_string) {
    std::string text = value.text;
    text.resize(how.bytes, '\0');
    file.write(text);
  } else {
    file.write(encode(how, value.number, file.high_byte_first));
  }
}

/// The bytes of the word at the start of `text`, with parentheses that touch it.
std::size_t spec_length(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && text[n] != ' ' && text[n] != '\t' && text[n] != '"' &&
         text[n] != '`' && text[n] != '(')
    ++n;
  return n;
}

// ---- file read

/// Reads a line; sets `end` to what ended it: unix, win, mac or none. False at the end.
bool read_line(OpenFile& file, std::string& line, const char*& end) {
  file.prepare(OpenFile::Last::read);
  line.clear();
  end = "none";
  std::FILE* stream = file.stream.get();
  int c = std::fgetc(stream);
  if (c == EOF) return false;
  for (; c != EOF; c = std::fgetc(stream)) {
    if (c == '\n') {
      end = "unix";
      break;
    }
    if (c == '\r') {
      const int next = std::fgetc(stream);
      end = next == '\n' ? "win" : "mac";
      if (next != '\n' && next != EOF) std::ungetc(next, stream);
      break;
    }
    line.push_back(static_cast<char>(c));
  }
  return true;
}

void read_text(Session& session, OpenFile& file, std::string_view specs) {
  const std::string_view macro = trim(specs);
  if (!is_name("_" + std::string(macro))) fail_syntax();
  std::string line;
  const char* end = nullptr;
  const bool some = read_line(file, line, end);
  session.macros.set_local(macro, std::move(line));
  session.r.clear();
  session.r.set_scalar("eof", some ? 0 : 1);
  session.r.set_macro("status", end);
}

void read_binary(Session& session, OpenFile& file, std::string_view specs) {
  bool at_end = false;
  const std::vector<Token> words = tokens(specs);
  if (words.size() % 2 != 0) fail_syntax();
  file.prepare(OpenFile::Last::read);
  for (std::size_t i = 0; i < words.size(); i += 2) {
    const BinaryFormat format = binary_format(words[i].raw);
    const std::string name(words[i + 1].raw);
    if (!is_name("_" + name)) fail_syntax();
    std::string bytes(format.bytes, '\0');
    const std::size_t n = std::fread(bytes.data(), 1, bytes.size(), file.stream.get());
    if (n < bytes.size()) {
      at_end = true;
      break;
    }
    if (format.kind == 's')
      session.macros.set_local(name, bytes.substr(0, bytes.find('\0')));
    else
      session.scalars[name] = {false, decode(format, bytes, file.high_byte_first), {}};
  }
  session.r.clear();
  session.r.set_scalar("eof", at_end ? 1 : 0);
}

}  // namespace

void file_write(Session& session, const std::string& handle, std::string_view specs) {
  OpenFile& file = session.files.get(handle);
  if (!file.can_write) throw StataError(198, "file " + file.path + " not open for write");
  std::string_view format;
  for (specs = trim_left(specs); !specs.empty(); specs = trim_left(specs)) {
    if (starts_quoted(specs)) {
      const std::size_t n = skip_quoted(specs, 0);
      const std::string text(without_quotes(specs.substr(0, n)));
      write_value(file, Value::of(text), std::exchange(format, {}));
      specs.remove_prefix(n);
      continue;
    }
    if (specs.front() == '(') {
      const std::size_t n = skip_brackets(specs, 0);
      const Value value = evaluate(session, specs.substr(1, n - 2));
      write_value(file, value, std::exchange(format, {}));
      specs.remove_prefix(n);
      continue;
    }
    const std::size_t n = spec_length(specs);
    if (specs.front() == '%') {
      format = specs.substr(0, n);
      specs.remove_prefix(n);
      continue;
    }
    const std::string_view name = specs.substr(0, n);
    specs.remove_prefix(n);
    std::size_t m = 0;
    if (specs.starts_with('(')) m = skip_brackets(specs, 0);
    if (file.binary || !name.starts_with('_')) fail_syntax();
    write_text(file, directive_text(session, file, name, specs.substr(0, m)));
    specs.remove_prefix(m);
  }
}

void file_read(Session& session, const std::string& handle, std::string_view specs) {
  OpenFile& file = session.files.get(handle);
  if (!file.can_read) throw StataError(198, "file " + file.path + " not open for read");
  if (file.binary)
    read_binary(session, file, specs);
  else
    read_text(session, file, specs);
}

}  // namespace adohost
