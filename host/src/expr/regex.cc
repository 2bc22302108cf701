#include "expr/regex.h"

#include <algorithm>

#include "base/text.h"

namespace adohost {

namespace {

constexpr std::size_t kLongestProgram = 20000;
constexpr int kDeepest = 200;
constexpr int kMostRepeats = 255;

struct NamedClass {
  std::string_view name;
  bool (*has)(unsigned char);
};

bool is_lower(unsigned char c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(unsigned char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_alpha(unsigned char c) {
  return is_lower(c) || is_upper(c);
}
bool is_digit(unsigned char c) {
  return c >= '0' && c <= '9';
}
bool is_alnum(unsigned char c) {
  return is_alpha(c) || is_digit(c);
}
bool is_word(unsigned char c) {
  return is_alnum(c) || c == '_';
}
bool is_space(unsigned char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
bool is_punct(unsigned char c) {
  return c > ' ' && c < 0x7f && !is_alnum(c);
}
bool is_xdigit(unsigned char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool is_blank(unsigned char c) {
  return c == ' ' || c == '\t';
}

constexpr NamedClass kClasses[] = {
    {"alpha", is_alpha}, {"digit", is_digit},  {"alnum", is_alnum}, {"space", is_space},
    {"lower", is_lower}, {"upper", is_upper},  {"punct", is_punct}, {"blank", is_blank},
    {"word", is_word},   {"xdigit", is_xdigit}};

std::bitset<256> bytes_where(bool (*has)(unsigned char)) {
  std::bitset<256> set;
  for (int c = 0; c < 256; ++c) set[c] = has(static_cast<unsigned char>(c));
  return set;
}

/// The class of `\d`, `\W` and so on.
std::optional<std::bitset<256>> escaped_class(char c) {
  bool (*has)(unsigned char) = nullptr;
  const char kind = lower({&c, 1})[0];
  if (kind == 'd') has = is_digit;
  if (kind == 'w') has = is_word;
  if (kind == 's') has = is_space;
  if (!has) return {};
  const auto set = bytes_where(has);
  return c == kind ? set : ~set;
}

}  // namespace

/// Recursive descent from pattern to program. Every `parse_` returns false on a malformed
/// pattern.
class RegexCompiler {
 public:
  explicit RegexCompiler(std::string_view pattern) : p_(pattern) {}

  std::optional<Regex> compile() {
    save(0);
    if (!parse_alternatives(0) || at_ != p_.size()) return {};
    save(1);
    emit(Regex::Op::match);
    if (regex_.program_.size() > kLongestProgram) return {};
    return std::move(regex_);
  }

 private:
  using Op = Regex::Op;

  std::uint32_t here() const {
    return static_cast<std::uint32_t>(regex_.program_.size());
  }
  std::uint32_t emit(Op op, unsigned char byte = 0, std::uint32_t x = 0,
                     std::uint32_t y = 0) {
    regex_.program_.push_back({op, byte, x, y});
    return here() - 1;
  }
  void save(std::uint32_t slot) { emit(Op::save, 0, 0, slot); }
  bool more() const { return at_ < p_.size(); }

  void emit_set(const std::bitset<256>& set) {
    regex_.sets_.push_back(set);
    emit(Op::set, 0, static_cast<std::uint32_t>(regex_.sets_.size() - 1));
  }

  /// Makes room for one instruction at `at`; jumps behind it move along.
  void insert(std::uint32_t at, Regex::Instruction inserted) {
    for (std::uint32_t i = at; i < here(); ++i) shift(&regex_.program_[i], at);
    regex_.program_.insert(regex_.program_.begin() + at, inserted);
  }
  static void shift(Regex::Instruction* in, std::uint32_t from) {
    if (in->op != Op::split && in->op != Op::jump) return;
    if (in->x >= from) ++in->x;
    if (in->op == Op::split && in->y >= from) ++in->y;
  }

  bool parse_alternatives(int depth) {
    if (depth > kDeepest) return false;
    const std::uint32_t start = here();
    if (!parse_sequence(depth)) return false;
    if (!more() || p_[at_] != '|') return true;
    ++at_;
    insert(start, {Op::split, 0, start + 1, 0});
    const std::uint32_t jump = emit(Op::jump);
    regex_.program_[start].y = here();
    if (!parse_alternatives(depth + 1)) return false;
    regex_.program_[jump].x = here();
    return true;
  }

  bool parse_sequence(int depth) {
    while (more() && p_[at_] != '|' && p_[at_] != ')') {
      if (here() > kLongestProgram) return false;
      const std::uint32_t start = here();
      if (!parse_atom(depth) || !parse_repeat(start)) return false;
    }
    return true;
  }

  bool parse_atom(int depth) {
    const char c = p_[at_++];
    switch (c) {
      case '(':
        return parse_group(depth);
      case '[':
        return parse_brackets();
      case '.':
        emit(Op::any);
        return true;
      case '^':
        emit(Op::begin);
        return true;
      case '$':
        emit(Op::end);
        return true;
      case '*':
      case '+':
      case '?':
        return false;
      case '\\':
        return parse_escape();
      default:
        emit(Op::byte, static_cast<unsigned char>(c));
        return true;
    }
  }

  bool parse_escape() {
    if (!more()) return false;
    const char c = p_[at_++];
    if (const auto set = escaped_class(c)) {
      emit_set(*set);
    } else {
      emit(Op::byte, static_cast<unsigned char>(c == 't' ? '\t' : c == 'n' ? '\n' : c));
    }
    return true;
  }

  bool parse_group(int depth) {
    const bool plain = p_.substr(at_).starts_with("?:");
    if (plain) at_ += 2;
    const std::size_t number = plain ? 0 : ++regex_.groups_;
    const bool kept = !plain && number <= Regex::kMostGroups;
    if (kept) save(static_cast<std::uint32_t>(2 * number));
    if (!parse_alternatives(depth + 1)) return false;
    if (!more() || p_[at_++] != ')') return false;
    if (kept) save(static_cast<std::uint32_t>(2 * number + 1));
    return true;
  }

  bool parse_brackets() {
    std::bitset<256> set;
    const bool negated = more() && p_[at_] == '^';
    if (negated) ++at_;
    for (bool first = true;; first = false) {
      if (!more()) return false;
      if (p_[at_] == ']' && !first) break;
      if (!parse_bracket_item(&set)) return false;
    }
    ++at_;
    emit_set(negated ? ~set : set);
    return true;
  }

  bool parse_bracket_item(std::bitset<256>* set) {
    if (p_.substr(at_).starts_with("[:")) {
      const std::size_t close = p_.find(":]", at_);
      if (close == std::string_view::npos) return false;
      const std::string_view name = p_.substr(at_ + 2, close - at_ - 2);
      at_ = close + 2;
      const auto* named = std::find_if(std::begin(kClasses), std::end(kClasses),
                                       [&](const auto& c) { return c.name == name; });
      if (named == std::end(kClasses)) return false;
      *set |= bytes_where(named->has);
      return true;
    }
    auto low = static_cast<unsigned char>(p_[at_++]);
    if (low == '\\' && more()) {
      if (const auto inner = escaped_class(p_[at_])) {
        ++at_;
        *set |= *inner;
        return true;
      }
      low = static_cast<unsigned char>(p_[at_++]);
    }
    auto high = low;
    if (at_ + 1 < p_.size() && p_[at_] == '-' && p_[at_ + 1] != ']') {
      high = static_cast<unsigned char>(p_[at_ + 1]);
      at_ += 2;
    }
    if (high < low) return false;
    for (int c = low; c <= high; ++c) set->set(c);
    return true;
  }

  /// `*`, `+`, `?`, `{n,m}` after the atom that begins at `start`.
  bool parse_repeat(std::uint32_t start) {
    if (!more()) return true;
    int low = 1;
    int high = 1;
    if (p_[at_] == '*') {
      low = 0, high = -1, ++at_;
    } else if (p_[at_] == '+') {
      high = -1, ++at_;
    } else if (p_[at_] == '?') {
      low = 0, ++at_;
    } else if (p_[at_] == '{' && at_ + 1 < p_.size() &&
               is_digit(static_cast<unsigned char>(p_[at_ + 1]))) {
      if (!parse_counts(&low, &high)) return false;
    } else {
      return true;
    }
    bool greedy = true;
    if (more() && p_[at_] == '?') greedy = false, ++at_;
    if (more() && (p_[at_] == '*' || p_[at_] == '+')) return false;
    return repeat(start, low, high, greedy);
  }

  bool parse_counts(int* low, int* high) {
    ++at_;
    *low = parse_count();
    *high = *low;
    if (more() && p_[at_] == ',') {
      ++at_;
      *high = more() && p_[at_] == '}' ? -1 : parse_count();
    }
    if (!more() || p_[at_++] != '}') return false;
    return *low <= kMostRepeats && *high <= kMostRepeats && (*high < 0 || *low <= *high);
  }

  int parse_count() {
    int n = 0;
    while (more() && is_digit(static_cast<unsigned char>(p_[at_])) && n <= kMostRepeats) {
      n = n * 10 + (p_[at_++] - '0');
    }
    return n;
  }

  /// Copies of the atom: `low` that must match, then optional ones or a loop.
  bool repeat(std::uint32_t start, int low, int high, bool greedy) {
    const std::vector<Regex::Instruction> atom(regex_.program_.begin() + start,
                                               regex_.program_.end());
    const std::size_t copies = static_cast<std::size_t>(high < 0 ? low + 1 : high);
    if ((atom.size() + 2) * copies + start > kLongestProgram) return false;
    regex_.program_.resize(start);
    for (int i = 0; i < low; ++i) append(atom, start);
    if (high < 0) {
      const std::uint32_t split = emit(Op::split);
      append(atom, start);
      emit(Op::jump, 0, split);
      branch(split, split + 1, here(), greedy);
    } else {
      std::vector<std::uint32_t> splits;
      for (int i = low; i < high; ++i) {
        splits.push_back(emit(Op::split));
        append(atom, start);
      }
      for (const std::uint32_t split : splits) branch(split, split + 1, here(), greedy);
    }
    return true;
  }

  void branch(std::uint32_t split, std::uint32_t into, std::uint32_t past, bool greedy) {
    regex_.program_[split].x = greedy ? into : past;
    regex_.program_[split].y = greedy ? past : into;
  }

  /// Appends `atom`, whose jumps count from `origin`, at the end.
  void append(const std::vector<Regex::Instruction>& atom, std::uint32_t origin) {
    const std::uint32_t moved = here() - origin;
    for (Regex::Instruction in : atom) {
      if (in.op == Op::split || in.op == Op::jump) in.x += moved;
      if (in.op == Op::split) in.y += moved;
      regex_.program_.push_back(in);
    }
  }

  std::string_view p_;
  std::size_t at_ = 0;
  Regex regex_;
};

/// Follows all threads of the program through the text at once, best first.
class RegexMatcher {
 public:
  RegexMatcher(const Regex& regex, std::string_view text)
      : regex_(regex), text_(text), seen_(regex.program_.size(), 0) {}

  using Slots = std::array<std::size_t, 2 * (Regex::kMostGroups + 1)>;

  std::optional<Slots> search(std::size_t from) {
    std::vector<Thread> now, next;
    std::optional<Slots> best;
    for (std::size_t i = from; i <= text_.size(); ++i) {
      ++mark_;
      std::vector<Thread> entered;
      for (Thread& t : now) add(t.pc, t.slots, i, &entered);
      if (!best) {
        Slots fresh;
        fresh.fill(std::string_view::npos);
        add(0, fresh, i, &entered);
      }
      next.clear();
      for (const Thread& t : entered) {
        const auto& in = regex_.program_[t.pc];
        if (in.op == Regex::Op::match) {
          best = t.slots;
          break;
        }
        if (i < text_.size() && takes(in, static_cast<unsigned char>(text_[i]))) {
          next.push_back({t.pc + 1, t.slots});
        }
      }
      std::swap(now, next);
      if (best && now.empty()) break;
    }
    return best;
  }

 private:
  struct Thread {
    std::uint32_t pc;
    Slots slots;
  };

  bool takes(const Regex::Instruction& in, unsigned char c) const {
    return in.op == Regex::Op::any || (in.op == Regex::Op::byte && in.byte == c) ||
           (in.op == Regex::Op::set && regex_.sets_[in.x][c]);
  }

  /// Enters the thread at `pc`, through everything that reads no character. A stack of
  /// its own: patterns may be long.
  void add(std::uint32_t pc, const Slots& slots, std::size_t i, std::vector<Thread>* to) {
    std::vector<Thread> stack{{pc, slots}};
    while (!stack.empty()) {
      Thread t = stack.back();
      stack.pop_back();
      if (seen_[t.pc] == mark_) continue;
      seen_[t.pc] = mark_;
      const auto& in = regex_.program_[t.pc];
      switch (in.op) {
        case Regex::Op::jump:
          stack.push_back({in.x, t.slots});
          break;
        case Regex::Op::split:
          stack.push_back({in.y, t.slots});
          stack.push_back({in.x, t.slots});
          break;
        case Regex::Op::save:
          t.slots[in.y] = i;
          stack.push_back({t.pc + 1, t.slots});
          break;
        case Regex::Op::begin:
          if (i == 0) stack.push_back({t.pc + 1, t.slots});
          break;
        case Regex::Op::end:
          if (i == text_.size()) stack.push_back({t.pc + 1, t.slots});
          break;
        default:
          to->push_back(t);
      }
    }
  }

  const Regex& regex_;
  std::string_view text_;
  std::vector<std::size_t> seen_;
  std::size_t mark_ = 0;
};

std::optional<Regex> Regex::compile(std::string_view pattern) {
  return RegexCompiler(pattern).compile();
}

std::optional<std::vector<std::string>> Regex::search(std::string_view text,
                                                      std::size_t from,
                                                      std::size_t* begin,
                                                      std::size_t* end) const {
  const auto slots = RegexMatcher(*this, text).search(from);
  if (!slots) return {};
  std::vector<std::string> found;
  for (std::size_t g = 0; g <= std::min(groups_, kMostGroups); ++g) {
    const std::size_t first = (*slots)[2 * g];
    const std::size_t last = (*slots)[2 * g + 1];
    const bool took_part =
        first != std::string_view::npos && last != std::string_view::npos;
    found.emplace_back(took_part ? text.substr(first, last - first) : std::string_view());
  }
  if (begin) *begin = (*slots)[0];
  if (end) *end = (*slots)[1];
  return found;
}

}  // namespace adohost
