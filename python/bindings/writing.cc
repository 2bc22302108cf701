#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <string>
#include <utility>
#include <vector>

#include "bindings.h"
#include "column_source.h"
#include "interrupt.h"
#include "python_list.h"
#include "stata_pydata/error.h"
#include "stata_pydata/segment.h"
#include "stata_pydata/segment_writer.h"
#include "text.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace stata_pydata::python {
namespace {

using KeyAndId = std::pair<std::int64_t, std::int64_t>;

long long seed_of(nb::handle seed) {
  if (!PyIndex_Check(seed.ptr()))
    throw Error(Fault::type, "key_seed must be an int, not " + described(seed));
  const nb::object index = nb::steal(PyNumber_Index(seed.ptr()));
  if (!index.is_valid()) throw nb::python_error();
  int overflow = 0;
  const long long value = PyLong_AsLongLongAndOverflow(index.ptr(), &overflow);
  if (overflow != 0)
    throw Error(Fault::invalid, "key_seed must be from 1 to 255, not " + described(seed));
  sysv::key_of_seed(value);
  return value;
}

std::string varname_of(nb::handle varname, long long seed) {
  if (varname.is_none()) return "var" + std::to_string(seed);
  if (!PyUnicode_Check(varname.ptr()))
    throw Error(Fault::type, "varname must be a str, not " + described(varname));
  return utf8_of(varname);
}

KeyAndId write_list(nb::object data, nb::object dtype, nb::object key_seed,
                    nb::bytes info_file, nb::object varname) {
  const SegmentType type = type_of_name(dtype);
  const long long seed = seed_of(key_seed);
  const std::string name = varname_of(varname, seed);
  const std::vector<std::int64_t> words = words_of_list(data, type);
  const std::string path(info_file.c_str(), info_file.size());
  const nb::gil_scoped_release released;
  const SegmentRecord record =
      write_words(words, type, name, path, {seed, 1, interrupt_poll()});
  return {record.key, record.id};
}

std::vector<KeyAndId> write_frame_columns(nb::list columns, nb::object key_seed,
                                          nb::bytes info_file, int threads) {
  const long long seed = seed_of(key_seed);
  const ColumnSource source(columns);
  const std::string path(info_file.c_str(), info_file.size());
  std::vector<KeyAndId> result;
  const nb::gil_scoped_release released;
  for (const SegmentRecord& record :
       write_columns(source.columns(), path, {seed, threads, interrupt_poll()}))
    result.emplace_back(record.key, record.id);
  return result;
}

}  // namespace

void bind_writing(nb::module_& module) {
  module.def("write_list", &write_list, "data"_a.none(), "dtype"_a.none(),
             "key_seed"_a.none(), "info_file"_a, "varname"_a.none(),
             "Write a list of numbers as one segment; append its line to the info file.");
  module.def("write_columns", &write_frame_columns, "columns"_a, "key_seed"_a.none(),
             "info_file"_a, "threads"_a,
             "Write (name, parts) columns as segments; replace the info file. A part is "
             "(values, mask or None) or has __arrow_c_array__.");
}

}  // namespace stata_pydata::python
