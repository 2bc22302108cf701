// The kernels for processors with AVX2. Texts are the scalar ones: without masked loads
// of bytes nothing is gained on short texts.
#ifdef __AVX2__

#include "dta/kernels/packed_table.h"
#include "dta/kernels/tables.h"

namespace stata_pydata::dta {

const KernelTable kAvx2Kernels = packed_table(
    "avx2", write_texts_scalar, measure_texts_scalar, copy_texts_scalar, AllElements{});

}  // namespace stata_pydata::dta

#endif
