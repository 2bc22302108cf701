// Has no stata_call.
#include "spi.h"

SPI_EXPORT int pginit(ST_plugin*) {
  return SPI_PGINIT_VALUE;
}
