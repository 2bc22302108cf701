// The table of Stata's plugin interface as the test plugins see it: their own copy of the
// layout (docs/spi.md), so that the host is not tested against itself. SPI_VERSION 2
// gives the older table of 424 bytes; SPI_FAST calls the members that check nothing.
#pragma once

#ifndef SPI_VERSION
#define SPI_VERSION 3
#endif

typedef unsigned char spi_bool;
typedef int (*spi_unused)();

struct ST_plugin {
  int (*spoutsml)(char*);
  spi_unused spoutnosml, spoutflush, set_outputlevel, get_input;
  int (*pollstd)();
  int (*pollnow)();
  spi_unused safereforms, safereforml, gettok;
  int (*macresave)(char*, char*);
  int (*macuse)(char*, char*, int);
  int (*scalaruse)(char*, double*);
  spi_unused scalarsave, matrixstore, matrixload, matrixinfo, matrixel;
  int matsize;
  spi_unused data, safedata;
  int (*nobs)();
  int (*nvar)();
  double missval;
  spi_bool (*ismissing)(double);
  int (*stfindvar)(char*, int);
  spi_bool (*isstr)(int);
  spi_unused abvarfcn;
  int* stopflag;
  spi_unused stround, stsqrt, stpow, stlog, stexp, strandom;
  int (*store)(int, int, double);
  int (*safestore)(int, int, double);
  int (*sstore)(int, int, char*);
  spi_bool (*selobs)(int);
  int (*nobs1)();
  int (*nobs2)();
  int (*nvars)();
  int (*spouterr)(char*);
  int (*safematel)(char*, int, int, double*);
  int (*safematstore)(char*, int, int, double);
  int (*matel)(char*, int, int, double*);
  int (*matstore)(char*, int, int, double);
  int (*safevdata)(int, int, double*);
  int (*vdata)(int, int, double*);
  int (*colsof)(char*);
  int (*rowsof)(char*);
  int (*scalsave)(char*, double);
  int (*sdata)(int, int, char*);
#if SPI_VERSION >= 3
  short major, minor;
  spi_bool (*isstrl)(int);
  spi_bool (*isbinary)(int, int);
  int (*sdatalen)(int, int);
  int (*strldata)(int, int, char*, int);
#endif
};
static_assert(sizeof(ST_plugin) == (SPI_VERSION >= 3 ? 464 : 424));

#define SPI_EXPORT extern "C" __attribute__((visibility("default")))
#define SPI_PGINIT_VALUE (SPI_VERSION >= 3 ? 0x3 : 0x2)

#ifdef SPI_FAST
#define SPI_MODE(safe, fast) fast
#else
#define SPI_MODE(safe, fast) safe
#endif
