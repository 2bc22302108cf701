#include "stata_pydata/kernels.h"

#include <vector>

#include "dta/kernels/tables.h"

namespace stata_pydata::dta {
namespace {

std::vector<const KernelTable*> runnable_tables() {
  std::vector<const KernelTable*> tables = {&kScalarKernels};
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx2")) tables.push_back(&kAvx2Kernels);
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    tables.push_back(&kAvx512Kernels);
#endif
  return tables;
}

}  // namespace

std::span<const KernelTable* const> kernel_tables() noexcept {
  static const std::vector<const KernelTable*> tables = runnable_tables();
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
