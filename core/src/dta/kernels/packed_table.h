// The table of the loops of packed_*.h.
#pragma once

#include "dta/kernels/packed_interleave.h"
#include "dta/kernels/packed_read.h"
#include "dta/kernels/packed_scan.h"
#include "dta/kernels/packed_write.h"

namespace stata_pydata::dta {
namespace {

template <typename In>
constexpr std::array<WriteNumbers, kNumericStorages> kPackedWriteRow = {
    write_numbers_packed<In, std::int8_t>, write_numbers_packed<In, std::int16_t>,
    write_numbers_packed<In, std::int32_t>, write_numbers_packed<In, float>,
    write_numbers_packed<In, double>};

template <typename Cell, typename Form>
constexpr ReadNumbers packed_read_kernel() noexcept {
  if constexpr (kHolds<Cell, Form>)
    return read_numbers_packed<Cell, Form>;
  else
    return nullptr;
}

template <typename Cell>
constexpr std::array<ReadNumbers, kNumberForms> kPackedReadRow = {
    packed_read_kernel<Cell, std::int8_t>(),  packed_read_kernel<Cell, std::int16_t>(),
    packed_read_kernel<Cell, std::int32_t>(), packed_read_kernel<Cell, std::int64_t>(),
    packed_read_kernel<Cell, float>(),        packed_read_kernel<Cell, double>()};

/// A table of these loops; the kernels of texts are the caller's.
template <typename... In>
constexpr KernelTable packed_table(std::string_view name, WriteTexts write_texts,
                                   MeasureTexts measure_texts, CopyTexts copy_texts,
                                   ElementList<In...>) {
  return {name,
          {kPackedWriteRow<In>...},
          {scan_numbers_packed<In>...},
          {kPackedReadRow<std::int8_t>, kPackedReadRow<std::int16_t>,
           kPackedReadRow<std::int32_t>, kPackedReadRow<float>, kPackedReadRow<double>},
          {interleave_tiles<1>, interleave_tiles<2>},
          deinterleave_tiles,
          write_texts,
          measure_texts,
          copy_texts};
}

}  // namespace
}  // namespace stata_pydata::dta
