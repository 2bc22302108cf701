#include "plugin/interface_table.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace adohost {
namespace {

constexpr std::array<std::string_view, kSlots> kNames = {
    "spoutsml",   "spoutnosml", "spoutflush",  "set_outputlevel", "get_input",
    "pollstd",    "pollnow",    "safereforms", "safereforml",     "gettok",
    "macresave",  "macuse",     "scalaruse",   "scalarsave",      "matrixstore",
    "matrixload", "matrixinfo", "matrixel",    "matsize",         "data",
    "safedata",   "nobs",       "nvar",        "missval",         "ismissing",
    "stfindvar",  "isstr",      "abvarfcn",    "stopflag",        "stround",
    "stsqrt",     "stpow",      "stlog",       "stexp",           "strandom",
    "store",      "safestore",  "sstore",      "selobs",          "nobs1",
    "nobs2",      "nvars",      "spouterr",    "safematel",       "safematstore",
    "matel",      "matstore",   "safevdata",   "vdata",           "colsof",
    "rowsof",     "scalsave",   "sdata",       "major",           "isstrl",
    "isbinary",   "sdatalen",   "strldata"};

template <std::size_t slot>
[[noreturn]] void trap() {
  std::fprintf(stderr,
               "adohost: a plugin called %s() of the plugin interface, which no plugin "
               "header documents\n",
               kNames[slot].data());
  std::abort();
}

template <std::size_t... slots>
constexpr std::array<Trap, kSlots> make_traps(std::index_sequence<slots...>) {
  return {&trap<slots>...};
}

}  // namespace

std::string_view slot_name(std::size_t slot) {
  return kNames[slot];
}

void fill_with_traps(InterfaceTable* table) {
  constexpr auto traps = make_traps(std::make_index_sequence<kSlots>{});
  std::memcpy(table, traps.data(), sizeof *table);
}

}  // namespace adohost
