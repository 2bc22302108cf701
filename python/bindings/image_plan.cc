#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <atomic>
#include <chrono>
#include <string>
#include <tuple>
#include <utility>

#include "bindings.h"
#include "image_columns.h"
#include "interrupt.h"
#include "schema_values.h"
#include "stata_pydata/error.h"
#include "text.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace stata_pydata::python {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kBetweenProgress{50};

using Rule = std::tuple<std::string, std::string, bool>;

dta::TypeRule type_rule(const std::string& name) {
  if (name == "by_value") return dta::TypeRule::by_value;
  if (name == "smallest") return dta::TypeRule::smallest;
  return dta::TypeRule::declared;
}

dta::InputVariable input_variable(const NamedColumn& column, const Rule& rule) {
  const auto& [type, out_of_range, round] = rule;
  return {column.column, type_rule(type),
          out_of_range == "missing" ? dta::OutOfRange::missing : dta::OutOfRange::error,
          round};
}

/// A plan and the columns whose memory it borrows.
class ImagePlan {
 public:
  ImagePlan(const ImageColumns& columns, nb::dict schema, const std::vector<Rule>& rules,
            const std::string& share_strls, int threads)
      : plan_(make(columns, schema, rules, share_strls, threads)) {}

  std::int64_t bytes() const { return plan_.image_bytes(); }
  std::int64_t rows() const { return plan_.layout().observations; }
  nb::dict schema() const { return values_of(plan_.schema()); }

  /// `progress` is called with the rows written so far, every 50 ms.
  void write(int fd, int threads, nb::object progress) const {
    std::atomic<std::int64_t> done{0};
    dta::WriteOptions options = watched(threads);
    options.rows_done = &done;
    if (!progress.is_none())
      options.stop = [&, stop = options.stop, due = Clock::time_point{}]() mutable {
        if (const auto now = Clock::now(); now >= due) {
          due = now + kBetweenProgress;
          const nb::gil_scoped_acquire gil;
          progress(done.load());
        }
        return stop();
      };
    const nb::gil_scoped_release released;
    dta::write_image(plan_, fd, options);
  }

  /// The image in memory that `target`, a writable buffer of bytes, holds.
  void write_to_buffer(nb::object target, int threads) const {
    Py_buffer view;
    if (PyObject_GetBuffer(target.ptr(), &view, PyBUF_WRITABLE) != 0)
      throw nb::python_error();
    const bool fits = view.len >= bytes();
    try {
      const nb::gil_scoped_release released;
      if (fits)
        dta::write_image(plan_, static_cast<std::byte*>(view.buf), watched(threads));
    } catch (...) {
      PyBuffer_Release(&view);
      throw;
    }
    PyBuffer_Release(&view);
    if (!fits) throw Error(Fault::invalid, "the buffer is smaller than the image");
  }

 private:
  static dta::WriteOptions watched(int threads) {
    dta::WriteOptions options;
    options.threads = threads;
    options.stop = [poll = interrupt_poll()] { return poll(), false; };
    return options;
  }

  static dta::WritePlan make(const ImageColumns& columns, nb::dict values,
                             const std::vector<Rule>& rules,
                             const std::string& share_strls, int threads) {
    dta::Schema schema = schema_of(values);
    if (rules.size() != columns.columns().size())
      throw Error(Fault::invalid, "there must be a rule for each column");
    std::vector<dta::InputVariable> variables;
    for (std::size_t k = 0; k < rules.size(); ++k)
      variables.push_back(input_variable(columns.columns()[k], rules[k]));
    dta::WriteOptions options = watched(threads);
    if (share_strls == "equal") options.share_strls = dta::StrlSharing::equal;
    if (share_strls == "same_memory") options.share_strls = dta::StrlSharing::same_memory;
    const nb::gil_scoped_release released;
    return std::move(*dta::plan_image(std::move(schema), variables, options));
  }

  dta::WritePlan plan_;
};

}  // namespace

void bind_image_plan(nb::module_& module) {
  nb::class_<ImagePlan>(module, "Plan", "A planned image: every limit is checked.")
      .def(nb::init<const ImageColumns&, nb::dict, const std::vector<Rule>&,
                    const std::string&, int>(),
           "columns"_a, "schema"_a, "rules"_a, "share_strls"_a = "none", "threads"_a = 0,
           nb::keep_alive<1, 2>())
      .def_prop_ro("nbytes", &ImagePlan::bytes)
      .def_prop_ro("rows", &ImagePlan::rows)
      .def_prop_ro("schema", &ImagePlan::schema)
      .def("write", &ImagePlan::write, "fd"_a, "threads"_a = 0,
           "progress"_a.none() = nb::none())
      .def("write_to_buffer", &ImagePlan::write_to_buffer, "target"_a, "threads"_a = 0);
}

}  // namespace stata_pydata::python
