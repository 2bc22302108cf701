// A planned image as a Python object.
#pragma once

#include <nanobind/nanobind.h>

#include <functional>
#include <string>
#include <tuple>
#include <vector>

#include "image_columns.h"

namespace stata_pydata::python {

/// (rule: by_value, smallest, declared or preferred; what becomes of infinities: error or
/// missing; whether whole numbers beyond 2**53 are rounded)
using Rule = std::tuple<std::string, std::string, bool>;

dta::InputVariable input_variable(const NamedColumn& column, const Rule& rule);

/// Options whose `stop` lets Ctrl-C raise, on the thread that made them.
dta::WriteOptions watched_options(int threads);

/// Has `write` write with options that report to `progress` (None, or called with the
/// rows done, every 50 ms). Releases the GIL.
void write_with_progress(int threads, nanobind::object progress,
                         const std::function<void(const dta::WriteOptions&)>& write);

/// A plan, which borrows from columns that the caller keeps alive.
class ImagePlan {
 public:
  ImagePlan(const ImageColumns& columns, nanobind::dict schema,
            const std::vector<Rule>& rules, const std::string& share_strls, int threads);

  const dta::WritePlan& plan() const { return plan_; }

 private:
  dta::WritePlan plan_;
};

}  // namespace stata_pydata::python
