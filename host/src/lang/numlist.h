// Numlists ([U] 11.1.8): `1 2 3`, `1/5`, `1(2)9`, `1[2]9`, `1 2 to 9`, `5/1`, missing values.
#pragma once

#include <string_view>
#include <vector>

namespace adohost {

class Session;

/// The numbers in order. Throws 121 invalid numlist and its relatives (122-127).
std::vector<double> parse_numlist(Session& session, std::string_view text);

}  // namespace adohost
