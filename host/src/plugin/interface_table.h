// The table of functions and values that a plugin gets from its host: 464 bytes on x86-64
// and arm64, the first 424 of which are the whole table of plugins built for
// interface 2.0 (docs/spi.md). Written from the published layout; nothing here is
// StataCorp's header.
#pragma once

#include <cstddef>
#include <string_view>

namespace adohost {

using Boolean = unsigned char;
using Trap = void (*)();  // a member that no official macro uses: calling it aborts

struct InterfaceTable {
  int (*spoutsml)(char* smcl);
  Trap spoutnosml, spoutflush, set_outputlevel, get_input;
  int (*pollstd)();
  int (*pollnow)();
  Trap safereforms, safereforml, gettok;
  int (*macresave)(char* name, char* value);
  int (*macuse)(char* name, char* buffer, int size);
  int (*scalaruse)(char* name, double* value);
  Trap scalarsave;
  Trap matrixstore, matrixload, matrixinfo, matrixel;
  int matsize;
  Trap data, safedata;
  int (*nobs)();
  int (*nvar)();
  double missval;
  Boolean (*ismissing)(double x);
  int (*stfindvar)(char* name, int abbreviate);
  Boolean (*isstr)(int variable);
  Trap abvarfcn;
  int* stopflag;
  Trap stround, stsqrt, stpow, stlog, stexp, strandom;
  int (*store)(int variable, int obs, double x);
  int (*safestore)(int variable, int obs, double x);
  int (*sstore)(int variable, int obs, char* text);
  Boolean (*selobs)(int obs);
  int (*nobs1)();
  int (*nobs2)();
  int (*nvars)();
  int (*spouterr)(char* smcl);
  int (*safematel)(char* name, int row, int col, double* x);
  int (*safematstore)(char* name, int row, int col, double x);
  int (*matel)(char* name, int row, int col, double* x);
  int (*matstore)(char* name, int row, int col, double x);
  int (*safevdata)(int variable, int obs, double* x);
  int (*vdata)(int variable, int obs, double* x);
  int (*colsof)(char* name);
  int (*rowsof)(char* name);
  int (*scalsave)(char* name, double x);
  int (*sdata)(int variable, int obs, char* buffer);
  // Interface 2.0 ends here.
  short major;
  short minor;
  Boolean (*isstrl)(int variable);
  Boolean (*isbinary)(int variable, int obs);
  int (*sdatalen)(int variable, int obs);
  int (*strldata)(int variable, int obs, char* buffer, int size);
};

inline constexpr std::size_t kSlots = 58;  // of 8 bytes, the values included

/// The slot of a member, for counters and messages: ADOHOST_SLOT(vdata) is 48.
#define ADOHOST_SLOT(member) (offsetof(::adohost::InterfaceTable, member) / 8)

/// The name of the member in a slot.
std::string_view slot_name(std::size_t slot);

/// Fills every slot with its own trap: a function that names the member and aborts.
void fill_with_traps(InterfaceTable* table);

static_assert(sizeof(void*) == 8 && sizeof(InterfaceTable) == 8 * kSlots);
#define ADOHOST_AT(member, offset) \
  static_assert(offsetof(InterfaceTable, member) == (offset))
ADOHOST_AT(spoutsml, 0);
ADOHOST_AT(spoutnosml, 8);
ADOHOST_AT(spoutflush, 16);
ADOHOST_AT(set_outputlevel, 24);
ADOHOST_AT(get_input, 32);
ADOHOST_AT(pollstd, 40);
ADOHOST_AT(pollnow, 48);
ADOHOST_AT(safereforms, 56);
ADOHOST_AT(safereforml, 64);
ADOHOST_AT(gettok, 72);
ADOHOST_AT(macresave, 80);
ADOHOST_AT(macuse, 88);
ADOHOST_AT(scalaruse, 96);
ADOHOST_AT(scalarsave, 104);
ADOHOST_AT(matrixstore, 112);
ADOHOST_AT(matrixload, 120);
ADOHOST_AT(matrixinfo, 128);
ADOHOST_AT(matrixel, 136);
ADOHOST_AT(matsize, 144);
ADOHOST_AT(data, 152);
ADOHOST_AT(safedata, 160);
ADOHOST_AT(nobs, 168);
ADOHOST_AT(nvar, 176);
ADOHOST_AT(missval, 184);
ADOHOST_AT(ismissing, 192);
ADOHOST_AT(stfindvar, 200);
ADOHOST_AT(isstr, 208);
ADOHOST_AT(abvarfcn, 216);
ADOHOST_AT(stopflag, 224);
ADOHOST_AT(stround, 232);
ADOHOST_AT(stsqrt, 240);
ADOHOST_AT(stpow, 248);
ADOHOST_AT(stlog, 256);
ADOHOST_AT(stexp, 264);
ADOHOST_AT(strandom, 272);
ADOHOST_AT(store, 280);
ADOHOST_AT(safestore, 288);
ADOHOST_AT(sstore, 296);
ADOHOST_AT(selobs, 304);
ADOHOST_AT(nobs1, 312);
ADOHOST_AT(nobs2, 320);
ADOHOST_AT(nvars, 328);
ADOHOST_AT(spouterr, 336);
ADOHOST_AT(safematel, 344);
ADOHOST_AT(safematstore, 352);
ADOHOST_AT(matel, 360);
ADOHOST_AT(matstore, 368);
ADOHOST_AT(safevdata, 376);
ADOHOST_AT(vdata, 384);
ADOHOST_AT(colsof, 392);
ADOHOST_AT(rowsof, 400);
ADOHOST_AT(scalsave, 408);
ADOHOST_AT(sdata, 416);
ADOHOST_AT(major, 424);
ADOHOST_AT(minor, 426);
ADOHOST_AT(isstrl, 432);
ADOHOST_AT(isbinary, 440);
ADOHOST_AT(sdatalen, 448);
ADOHOST_AT(strldata, 456);
#undef ADOHOST_AT

}  // namespace adohost
