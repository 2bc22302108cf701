// Rows into images: in place, or behind those that are there.
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include "bindings.h"
#include "image_plan.h"
#include "schema_values.h"
#include "stata_pydata/error.h"
#include "stata_pydata/image_appender.h"
#include "stata_pydata/image_filler.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace stata_pydata::python {
namespace {

/// A filler and the writable buffer that it fills.
class Filler {
 public:
  explicit Filler(nb::object buffer) {
    if (PyObject_GetBuffer(buffer.ptr(), &view_, PyBUF_WRITABLE) != 0)
      throw nb::python_error();
    try {
      filler_ = std::make_unique<dta::ImageFiller>(std::span(
          static_cast<std::byte*>(view_.buf), static_cast<std::size_t>(view_.len)));
    } catch (...) {
      PyBuffer_Release(&view_);
      throw;
    }
  }
  ~Filler() {
    filler_.reset();
    PyBuffer_Release(&view_);
  }
  Filler(const Filler&) = delete;
  Filler& operator=(const Filler&) = delete;

  nb::dict schema() const { return values_of(filler_->schema()); }
  std::int64_t observations() const { return filler_->observations(); }

  void fill(std::int64_t first_row, const std::vector<std::int64_t>& variables,
            const ImageColumns& columns, const std::vector<Rule>& rules, int threads) {
    if (columns.columns().size() != variables.size() || rules.size() != variables.size())
      throw Error(Fault::invalid, "there must be a column and a rule for each variable");
    std::vector<dta::FillColumn> fills;
    for (std::size_t k = 0; k < variables.size(); ++k) {
      auto input = input_variable(columns.columns()[k], rules[k]);
      fills.push_back({variables[k], std::move(input.column), input.out_of_range,
                       input.round_integers});
    }
    const dta::WriteOptions options = watched_options(threads);
    const nb::gil_scoped_release released;
    filler_->fill(first_row, fills, options);
  }

 private:
  Py_buffer view_{};
  std::unique_ptr<dta::ImageFiller> filler_;
};

class Appender {
 public:
  Appender(nb::dict schema, int fd, int strl_fd)
      : appender_(schema_of(schema), fd, strl_fd) {}

  nb::dict schema() const { return values_of(appender_.schema()); }
  std::int64_t rows() const { return appender_.rows(); }

  void append(const ImageColumns& columns, const std::vector<Rule>& rules, int threads) {
    std::vector<dta::InputVariable> inputs;
    if (rules.size() != columns.columns().size())
      throw Error(Fault::invalid, "there must be a rule for each column");
    for (std::size_t k = 0; k < rules.size(); ++k)
      inputs.push_back(input_variable(columns.columns()[k], rules[k]));
    const dta::WriteOptions options = watched_options(threads);
    const nb::gil_scoped_release released;
    appender_.append(inputs, options);
  }

  void finish() {
    const nb::gil_scoped_release released;
    appender_.finish();
  }

 private:
  dta::ImageAppender appender_;
};

/// Writes an image of `rows` rows that are all missing.
void write_empty(nb::dict schema, std::int64_t rows, int fd, int threads) {
  const auto plan = dta::plan_empty_image(schema_of(schema), rows);
  const dta::WriteOptions options = watched_options(threads);
  const nb::gil_scoped_release released;
  dta::write_image(plan, fd, options);
}

std::int64_t empty_bytes(nb::dict schema, std::int64_t rows) {
  return dta::plan_empty_image(schema_of(schema), rows).image_bytes();
}

}  // namespace

void bind_image_rows(nb::module_& module) {
  nb::class_<Filler>(module, "Filler", "Fills cells of an image in place.")
      .def(nb::init<nb::object>(), "buffer"_a)
      .def_prop_ro("schema", &Filler::schema)
      .def_prop_ro("observations", &Filler::observations)
      .def("fill", &Filler::fill, "first_row"_a, "variables"_a, "columns"_a, "rules"_a,
           "threads"_a = 0);
  nb::class_<Appender>(module, "Appender", "Writes an image batch by batch.")
      .def(nb::init<nb::dict, int, int>(), "schema"_a, "fd"_a, "strl_fd"_a)
      .def_prop_ro("schema", &Appender::schema)
      .def_prop_ro("rows", &Appender::rows)
      .def("append", &Appender::append, "columns"_a, "rules"_a, "threads"_a = 0)
      .def("finish", &Appender::finish);
  module.def("write_empty", &write_empty, "schema"_a, "rows"_a, "fd"_a, "threads"_a = 0,
             "Write an image whose cells are all missing.");
  module.def("empty_bytes", &empty_bytes, "schema"_a, "rows"_a,
             "Bytes of an image whose cells are all missing.");
}

}  // namespace stata_pydata::python
