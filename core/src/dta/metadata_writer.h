// The sections of an image other than its cells and strLs.
#pragma once

#include "dta/image_target.h"
#include "stata_pydata/dataset_schema.h"
#include "stata_pydata/image_layout.h"

namespace stata_pydata::dta {

/// Everything from behind the first tag to the first cell, and the tags and label sets
/// behind the cells. The schema has passed its checks; the layout is the schema's.
void write_metadata(const Schema& schema, const ImageLayout& layout,
                    const ImageTarget& target);

/// The image's first tag, which makes it one: cleared first, written last.
void clear_first_tag(const ImageTarget& target);
void write_first_tag(const ImageTarget& target);

}  // namespace stata_pydata::dta
