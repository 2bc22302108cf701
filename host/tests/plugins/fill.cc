// Fills every variable of the call from `threads` threads, each its own rows:
//   plugin call fill x y, threads [rounds]    value of row j, variable i: 1000 * i + j
//   plugin call fill s, threads text          texts "r<j>" into str# variables
//   plugin call fill x, threads read          reads all cells, sums in scalar `total`
//   plugin call fill x, threads stripes       stores and reads back every threads-th row:
//                                             9 where a cell holds something else
//   plugin call fill x, threads display       prints from each thread: not allowed
//   anywhere
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "spi.h"

namespace {

ST_plugin* stata;

struct Rows {
  int first, last;
};

void store_rows(Rows rows) {
  for (int j = rows.first; j <= rows.last; ++j) {
    for (int i = 1; i <= stata->nvars(); ++i) {
      SPI_MODE(stata->safestore, stata->store)(i, j, 1000.0 * i + j);
    }
  }
}

void store_texts(Rows rows) {
  for (int j = rows.first; j <= rows.last; ++j) {
    std::string text = "r" + std::to_string(j);
    for (int i = 1; i <= stata->nvars(); ++i) stata->sstore(i, j, text.data());
  }
}

double read_rows(Rows rows) {
  double sum = 0;
  for (int j = rows.first; j <= rows.last; ++j) {
    for (int i = 1; i <= stata->nvars(); ++i) {
      double x = 0;
      SPI_MODE(stata->safevdata, stata->vdata)(i, j, &x);
      if (!stata->ismissing(x)) sum += x;
    }
  }
  return sum;
}

template <typename Work>
void on_threads(int threads, Work work) {
  const int n = stata->nobs();
  std::vector<std::thread> all;
  for (int t = 0; t < threads; ++t) {
    const auto cut = [&](int k) {
      return static_cast<int>(static_cast<long long>(n) * k / threads);
    };
    const Rows rows{cut(t) + 1, cut(t + 1)};
    all.emplace_back([work, rows, t] { work(t, rows); });
  }
  for (std::thread& thread : all) thread.join();
}

/// Thread t has the rows t + 1, t + 1 + threads ...: its neighbours' cells lie beside its
/// own. Returns how many cells do not hold what was stored.
int stripe(int t, int threads) {
  int wrong = 0;
  for (int j = t + 1; j <= stata->nobs(); j += threads) {
    for (int i = 1; i <= stata->nvars(); ++i) {
      double x = 0;
      SPI_MODE(stata->safestore, stata->store)(i, j, j % 100);
      SPI_MODE(stata->safevdata, stata->vdata)(i, j, &x);
      wrong += x != j % 100;
    }
  }
  return wrong;
}

int stripes(int threads) {
  std::vector<int> wrong(threads);
  on_threads(threads, [&wrong, threads](int t, Rows) { wrong[t] = stripe(t, threads); });
  for (const int cells : wrong) {
    if (cells > 0) return 9;
  }
  return 0;
}

int read_all(int threads) {
  std::vector<double> sums(threads);
  on_threads(threads, [&sums](int t, Rows rows) { sums[t] = read_rows(rows); });
  double total = 0;
  for (const double sum : sums) total += sum;
  char name[] = "total";
  return stata->scalsave(name, total);
}

}  // namespace

SPI_EXPORT int pginit(ST_plugin* table) {
  stata = table;
  return SPI_PGINIT_VALUE;
}

SPI_EXPORT int stata_call(int argc, char* argv[]) {
  const int threads = argc > 0 ? std::atoi(argv[0]) : 0;
  if (threads < 1 || threads > 64) return 198;
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "read") return read_all(threads);
  if (what == "stripes") return stripes(threads);
  on_threads(threads, [what](int, Rows rows) {
    char line[] = "from a thread\n";
    if (what == "text") {
      store_texts(rows);
    } else if (what == "display") {
      stata->spoutsml(line);
    } else {
      store_rows(rows);
    }
  });
  return 0;
}
