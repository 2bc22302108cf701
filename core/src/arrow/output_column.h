// What each variable of an image becomes in Arrow.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "arrow/exported.h"
#include "arrow/label_places.h"
#include "stata_pydata/arrow_output.h"

namespace stata_pydata::dta {

struct OutputColumn {
  enum class Kind : std::uint8_t { number, date, time, text, binary, dictionary };

  std::int64_t variable = 0;
  Kind kind = Kind::number;
  VariableType type;
  std::string name;
  /// Of a dictionary: the texts by value, and the place of each value among them.
  std::vector<std::string> labels;
  LabelPlaces places;

  bool is_text() const noexcept { return kind == Kind::text || kind == Kind::binary; }
  /// The numbers that are read of it, before dates and labels are made of them.
  NumberForm read_form() const noexcept;
  /// `views` as ArrowOutputOptions::text_views.
  std::string arrow_format(bool views) const;
};

/// Throws invalid for a variable that is not there or is an alias, damaged where the
/// strLs are.
std::vector<OutputColumn> plan_columns(const ImageReader& reader,
                                       const std::vector<std::int64_t>& variables,
                                       const ArrowOutputOptions& options);

UniqueArrow<ArrowSchema> arrow_schema_of(const std::vector<OutputColumn>& columns,
                                         const ArrowOutputOptions& options);

}  // namespace stata_pydata::dta
