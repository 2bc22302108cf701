#include "image_plan.h"

#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <atomic>
#include <chrono>
#include <utility>

#include "bindings.h"
#include "interrupt.h"
#include "schema_values.h"
#include "stata_pydata/error.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace stata_pydata::python {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kBetweenProgress{50};

dta::TypeRule type_rule(const std::string& name) {
  if (name == "by_value") return dta::TypeRule::by_value;
  if (name == "smallest") return dta::TypeRule::smallest;
  return name == "declared" ? dta::TypeRule::declared : dta::TypeRule::preferred;
}

dta::StrlSharing sharing(const std::string& name) {
  if (name == "equal") return dta::StrlSharing::equal;
  return name == "same_memory" ? dta::StrlSharing::same_memory : dta::StrlSharing::none;
}

dta::WritePlan planned(const ImageColumns& columns, nb::dict values,
                       const std::vector<Rule>& rules, const std::string& share_strls,
                       int threads) {
  dta::Schema schema = schema_of(values);
  if (rules.size() != columns.columns().size())
    throw Error(Fault::invalid, "there must be a rule for each column");
  std::vector<dta::InputVariable> variables;
  for (std::size_t k = 0; k < rules.size(); ++k)
    variables.push_back(input_variable(columns.columns()[k], rules[k]));
  dta::WriteOptions options = watched_options(threads);
  options.share_strls = sharing(share_strls);
  const nb::gil_scoped_release released;
  return std::move(*dta::plan_image(std::move(schema), variables, options));
}

void write_to_file(const ImagePlan& self, int fd, int threads, nb::object progress) {
  write_with_progress(threads, progress, [&](const dta::WriteOptions& options) {
    dta::write_image(self.plan(), fd, options);
  });
}

}  // namespace

dta::InputVariable input_variable(const NamedColumn& column, const Rule& rule) {
  const auto& [type, out_of_range, round] = rule;
  return {column.column, type_rule(type),
          out_of_range == "missing" ? dta::OutOfRange::missing : dta::OutOfRange::error,
          round};
}

dta::WriteOptions watched_options(int threads) {
  dta::WriteOptions options;
  options.threads = threads;
  options.stop = [poll = interrupt_poll()] { return poll(), false; };
  return options;
}

void write_with_progress(int threads, nb::object progress,
                         const std::function<void(const dta::WriteOptions&)>& write) {
  std::atomic<std::int64_t> done{0};
  dta::WriteOptions options = watched_options(threads);
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
  write(options);
}

ImagePlan::ImagePlan(const ImageColumns& columns, nb::dict schema,
                     const std::vector<Rule>& rules, const std::string& share_strls,
                     int threads)
    : plan_(planned(columns, schema, rules, share_strls, threads)) {}

void bind_image_plan(nb::module_& module) {
  nb::class_<ImagePlan>(module, "Plan", "A planned image: every limit is checked.")
      .def(nb::init<const ImageColumns&, nb::dict, const std::vector<Rule>&,
                    const std::string&, int>(),
           "columns"_a, "schema"_a, "rules"_a, "share_strls"_a = "none", "threads"_a = 0,
           nb::keep_alive<1, 2>())
      .def_prop_ro("nbytes",
                   [](const ImagePlan& self) { return self.plan().image_bytes(); })
      .def_prop_ro(
          "rows", [](const ImagePlan& self) { return self.plan().layout().observations; })
      .def_prop_ro("schema",
                   [](const ImagePlan& self) { return values_of(self.plan().schema()); })
      .def("write", &write_to_file, "fd"_a, "threads"_a = 0,
           "progress"_a.none() = nb::none());
}

}  // namespace stata_pydata::python
