#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "bindings.h"
#include "image_plan.h"
#include "stata_pydata/image_file.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace stata_pydata::python {
namespace {

using posix::ImageKind, posix::ImagePool, posix::NewImage;

std::string path_of(nb::bytes path) {
  return {path.c_str(), path.size()};
}

NewImage new_image(nb::bytes path, std::int64_t bytes, ImagePool* pool, bool anonymous) {
  return NewImage(path_of(path), bytes, pool,
                  anonymous ? ImageKind::anonymous : ImageKind::file);
}

void write_plan(NewImage& self, const ImagePlan& plan, int threads, nb::object progress) {
  write_with_progress(threads, progress, [&](const dta::WriteOptions& options) {
    self.write(plan.plan(), options);
  });
}

}  // namespace

void bind_image_store(nb::module_& module) {
  nb::class_<ImagePool>(module, "ImagePool", "Pages of images that were replaced.")
      .def(nb::init<>())
      .def(
          "forget", [](ImagePool& self, nb::bytes path) { self.forget(path_of(path)); },
          "path"_a)
      .def("clear", &ImagePool::clear)
      .def_prop_ro("spare_bytes", &ImagePool::spare_bytes);
  nb::class_<NewImage>(module, "NewImage", "An image on its way to a name.")
      .def_static("create", &new_image, "path"_a, "nbytes"_a, "pool"_a.none(),
                  "anonymous"_a = false)
      .def_prop_ro("fd", &NewImage::fd)
      .def_prop_ro("hidden_path",
                   [](const NewImage& self) {
                     return nb::bytes(self.hidden_path().data(),
                                      self.hidden_path().size());
                   })
      .def_prop_ro("recycled", &NewImage::recycled)
      .def("write", &write_plan, "plan"_a, "threads"_a = 0,
           "progress"_a.none() = nb::none())
      .def("publish", &NewImage::publish);
}

}  // namespace stata_pydata::python
