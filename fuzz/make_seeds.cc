// Writes the small images of the tests as seeds for the fuzzers: make_seeds FOLDER
#include <filesystem>
#include <fstream>

#include "dta/raw_image.h"

namespace dta = stata_pydata::dta;

int main(int count, char** arguments) {
  if (count != 2) return 2;
  const std::filesystem::path folder = arguments[1];
  std::filesystem::create_directories(folder);
  for (const int release : {113, 114, 115, 117, 118, 119, 120, 121})
    for (const bool big : {false, true}) {
      const std::string name = std::to_string(release) + (big ? "_big" : "_little");
      std::ofstream file(folder / (name + ".dta"), std::ios::binary);
      file << dta::every_type(release, big).bytes();
    }
  return 0;
}
