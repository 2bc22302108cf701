// Structs of the C interfaces that own what they point to and release it themselves.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "arrow/arrow_buffer.h"
#include "arrow/arrow_owned.h"
#include "stata_pydata/arrow_output.h"

namespace stata_pydata::dta {

struct SchemaParts {
  std::string format, name;
  ArrowMetadata metadata = {};
  std::int64_t flags = 0;
  std::vector<UniqueArrow<ArrowSchema>> children = {};
  std::vector<UniqueArrow<ArrowSchema>> dictionary = {};  // none or one
};
UniqueArrow<ArrowSchema> make_schema(SchemaParts parts);

struct ArrayParts {
  std::int64_t length = 0, null_count = 0;
  std::vector<ArrowBuffer> buffers;  // an empty one is a null pointer
  std::vector<UniqueArrow<ArrowArray>> children;
  std::vector<UniqueArrow<ArrowArray>> dictionary;  // none or one
};
UniqueArrow<ArrowArray> make_array(ArrayParts parts);

}  // namespace stata_pydata::dta
