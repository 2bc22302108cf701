// The storage type of a column, of numbers or of texts, and whether its values fit it.
#pragma once

#include <cstdint>

#include "dta/column_scan.h"
#include "dta/plan_parts.h"

namespace stata_pydata::dta {

CellSource source_of(const InputColumn& column, const KernelTable& kernels);

/// The type that `input` asks for, Variable::type being the declared one. Throws as
/// plan_image() for values that can't be stored. Stops early, with any type, when
/// `options.stop` gives up.
VariableType settled_type(const Variable& variable, const CellSource& source,
                          const InputVariable& input, const ColumnFacts& facts,
                          std::int64_t rows, const WriteOptions& options);

}  // namespace stata_pydata::dta
