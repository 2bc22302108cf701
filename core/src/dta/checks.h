// The parts of check_image. Each takes an image that parse_image has taken.
#pragma once

#include <string>
#include <vector>

#include "dta/parsed_image.h"
#include "stata_pydata/image_check.h"

namespace stata_pydata::dta {

/// Keeps at most 1,000 findings; an error finds room even where warnings fill it.
class Findings {
 public:
  void error(std::int64_t offset, const std::string& sentence) {
    add({Severity::error, offset, sentence});
  }
  void warning(std::int64_t offset, const std::string& sentence) {
    add({Severity::warning, offset, sentence});
  }
  std::vector<Finding> take() { return std::move(found_); }

 private:
  void add(Finding finding);

  std::vector<Finding> found_;
  bool failed_ = false;
};

/// Map, fields and tables as bytes: what the schema no longer shows.
void check_stored(const ParsedImage& parsed, Findings& findings);
/// Names, labels, formats, characteristics, label sets.
void check_schema(const ParsedImage& parsed, Findings& findings);
/// Every number against its range, every text's slack.
void check_cells(const ParsedImage& parsed, int threads, Findings& findings);
/// strLs and the cells that refer to them.
void check_strls(const ParsedImage& parsed, Findings& findings);
/// Whether the rows are sorted as the sort list says.
void check_order(const ParsedImage& parsed, int threads, Findings& findings);

}  // namespace stata_pydata::dta
