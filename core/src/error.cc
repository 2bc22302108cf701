#include "stata_pydata/error.h"

namespace stata_pydata {

int stata_rc(Fault fault) noexcept {
  switch (fault) {
    case Fault::invalid:
      return 198;
    case Fault::type:
      return 109;
    case Fault::range:
      return 459;
    case Fault::exists:
      return 602;
    case Fault::not_found:
      return 601;
    case Fault::denied:
      return 603;
    case Fault::damaged:
      return 459;
    case Fault::memory:
      return 909;
    case Fault::system:
      return 693;
  }
  return 693;
}

}  // namespace stata_pydata
