// Prints the variables of a Stata data set and their means: read_image FILE.dta
#include <cmath>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "stata_pydata/image_reader.h"

namespace dta = stata_pydata::dta;

namespace {

double mean_of(const dta::ImageReader& reader, std::int64_t variable) {
  std::vector<double> values(static_cast<std::size_t>(reader.observations()));
  const dta::NumberDestination to{.values = reinterpret_cast<std::byte*>(values.data()),
                                  .stride = sizeof(double)};
  const dta::NumberRequest request{variable, to};
  reader.read_numbers({&request, 1}, {.count = reader.observations()});
  double sum = 0, count = 0;
  for (const double value : values)
    if (!std::isnan(value)) sum += value, ++count;  // missing values are NaNs
  return sum / count;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 2) return std::fprintf(stderr, "usage: read_image FILE.dta\n"), 2;
  std::ifstream file(argv[1], std::ios::binary);
  if (!file) return std::perror(argv[1]), 1;
  const std::string image{std::istreambuf_iterator<char>(file), {}};
  const dta::ImageReader reader(std::as_bytes(std::span(image)));

  std::printf("%lld observations\n", static_cast<long long>(reader.observations()));
  std::int64_t index = 0;
  for (const auto& variable : reader.schema().variables) {
    std::printf("%-12s %-8s %s\n", variable.name.c_str(),
                dta::type_name(variable.type).c_str(), variable.label.c_str());
    if (variable.type.is_numeric())
      std::printf("%-12s mean %g\n", "", mean_of(reader, index));
    ++index;
  }
  return 0;
} catch (const std::exception& error) {
  return std::fprintf(stderr, "read_image: %s\n", error.what()), 1;
}
