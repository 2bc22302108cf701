#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <system_error>

#include "bindings.h"
#include "image_columns.h"
#include "interrupt.h"
#include "schema_values.h"
#include "stata_pydata/arrow_output.h"
#include "stata_pydata/error.h"
#include "stata_pydata/image_check.h"
#include "stata_pydata/image_reader.h"
#include "stata_pydata/text_encoding.h"
#include "text.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace stata_pydata::python {
namespace {

/// The bytes of an image, mapped from a file or in a buffer of Python's, and their
/// reader.
class ImageMemory {
 public:
  /// Maps the whole file. Throws system, and as ImageReader.
  explicit ImageMemory(int fd) {
    struct stat status{};
    if (::fstat(fd, &status) != 0) throw_system("could not look at the file");
    size_ = static_cast<std::size_t>(status.st_size);
    if (size_ == 0) throw Error(Fault::invalid, "the file is empty, it is no .dta image");
    void* mapped = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, fd, 0);
    if (mapped == MAP_FAILED) throw_system("could not map the file");
    mapping_ = mapped;
    read({static_cast<const std::byte*>(mapped), size_});
  }
  explicit ImageMemory(nb::object buffer) {
    if (PyObject_GetBuffer(buffer.ptr(), &view_, PyBUF_SIMPLE) != 0)
      throw nb::python_error();
    size_ = static_cast<std::size_t>(view_.len);
    read({static_cast<const std::byte*>(view_.buf), size_});
  }
  ~ImageMemory() { release(); }
  ImageMemory(const ImageMemory&) = delete;
  ImageMemory& operator=(const ImageMemory&) = delete;

  const dta::ImageReader& reader() const { return *reader_; }
  std::span<const std::byte> bytes() const { return bytes_; }
  bool mapped() const { return mapping_ != nullptr; }

 private:
  [[noreturn]] static void throw_system(const char* what) {
    const int code = errno;
    throw Error(Fault::system,
                std::string(what) + ": " + std::generic_category().message(code), code);
  }

  void read(std::span<const std::byte> bytes) {
    bytes_ = bytes;
    try {
      const nb::gil_scoped_release released;
      reader_ = std::make_unique<dta::ImageReader>(bytes);
    } catch (...) {
      release();
      throw;
    }
  }

  void release() {
    reader_.reset();
    if (mapping_) ::munmap(std::exchange(mapping_, nullptr), size_);
    if (view_.obj) {
      const nb::gil_scoped_acquire gil;
      PyBuffer_Release(&view_);
    }
  }

  std::size_t size_ = 0;
  void* mapping_ = nullptr;
  Py_buffer view_{};
  std::span<const std::byte> bytes_;
  std::unique_ptr<dta::ImageReader> reader_;
};

/// Rows as Python gives them: (begin, count, step), or an array of indexes.
struct Rows {
  dta::RowSelection selection;
  Py_buffer view{};

  explicit Rows(nb::handle rows) {
    if (PyTuple_Check(rows.ptr())) {
      const auto [begin, count, step] =
          nb::cast<std::tuple<std::int64_t, std::int64_t, std::int64_t>>(rows);
      selection = {.begin = begin, .count = count, .step = step};
      return;
    }
    if (PyObject_GetBuffer(rows.ptr(), &view, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT) != 0)
      throw nb::python_error();
    selection.indexes = static_cast<const std::int64_t*>(view.buf);
    selection.count = view.itemsize == 8 ? view.len / 8 : 0;
  }
  ~Rows() {
    if (view.obj) PyBuffer_Release(&view);
  }
  Rows(const Rows&) = delete;
};

/// A writable one-dimensional array of numbers.
struct TargetArray {
  Py_buffer view{};

  explicit TargetArray(nb::handle array) {
    if (PyObject_GetBuffer(array.ptr(), &view,
                           PyBUF_STRIDES | PyBUF_WRITABLE | PyBUF_FORMAT) != 0)
      throw nb::python_error();
  }
  ~TargetArray() { PyBuffer_Release(&view); }
  TargetArray(const TargetArray&) = delete;

  dta::NumberForm form() const {
    const char code =
        view.format && *view.format ? view.format[std::strlen(view.format) - 1] : 'B';
    if (code == 'f') return dta::NumberForm::float32;
    if (code == 'd') return dta::NumberForm::float64;
    switch (view.itemsize) {
      case 1:
        return dta::NumberForm::int8;
      case 2:
        return dta::NumberForm::int16;
      case 4:
        return dta::NumberForm::int32;
      default:
        return dta::NumberForm::int64;
    }
  }
};

class Image {
 public:
  explicit Image(std::shared_ptr<const ImageMemory> memory)
      : memory_(std::move(memory)) {}

  const dta::ImageReader& reader() const { return memory_->reader(); }
  std::span<const std::byte> bytes() const { return memory_->bytes(); }

  nb::dict schema() const { return values_of(reader().schema()); }
  std::int64_t observations() const { return reader().observations(); }
  std::int64_t nbytes() const { return static_cast<std::int64_t>(bytes().size()); }
  std::int64_t row_bytes() const { return reader().layout().row_bytes; }

  /// Offset of a variable's first cell in the image.
  std::int64_t cell_offset(std::int64_t variable) const {
    return reader().cells(variable).first - bytes().data();
  }

  /// Requests are (variable, array, missing array or None), all of the rows' number.
  void read_numbers(nb::list requests, nb::object rows, int threads) const {
    const Rows chosen(rows);
    std::vector<std::unique_ptr<TargetArray>> targets;
    std::vector<dta::NumberRequest> numbers;
    for (const nb::handle request : requests) {
      const auto target = [&](int index) -> const Py_buffer& {
        targets.push_back(std::make_unique<TargetArray>(request[index]));
        const Py_buffer& view = targets.back()->view;
        if (view.ndim != 1 || view.shape[0] != chosen.selection.count)
          throw Error(Fault::invalid, "an array to read into has another length");
        return view;
      };
      const Py_buffer& values = target(1);
      dta::NumberRequest number;
      number.variable = nb::cast<std::int64_t>(request[0]);
      number.to = {.form = targets.back()->form(),
                   .values = static_cast<std::byte*>(values.buf),
                   .stride = values.strides[0]};
      if (!nb::object(request[2]).is_none())
        number.to.missing = static_cast<std::uint8_t*>(target(2).buf);
      numbers.push_back(number);
    }
    const nb::gil_scoped_release released;
    reader().read_numbers(numbers, chosen.selection, watched(threads));
  }

  bool any_missing(std::int64_t variable, int threads) const {
    const nb::gil_scoped_release released;
    return reader().any_missing(variable, {.count = observations()}, watched(threads));
  }

  /// The least and the greatest of the selected numbers; None where all are missing.
  std::optional<std::pair<double, double>> limits(std::int64_t variable, nb::object rows,
                                                  int threads) const {
    const Rows chosen(rows);
    const nb::gil_scoped_release released;
    const auto limits = reader().limits(variable, chosen.selection, watched(threads));
    if (limits.least > limits.greatest) return std::nullopt;
    return std::pair(limits.least, limits.greatest);
  }

  /// The selected texts of a variable as str, binary ones as bytes.
  nb::list read_texts(std::int64_t variable, nb::object rows, int threads) const {
    const Rows chosen(rows);
    std::vector<dta::StoredText> texts(static_cast<std::size_t>(chosen.selection.count));
    {
      const nb::gil_scoped_release released;
      reader().find_texts(variable, chosen.selection, texts.data(), watched(threads));
    }
    return objects_of(texts);
  }

  /// A capsule of an ArrowArrayStream.
  nb::object arrow(const std::vector<std::int64_t>& variables, nb::object rows,
                   const std::vector<std::string>& names, nb::list field_metadata,
                   nb::list metadata, const std::vector<bool>& dates, bool value_labels,
                   bool ordered, bool tagged_nans, bool text_views,
                   std::int64_t batch_rows, int threads) const {
    const Rows chosen(rows);
    dta::ArrowOutputOptions options;
    for (const nb::handle pairs : field_metadata)
      options.field_metadata.push_back(metadata_of(nb::cast<nb::list>(pairs)));
    options.metadata = metadata_of(metadata);
    if (!names.empty() && names.size() != variables.size())
      throw Error(Fault::invalid, "there must be a name for each variable");
    options.names = names;
    options.dates = dates;
    options.value_labels = value_labels;
    options.ordered = ordered;
    options.tagged_nans = tagged_nans;
    options.text_views = text_views;
    options.batch_rows = batch_rows;
    options.read.threads = threads;
    options.read.populate = memory_->mapped();
    const std::shared_ptr<const dta::ImageReader> shared(memory_, &memory_->reader());
    auto stream = std::make_unique<ArrowArrayStream>();
    {
      const nb::gil_scoped_release released;
      dta::export_arrow(shared, variables, chosen.selection, std::move(options),
                        stream.get());
    }
    PyObject* capsule = PyCapsule_New(stream.get(), "arrow_array_stream", free_stream);
    if (!capsule) {
      stream->release(stream.get());
      throw nb::python_error();
    }
    stream.release();
    return nb::steal(capsule);
  }

  std::vector<std::tuple<std::string, std::int64_t, std::string>> check(
      int threads) const {
    dta::CheckReport report;
    {
      const nb::gil_scoped_release released;
      report = dta::check_image(bytes(), threads);
    }
    return findings_of(report);
  }

  static std::vector<std::tuple<std::string, std::int64_t, std::string>> findings_of(
      const dta::CheckReport& report) {
    std::vector<std::tuple<std::string, std::int64_t, std::string>> findings;
    for (const auto& finding : report.findings)
      findings.emplace_back(
          finding.severity == dta::Severity::error ? "error" : "warning", finding.offset,
          finding.sentence);
    return findings;
  }

 private:
  dta::ReadOptions watched(int threads) const {
    dta::ReadOptions options;
    options.threads = threads;
    options.populate = memory_->mapped();
    options.stop = [poll = interrupt_poll()] { return poll(), false; };
    return options;
  }

  static dta::ArrowMetadata metadata_of(nb::list pairs) {
    dta::ArrowMetadata metadata;
    for (const nb::handle pair : pairs) {
      const auto text = [&](int index) {
        const auto bytes = nb::cast<nb::bytes>(nb::object(pair[index]));
        return std::string(bytes.c_str(), bytes.size());
      };
      metadata.emplace_back(text(0), text(1));
    }
    return metadata;
  }

  nb::list objects_of(const std::vector<dta::StoredText>& texts) const;

  static void free_stream(PyObject* capsule) {
    auto* stream = static_cast<ArrowArrayStream*>(
        PyCapsule_GetPointer(capsule, "arrow_array_stream"));
    if (stream == nullptr) return;
    if (stream->release) stream->release(stream);
    delete stream;
  }

  std::shared_ptr<const ImageMemory> memory_;
};

nb::list Image::objects_of(const std::vector<dta::StoredText>& texts) const {
  const bool utf8 = reader().layout().widths.utf8;
  const auto made = [&](const dta::StoredText& text) {
    const auto size = static_cast<Py_ssize_t>(text.bytes.size());
    if (text.binary) return PyBytes_FromStringAndSize(text.bytes.data(), size);
    PyObject* object =
        utf8 ? PyUnicode_DecodeUTF8(text.bytes.data(), size, nullptr) : nullptr;
    if (object) return object;
    PyErr_Clear();
    const std::string converted = dta::as_utf8(text.bytes, utf8);
    return PyUnicode_DecodeUTF8(converted.data(),
                                static_cast<Py_ssize_t>(converted.size()), nullptr);
  };
  nb::list objects =
      nb::steal<nb::list>(PyList_New(static_cast<Py_ssize_t>(texts.size())));
  // A text that repeats within a few others is made once.
  constexpr std::size_t slots = 256;
  std::array<std::pair<std::string_view, PyObject*>, slots> recent{};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto& text = texts[i];
    const std::size_t hash = std::hash<std::string_view>()(text.bytes) % slots;
    auto& [bytes, object] = recent[hash];
    if (!object || text.binary || bytes != text.bytes) {
      PyObject* fresh = made(text);
      if (!fresh) throw nb::python_error();
      if (!text.binary) bytes = text.bytes, object = fresh;
      PyList_SET_ITEM(objects.ptr(), static_cast<Py_ssize_t>(i), fresh);
      continue;
    }
    PyList_SET_ITEM(objects.ptr(), static_cast<Py_ssize_t>(i), Py_NewRef(object));
  }
  return objects;
}

int get_buffer(PyObject* self, Py_buffer* view, int flags) {
  const auto& image = *nb::inst_ptr<Image>(self);
  return PyBuffer_FillInfo(view, self, const_cast<std::byte*>(image.bytes().data()),
                           static_cast<Py_ssize_t>(image.bytes().size()), 1, flags);
}

PyType_Slot kImageSlots[] = {{Py_bf_getbuffer, reinterpret_cast<void*>(get_buffer)},
                             {0, nullptr}};

}  // namespace

void bind_image_file(nb::module_& module) {
  nb::class_<Image>(module, "Image", nb::type_slots(kImageSlots),
                    "An image that is read: a buffer of its bytes, too.")
      .def_static(
          "map", [](int fd) { return Image(std::make_shared<const ImageMemory>(fd)); },
          "fd"_a)
      .def_static(
          "of",
          [](nb::object buffer) {
            return Image(std::make_shared<const ImageMemory>(std::move(buffer)));
          },
          "buffer"_a)
      .def_prop_ro("schema", &Image::schema)
      .def_prop_ro("observations", &Image::observations)
      .def_prop_ro("nbytes", &Image::nbytes)
      .def_prop_ro("row_bytes", &Image::row_bytes)
      .def("cell_offset", &Image::cell_offset, "variable"_a)
      .def("read_numbers", &Image::read_numbers, "requests"_a, "rows"_a, "threads"_a = 0)
      .def("any_missing", &Image::any_missing, "variable"_a, "threads"_a = 0)
      .def("limits", &Image::limits, "variable"_a, "rows"_a, "threads"_a = 0)
      .def("read_texts", &Image::read_texts, "variable"_a, "rows"_a, "threads"_a = 0)
      .def("arrow", &Image::arrow, "variables"_a, "rows"_a, "names"_a, "field_metadata"_a,
           "metadata"_a, "dates"_a = std::vector<bool>(), "value_labels"_a = false,
           "ordered"_a = false, "tagged_nans"_a = false, "text_views"_a = false,
           "batch_rows"_a = 0, "threads"_a = 0)
      .def("check", &Image::check, "threads"_a = 0)
      .def(
          "add_to",
          [](nb::object self, ImageColumns& columns,
             const std::vector<std::int64_t>& variables) {
            columns.add_image(nb::cast<Image&>(self).reader(), self, variables);
          },
          "columns"_a, "variables"_a);
}

}  // namespace stata_pydata::python
