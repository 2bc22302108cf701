// Refuses to start: pginit returns what is no version of the interface.
#include "spi.h"

SPI_EXPORT int pginit(ST_plugin*) {
  return 0;
}
SPI_EXPORT int stata_call(int, char*[]) {
  return 0;
}
