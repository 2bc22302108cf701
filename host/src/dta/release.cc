#include "dta/release.h"

#include <algorithm>
#include <iterator>

namespace adohost {
namespace {

constexpr DtaRelease kReleases[] = {
    // number, K, N, length of the data label, name, format, label, sort, v, o, expansion
    {108, 2, 4, 0, 9, 12, 81, 2, 0, 0, 2},    {110, 2, 4, 0, 33, 12, 81, 2, 0, 0, 4},
    {111, 2, 4, 0, 33, 12, 81, 2, 0, 0, 4},   {113, 2, 4, 0, 33, 12, 81, 2, 0, 0, 4},
    {114, 2, 4, 0, 33, 49, 81, 2, 0, 0, 4},   {115, 2, 4, 0, 33, 49, 81, 2, 0, 0, 4},
    {117, 2, 4, 1, 33, 49, 81, 2, 4, 4, 0},   {118, 2, 8, 2, 129, 57, 321, 2, 2, 8, 0},
    {119, 4, 8, 2, 129, 57, 321, 4, 3, 8, 0}, {120, 2, 8, 2, 129, 57, 321, 2, 2, 8, 0},
    {121, 4, 8, 2, 129, 57, 321, 4, 3, 8, 0},
};

}  // namespace

const DtaRelease* find_dta_release(int number) {
  const auto* found = std::find_if(
      std::begin(kReleases), std::end(kReleases),
      [number](const DtaRelease& release) { return release.number == number; });
  return found == std::end(kReleases) ? nullptr : found;
}

}  // namespace adohost
