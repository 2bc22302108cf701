// `probe`: one entry of the interface called as certify.do asks, with what it answered in
// locals of the caller. It is how the beliefs of docs/spi.md are tried on a real Stata;
// nothing else uses it. Indices are checked here, since Stata's own entries don't.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "commands.h"
#include "segment_plan.h"

namespace stata_pydata {
namespace {

constexpr int kInvalidSyntax = 198;

[[noreturn]] void refuse(const std::string& sentence) {
  throw Refusal(kInvalidSyntax, "probe: " + sentence);
}

int index(const std::string& word, int count, const char* what) {
  char* end = nullptr;
  const long number = std::strtol(word.c_str(), &end, 10);
  if (word.empty() || *end != '\0' || number < 1 || number > count)
    refuse("there is no " + std::string(what) + " " + word);
  return static_cast<int>(number);
}

struct Cell {
  int variable, observation;
};

Cell cell(const Stata& stata, const Words& words) {
  return {index(words[0], stata.variables(), "variable"),
          index(words[1], stata.observations(), "observation")};
}

/// A number as C writes it: 0x1p1023, 1e308, nan, -inf.
double number(const std::string& word) {
  char* end = nullptr;
  const double value = std::strtod(word.c_str(), &end);
  if (word.empty() || *end != '\0') refuse("\"" + word + "\" is no number");
  return value;
}

void answer(const Stata& stata, const char* name, int value) {
  stata.set_local(name, std::to_string(value));
}

/// What the tables say of themselves: both counts of variables, the value of `.` and the
/// words that have arrived.
void counts(const Stata& stata, const Words& words) {
  const spi::Table& table = stata.table();
  char missing[40];
  std::snprintf(missing, sizeof missing, "%a", table.missing);
  stata.set_local("missing", missing);
  answer(stata, "spi_version", table.major);
  answer(stata, "observations", table.observations());
  answer(stata, "dataset_variables", table.dataset_variables());
  answer(stata, "call_variables", table.call_variables());
  answer(stata, "words", static_cast<int>(words.size()));
  std::size_t bytes = 0;
  for (const std::string& word : words) bytes += word.size();
  answer(stata, "bytes", static_cast<int>(bytes));
}

void store(const Stata& stata, const Words& words) {
  const Cell at = cell(stata, words);
  answer(stata, "rc", stata.store(at.variable, at.observation, number(words[2])));
}

void store_text(const Stata& stata, const Words& words) {
  const Cell at = cell(stata, words);
  std::string text = words[2];
  answer(stata, "rc",
         stata.table().store_string(at.variable, at.observation, text.data()));
}

/// A macro of so many bytes is set; how many come back through a buffer that is large
/// enough, and through one of 8 bytes.
void macro(const Stata& stata, const Words& words) {
  const int bytes = index(words[0], 1 << 30, "length of");
  stata.set_local("long", std::string(static_cast<std::size_t>(bytes), 'x'));
  answer(stata, "bytes", static_cast<int>(stata.local("long", bytes).size()));
  answer(stata, "cut", static_cast<int>(stata.local("long", 7).size()));
}

/// The return code and the text of a local that the caller doesn't have.
void absent(const Stata& stata, const Words&) {
  char name[] = "_nosuch", buffer[8] = "unset";
  answer(stata, "rc", stata.table().macro_use(name, buffer, sizeof buffer));
  stata.set_local("text", std::string(buffer, strnlen(buffer, sizeof buffer)));
}

/// Picoseconds per cell of storing zeros in all variables, observation by observation and
/// variable by variable.
void order(const Stata& stata, const Words&) {
  const int rows = stata.observations(), columns = stata.variables();
  const auto timed = [&](auto store_all) {
    const auto start = std::chrono::steady_clock::now();
    store_all();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    const double cells = std::max(1.0, static_cast<double>(rows) * columns);
    return static_cast<int>(took.count() / cells * 1e12);
  };
  answer(stata, "by_observation", timed([&] {
           for (int row = 1; row <= rows; ++row)
             for (int column = 1; column <= columns; ++column)
               stata.store(column, row, 0);
         }));
  answer(stata, "by_variable", timed([&] {
           for (int column = 1; column <= columns; ++column)
             for (int row = 1; row <= rows; ++row) stata.store(column, row, 0);
         }));
}

void display(const Stata& stata, const Words& words) {
  stata.display(words[0]);
}
void error(const Stata& stata, const Words& words) {
  stata.error(words[0]);
}

struct Row {
  std::string_view word;
  std::size_t least, most;  // words behind it
  void (*run)(const Stata&, const Words&);
};

constexpr std::size_t kAny = static_cast<std::size_t>(-1);
constexpr std::array<Row, 8> kProbes{{{"counts", 0, kAny, counts},
                                      {"store", 3, 3, store},
                                      {"store_text", 3, 3, store_text},
                                      {"macro", 1, 1, macro},
                                      {"absent", 0, 0, absent},
                                      {"order", 0, 0, order},
                                      {"display", 1, 1, display},
                                      {"error", 1, 1, error}}};

}  // namespace

int probe_command(const Stata& stata, const Words& words) {
  for (const Row& row : kProbes) {
    if (words.empty() || row.word != words[0]) continue;
    const Words rest(words.begin() + 1, words.end());
    if (rest.size() < row.least || rest.size() > row.most)
      refuse("wrong number of words behind " + words[0]);
    row.run(stata, rest);
    return 0;
  }
  refuse(words.empty() ? "nothing to try" : "there is no probe " + words[0]);
}

}  // namespace stata_pydata
