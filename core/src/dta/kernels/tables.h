// The kernel tables, and the text kernels that several of them share.
#pragma once

#include "stata_pydata/kernels.h"

namespace stata_pydata::dta {

extern const KernelTable kScalarKernels;
#ifdef __x86_64__
extern const KernelTable kAvx2Kernels, kAvx512Kernels;
#endif

void write_texts_scalar(const TextSlice* texts, std::int64_t count, std::int64_t width,
                        Cells to) noexcept;
TextBytes measure_texts_scalar(Elements cells, std::int64_t count, std::int64_t width,
                               std::int64_t* sizes) noexcept;
void copy_texts_scalar(Elements cells, std::int64_t count, const std::int64_t* offsets,
                       char* bytes) noexcept;

}  // namespace stata_pydata::dta
