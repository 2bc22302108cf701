// Uses the interface from pginit, and counts its calls in a static: plugin call early
// Plain C, so that nothing keeps it from being unloaded.
#include <cstdio>

#include "spi.h"

namespace {

ST_plugin* stata;
int calls = 0;

void say(const char* format, int n) {
  char text[80];
  std::snprintf(text, sizeof text, format, n);
  stata->spoutsml(text);
}

}  // namespace

SPI_EXPORT int pginit(ST_plugin* table) {
  stata = table;
  say("loaded with %d observations\n", stata->nobs());
  return SPI_PGINIT_VALUE;
}

SPI_EXPORT int stata_call(int, char*[]) {
  say("call %d\n", ++calls);
  return 0;
}
