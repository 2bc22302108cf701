// Memory of arrays that are read into.
#include <nanobind/ndarray.h>

#include <memory>
#include <utility>

#include "bindings.h"
#include "stata_pydata/error.h"
#include "stata_pydata/large_memory.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace stata_pydata::python {
namespace {

struct Memory {
  std::byte* bytes;
  std::int64_t count;
};

nb::object uninitialized(std::int64_t nbytes) {
  if (nbytes < 0)
    throw Error(Fault::invalid, "an array can't have fewer bytes than none");
  auto memory = std::make_unique<Memory>(take_memory(nbytes), nbytes);
  const nb::capsule owner(memory.get(), [](void* pointer) noexcept {
    const std::unique_ptr<Memory> given(static_cast<Memory*>(pointer));
    give_memory(given->bytes, given->count);
  });
  const Memory* kept = memory.release();
  const auto count = static_cast<std::size_t>(kept->count);
  return nb::cast(
      nb::ndarray<nb::numpy, std::uint8_t, nb::ndim<1>>(kept->bytes, {count}, owner));
}

}  // namespace

void bind_large_arrays(nb::module_& module) {
  module.def("uninitialized", &uninitialized, "nbytes"_a,
             nb::sig("def uninitialized(nbytes: int) -> numpy.ndarray"),
             "Return bytes of any value, in memory that is used again.");
}

}  // namespace stata_pydata::python
