// ArrowSchema.metadata: the count of pairs, then each key and value behind its length, as
// native 32-bit integers (Arrow specification, "The Arrow C data interface").
#pragma once

#include "stata_pydata/arrow_input.h"

namespace stata_pydata::dta {

std::string encoded_metadata(const ArrowMetadata& metadata);
/// Of a null pointer none. Lengths are trusted, as the interface asks.
ArrowMetadata decoded_metadata(const char* metadata);

}  // namespace stata_pydata::dta
