#include <nanobind/ndarray.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bindings.h"
#include "interrupt.h"
#include "stata_pydata/error.h"
#include "stata_pydata/parallel.h"
#include "stata_pydata/segment.h"
#include "stata_pydata/segment_reader.h"
#include "text.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace stata_pydata::python {
namespace {

std::vector<SegmentRecord> read_info_file(nb::bytes info_file) {
  const std::string path(info_file.c_str(), info_file.size());
  const nb::gil_scoped_release released;
  return read_info(path);
}

/// Words that NumPy will own: not zeroed first, since every one is written.
struct Words {
  std::unique_ptr<std::int64_t[]> memory;
  bool doubles;
};

Words copy_of(const SegmentRecord& record) {
  const sysv::Attachment segment = attach_record(record);
  const int threads = choose_threads(0, record.elements);
  const auto count = static_cast<std::size_t>(record.elements);
  Words words{std::make_unique_for_overwrite<std::int64_t[]>(count), false};
  auto* bytes = reinterpret_cast<std::byte*>(words.memory.get());
  copy_words(segment.data(), bytes, record.elements, threads, interrupt_poll());
  words.doubles = record.type == SegmentType::float_ ||
                  (record.type == SegmentType::long_ &&
                   holds_doubles(bytes, record.elements, threads));
  return words;
}

template <typename T>
nb::object as_array(Words words, std::size_t count) {
  auto* memory = words.memory.release();
  const nb::capsule owner(memory, [](void* pointer) noexcept {
    delete[] static_cast<std::int64_t*>(pointer);
  });
  return nb::cast(nb::ndarray<nb::numpy, T, nb::ndim<1>>(memory, {count}, owner));
}

nb::object read_segment(const SegmentRecord& record) {
  Words words = [&] {
    const nb::gil_scoped_release released;
    return copy_of(record);
  }();
  const auto count = static_cast<std::size_t>(record.elements);
  return words.doubles ? as_array<double>(std::move(words), count)
                       : as_array<std::int64_t>(std::move(words), count);
}

const char* state_name(RecordState state) {
  switch (state) {
    case RecordState::ready:
      return "ready";
    case RecordState::gone:
      return "gone";
    case RecordState::replaced:
      return "replaced";
    case RecordState::too_small:
      return "too small";
  }
  return "";
}

std::pair<std::string, std::optional<sysv::Status>> record_state(
    const SegmentRecord& record) {
  sysv::Status status;
  const RecordState state = check_record(record, &status);
  if (state == RecordState::gone) return {state_name(state), std::nullopt};
  return {state_name(state), status};
}

void deallocate(nb::object segment_id) {
  if (!PyIndex_Check(segment_id.ptr()))
    throw Error(Fault::type, "segment_id must be an int, not " + described(segment_id));
  const nb::object index = nb::steal(PyNumber_Index(segment_id.ptr()));
  if (!index.is_valid()) throw nb::python_error();
  int id = 0;
  if (!nb::try_cast(index, id))
    throw Error(Fault::not_found,
                "there is no shared-memory segment with id " + described(segment_id));
  sysv::remove(id);
}

}  // namespace

void bind_reading(nb::module_& module) {
  nb::class_<SegmentRecord>(module, "SegmentRecord", "One line of an info file.")
      .def_ro("key", &SegmentRecord::key)
      .def_ro("id", &SegmentRecord::id)
      .def_prop_ro(
          "type",
          [](const SegmentRecord& record) { return static_cast<int>(record.type); })
      .def_ro("elements", &SegmentRecord::elements)
      .def_prop_ro(
          "name", [](const SegmentRecord& record) { return name_of(record.name); },
          nb::sig("def name(self) -> str"));
  nb::class_<sysv::Status>(module, "SegmentStatus", "What the system says of a segment.")
      .def_ro("bytes", &sysv::Status::bytes)
      .def_ro("attached", &sysv::Status::attached)
      .def_ro("mode", &sysv::Status::mode)
      .def_ro("owner", &sysv::Status::owner)
      .def_ro("creator", &sysv::Status::creator)
      .def_ro("changed", &sysv::Status::changed);
  module.def("read_info", &read_info_file, "info_file"_a, "Read an info file.");
  module.def("read_segment", &read_segment, "record"_a,
             nb::sig("def read_segment(record: SegmentRecord) -> numpy.ndarray"),
             "Copy a record's segment into a new array, int64 or float64.");
  module.def("record_state", &record_state, "record"_a,
             "Compare a record with its segment: ready, gone, replaced or too small.");
  module.def("deallocate", &deallocate, "segment_id"_a.none(), "Remove a segment.");
}

}  // namespace stata_pydata::python
