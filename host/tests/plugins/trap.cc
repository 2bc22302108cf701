// Calls a member that no plugin header offers: plugin call trap, gettok
#include <cstring>

#include "spi.h"

namespace {
ST_plugin* stata;
}

SPI_EXPORT int pginit(ST_plugin* table) {
  stata = table;
  return SPI_PGINIT_VALUE;
}

SPI_EXPORT int stata_call(int argc, char* argv[]) {
  if (argc != 1) return 198;
  if (std::strcmp(argv[0], "gettok") == 0) return stata->gettok();
  if (std::strcmp(argv[0], "stlog") == 0) return stata->stlog();
  if (std::strcmp(argv[0], "scalarsave") == 0) return stata->scalarsave();
  return 0;
}
