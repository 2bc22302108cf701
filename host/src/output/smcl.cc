#include "output/smcl.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>

#include "base/text.h"

namespace adohost {

namespace {

/// More columns than any screen has: a huge count in a directive is not worth its memory.
constexpr long long kMostColumns = 32767;

/// {name args:body}; the parts as they stand, the body unrendered.
struct Directive {
  std::string_view name;
  std::string_view arguments;
  std::string_view body;
  bool has_body = false;
};

/// The closing brace of the one at `open`, or npos.
std::size_t matching_brace(std::string_view s, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < s.size(); ++i) {
    if (s[i] == '{') ++depth;
    if (s[i] == '}' && --depth == 0) return i;
  }
  return std::string_view::npos;
}

/// The colon that starts the body: outside quotes, so that {browse "http://x":y} works.
std::size_t body_colon(std::string_view inside) {
  bool quoted = false;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] == '"') quoted = !quoted;
    if (inside[i] == ':' && !quoted) return i;
    if (inside[i] == '{' && !quoted) break;
  }
  return std::string_view::npos;
}

Directive split_directive(std::string_view inside) {
  Directive d;
  const std::size_t colon = body_colon(inside);
  std::string_view head = inside.substr(0, colon);
  if (colon != std::string_view::npos) {
    d.has_body = true;
    d.body = inside.substr(colon + 1);
  }
  const std::size_t blank = head.find(' ');
  d.name = head.substr(0, blank);
  if (blank != std::string_view::npos) d.arguments = trim(head.substr(blank));
  return d;
}

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// What only changes the looks: the body, if any, is printed in its place.
constexpr std::array<std::string_view, 22> kLooks = {
    "txt",  "text",  "res",  "result", "err", "error", "inp",    "input",
    "cmd",  "bf",    "it",   "sf",     "ul",  "hi",    "hilite", "reset",
    "smcl", "title", "bind", "net",    "ado", "var"};
/// Links: the body is printed, or else what is linked to.
constexpr std::array<std::string_view, 12> kLinks = {
    "help", "helpb", "stata",   "browse",   "search", "view",
    "opt",  "opth",  "manhelp", "manhelpi", "back",   "mata"};
/// Directives that print nothing.
constexpr std::array<std::string_view, 4> kSilent = {"marker", "p_end", "vieweralsosee",
                                                     "*"};
constexpr std::array<std::string_view, 9> kCorners = {"+",   "TT",  "BT",  "LT", "RT",
                                                      "TLC", "TRC", "BLC", "BRC"};

class Renderer {
 public:
  Renderer(int column, int linesize) : column_(column), linesize_(linesize) {}

  void render(std::string_view text) {
    while (!text.empty()) {
      const std::size_t open = text.find('{');
      put(text.substr(0, open));
      if (open == std::string_view::npos) return;
      const std::size_t close = matching_brace(text, open);
      const bool known =
          close != std::string_view::npos && depth_ < kDeepest &&
          directive(text.substr(open + 1, close - open - 1), text.substr(close + 1));
      if (consumed_rest_) return;
      if (!known) put("{");
      text.remove_prefix(known ? close + 1 : open + 1);
    }
  }

  std::string take() { return std::move(out_); }

 private:
  static constexpr int kDeepest = 100;

  void put(std::string_view s) {
    for (char c : s) {
      if (c == '\n') {
        column_ = 1;
      } else if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) {
        ++column_;
      }
    }
    out_ += s;
  }

  void put_many(std::string_view s, long long times) {
    for (long long i = 0; i < std::clamp(times, 0LL, kMostColumns); ++i) put(s);
  }

  std::string rendered(std::string_view body) {
    Renderer inner(column_, linesize_);
    inner.depth_ = depth_ + 1;
    inner.render(body);
    return inner.take();
  }

  /// Prints the directive and says whether there is one of that name.
  bool directive(std::string_view inside, std::string_view rest) {
    if (inside == ".-") return put_many("-", linesize_ - column_ + 1), true;
    if (!inside.empty() && inside.front() == '*') return true;
    const Directive d = split_directive(inside);
    return simple(d) || placed(d) || character(d) || paragraph(d, rest);
  }

  bool simple(const Directive& d) {
    if (is_one_of(d.name, kLooks)) {
      put(rendered(d.body));
    } else if (is_one_of(d.name, kLinks)) {
      put(d.has_body && d.name != "opt" ? rendered(d.body) : link_text(d));
    } else if (d.name == "cmdab") {
      std::string text(d.body);
      text.erase(std::remove(text.begin(), text.end(), ':'), text.end());
      put(rendered(text));
    } else if (d.name == "hline") {
      const long long all = linesize_ - column_ + 1;
      put_many("-", d.arguments.empty() ? all : to_integer(d.arguments).value_or(0));
    } else if (d.name == "space") {
      put_many(" ", to_integer(d.arguments).value_or(1));
    } else if (d.name == "tab") {
      put_many(" ", 8 - (column_ - 1) % 8);
    } else if (d.name == "break") {
      put("\n");
    } else if (d.name == "dup") {
      put_many(rendered(d.body), to_integer(d.arguments).value_or(1));
    } else {
      return is_one_of(d.name, kSilent);
    }
    return true;
  }

  static std::string link_text(const Directive& d) {
    std::string text(d.arguments);
    if (text.size() > 1 && text.front() == '"' && text.back() == '"') {
      text = text.substr(1, text.size() - 2);
    }
    if (d.has_body) text += d.body;
    return text;
  }

  bool placed(const Directive& d) {
    const long long width =
        std::clamp(to_integer(d.arguments).value_or(linesize_), 0LL, kMostColumns);
    if (d.name == "col") {
      put_many(" ", to_integer(d.arguments).value_or(1) - column_);
    } else if (d.name == "ralign" || d.name == "right") {
      put(pad_left(rendered(d.body), width));
    } else if (d.name == "lalign") {
      put(pad_right(rendered(d.body), width));
    } else if (d.name == "center" || d.name == "centre" || d.name == "rcenter") {
      const std::string body = rendered(d.body);
      const auto length = static_cast<long long>(utf8_length(body));
      put_many(" ", (width - length + (d.name == "rcenter")) / 2);
      put(body);
      if (!d.arguments.empty()) put_many(" ", (width - length) / 2);
    } else {
      return false;
    }
    return true;
  }

  bool character(const Directive& d) {
    if (d.name != "c" && d.name != "char") return false;
    const std::string_view what = d.arguments;
    if (what == "S|") return put("$"), true;
    if (what == "'g") return put("`"), true;
    if (what == "-(") return put("{"), true;
    if (what == ")-") return put("}"), true;
    if (what == "|") return put("|"), true;
    if (what == "-") return put("-"), true;
    if (is_one_of(what, kCorners)) return put("+"), true;
    std::string_view digits = what;
    if (starts_with_icase(digits, "0x")) {
      digits.remove_prefix(2);
      unsigned code = 0;
      for (char c : digits) {
        const std::size_t digit =
            std::string_view("0123456789abcdef").find(lower({&c, 1}));
        if (digit == std::string_view::npos || code > 255) return false;
        code = code * 16 + static_cast<unsigned>(digit);
      }
      return put_code(code);
    }
    const auto code = to_integer(digits);
    return code && put_code(static_cast<unsigned>(std::clamp(*code, 0LL, 256LL)));
  }

  bool put_code(unsigned code) {
    if (code == 0 || code > 255) return false;
    if (code < 0x80) {
      put(std::string(1, static_cast<char>(code)));
    } else {
      const char bytes[] = {static_cast<char>(0xc0 | (code >> 6)),
                            static_cast<char>(0x80 | (code & 0x3f))};
      put(std::string_view(bytes, 2));
    }
    return true;
  }

  /// {p first others right}: the rest of the text, up to {p_end}, wrapped.
  bool paragraph(const Directive& d, std::string_view rest) {
    if (d.name != "p" && d.name != "pstd" && d.name != "phang" && d.name != "pin") {
      return false;
    }
    std::array<long long, 3> margin = {0, 0, 0};
    if (d.name == "pstd") margin = {4, 4, 2};
    if (d.name == "phang") margin = {4, 8, 2};
    if (d.name == "pin") margin = {8, 8, 2};
    std::size_t given = 0;
    for (const std::string& word : split_blank(d.arguments)) {
      if (given < 3) {
        margin[given++] = std::clamp(to_integer(word).value_or(0), 0LL, kMostColumns);
      }
    }
    const std::size_t end = rest.find("{p_end}");
    wrap(rendered(rest.substr(0, end)), margin);
    if (end != std::string_view::npos) render(rest.substr(end + 7));
    consumed_rest_ = true;
    return true;
  }

  void wrap(const std::string& text, const std::array<long long, 3>& margin) {
    const long long last = linesize_ - margin[2];
    put_many(" ", margin[0]);
    bool first_word = true;
    for (const std::string& word : split_blank(text)) {
      const auto length = static_cast<long long>(utf8_length(word));
      if (!first_word && column_ + length > last) {
        put("\n");
        put_many(" ", margin[1]);
      } else if (!first_word) {
        put(" ");
      }
      put(word);
      first_word = false;
    }
    if (!text.empty() && text.back() == '\n') put("\n");
  }

  std::string out_;
  int column_;
  int linesize_;
  int depth_ = 0;
  bool consumed_rest_ = false;
};

/// Where the last of these begins in `text`; -1 where none does.
std::ptrdiff_t last_of(std::string_view text,
                       std::initializer_list<std::string_view> all) {
  std::ptrdiff_t last = -1;
  for (std::string_view s : all) {
    const std::size_t at = text.rfind(s);
    if (at != text.npos) last = std::max(last, static_cast<std::ptrdiff_t>(at));
  }
  return last;
}

}  // namespace

bool leaves_paragraph_open(std::string_view text) {
  return last_of(text, {"{p}", "{p ", "{pstd}", "{phang}", "{pin}"}) >
         last_of(text, {"{p_end}"});
}

std::string smcl_to_text(std::string_view text, int column, int linesize) {
  if (text.find('{') == std::string_view::npos) return std::string(text);
  Renderer renderer(column, linesize);
  renderer.render(text);
  return renderer.take();
}

}  // namespace adohost
