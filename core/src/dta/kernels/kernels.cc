#include "stata_pydata/kernels.h"

#include "dta/kernels/scalar.h"

namespace stata_pydata::dta {

std::span<const KernelTable* const> kernel_tables() noexcept {
  static constexpr const KernelTable* tables[] = {&kScalarKernels};
  return tables;
}

const KernelTable& default_kernels() noexcept {
  return *kernel_tables().back();
}

const KernelTable* find_kernels(std::string_view name) noexcept {
  for (const auto* table : kernel_tables())
    if (table->name == name) return table;
  return nullptr;
}

}  // namespace stata_pydata::dta
