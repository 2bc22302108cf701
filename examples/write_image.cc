// Writes a Stata data set of three variables: write_image FILE.dta
#include <fcntl.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <exception>

#include "stata_pydata/image_writer.h"

namespace dta = stata_pydata::dta;

int main(int argc, char** argv) try {
  if (argc != 2) return std::fprintf(stderr, "usage: write_image FILE.dta\n"), 2;
  const double income[] = {1250.5, NAN, 3100};
  const std::int64_t children[] = {0, 2, 1};
  const dta::TextSlice city[] = {{"Oslo"}, {"M\xC3\xBCnchen"}, {""}};

  dta::Schema schema;
  schema.data_label = "Three households";
  schema.variables.resize(3);
  schema.variables[0] = {"income", {}, "%9.2f", "Monthly income", ""};
  schema.variables[1] = {"children", {}, "", "", "count"};
  schema.variables[2].name = "city";
  schema.value_labels = {{"count", {{0, "none"}, {1, "one"}, {2, "two or more"}}}};

  const dta::InputVariable columns[] = {
      {dta::column_of(income)}, {dta::column_of(children)}, {dta::column_of(city)}};
  const auto plan = dta::plan_image(schema, columns);
  const int file = ::open(argv[1], O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (file < 0) return std::perror(argv[1]), 1;
  dta::write_image(*plan, file);
  return ::close(file);
} catch (const std::exception& error) {
  return std::fprintf(stderr, "write_image: %s\n", error.what()), 1;
}
