#include "object_column.h"

#include <algorithm>
#include <cstring>
#include <deque>
#include <limits>
#include <vector>

#include "held_memory.h"
#include "object_kinds.h"
#include "object_times.h"
#include "stata_pydata/error.h"
#include "stata_pydata/stata_types.h"
#include "text.h"

namespace nb = nanobind;

namespace stata_pydata::python {
namespace {

using Kind = ObjectKind;

constexpr Py_ssize_t kBetweenSignals = 1 << 16;

/// A one-dimensional buffer of objects, each held by a reference of our own: the caller
/// may change the array while it is read without the GIL.
class Objects {
 public:
  Objects(const std::string& name, nb::handle values) {
    HeldMemory memory;
    const Py_buffer& view = memory.hold(values);
    if (view.ndim != 1 || !view.format || std::strcmp(view.format, "O") != 0)
      refuse_column(name, "expected an array of objects");
    objects_.reserve(static_cast<std::size_t>(view.shape[0]));
    for (Py_ssize_t i = 0; i < view.shape[0]; ++i) {
      PyObject* object;
      std::memcpy(&object, static_cast<const char*>(view.buf) + i * view.strides[0],
                  sizeof object);
      objects_.push_back(Py_NewRef(object ? object : Py_None));
    }
  }
  ~Objects() {
    const nb::gil_scoped_acquire gil;
    for (PyObject* object : objects_) Py_DECREF(object);
  }
  Objects(const Objects&) = delete;
  Objects& operator=(const Objects&) = delete;

  Py_ssize_t size() const { return static_cast<Py_ssize_t>(objects_.size()); }
  nb::handle operator[](Py_ssize_t i) const {
    return objects_[static_cast<std::size_t>(i)];
  }

 private:
  std::vector<PyObject*> objects_;
};

std::string place(const std::string& name, Py_ssize_t row) {
  return "column '" + name + "', row " + std::to_string(row) + ": ";
}

void check_signals(Py_ssize_t row) {
  if (row % kBetweenSignals == kBetweenSignals - 1 && PyErr_CheckSignals() != 0)
    throw nb::python_error();
}

Kind kind_of_all(const std::string& name, const Objects& objects,
                 const ObjectKinds& kinds) {
  Kind all = Kind::missing;
  for (Py_ssize_t row = 0; row < objects.size(); ++row) {
    check_signals(row);
    const Kind kind = kinds.of(objects[row]);
    if (kind == Kind::other)
      throw Error(Fault::type, place(name, row) + described(objects[row]) +
                                   " has no counterpart in Stata; make text of it "
                                   "with str()");
    const Kind next = common_kind(all, kind);
    if (next == Kind::other)
      throw Error(Fault::type,
                  place(name, row) + described(objects[row]) +
                      " stands among values of "
                      "the kind " +
                      kind_name(all) +
                      "; a variable holds one kind: astype(str) makes text of all");
    all = next;
  }
  return all;
}

/// Texts: ASCII ones where they are, others in UTF-8 in memory of our own.
class Texts {
 public:
  Texts(const std::string& name, std::shared_ptr<Objects> objects)
      : objects_(std::move(objects)) {
    slices_.reserve(static_cast<std::size_t>(objects_->size()));
    for (Py_ssize_t row = 0; row < objects_->size(); ++row) {
      check_signals(row);
      const nb::handle object = (*objects_)[row];
      if (PyUnicode_Check(object.ptr()))
        add_text(name, row, object);
      else if (PyBytes_Check(object.ptr()))
        add(PyBytes_AS_STRING(object.ptr()), PyBytes_GET_SIZE(object.ptr()));
      else if (PyByteArray_Check(object.ptr()))
        add_copy(PyByteArray_AS_STRING(object.ptr()), PyByteArray_GET_SIZE(object.ptr()));
      else
        slices_.emplace_back();
    }
  }

  dta::TextColumn column(bool binary) const {
    dta::TextColumn column = dta::column_of(std::span<const dta::TextSlice>(slices_));
    column.binary = binary;
    return column;
  }

 private:
  void add(const char* bytes, Py_ssize_t size) { slices_.emplace_back(bytes, size); }

  void add_copy(const char* bytes, Py_ssize_t size) {
    constexpr std::size_t block = 1 << 20;
    const auto count = static_cast<std::size_t>(size);
    if (blocks_.empty() || blocks_.back().capacity() - blocks_.back().size() < count) {
      blocks_.emplace_back();
      blocks_.back().reserve(std::max(block, count));
    }
    auto& text = blocks_.back();
    text.insert(text.end(), bytes, bytes + size);
    add(text.data() + text.size() - count, size);
  }

  void add_text(const std::string& name, Py_ssize_t row, nb::handle text) {
    if (PyUnicode_IS_COMPACT_ASCII(text.ptr()))
      return add(static_cast<const char*>(PyUnicode_DATA(text.ptr())),
                 PyUnicode_GET_LENGTH(text.ptr()));
    const nb::object bytes = nb::steal(PyUnicode_AsUTF8String(text.ptr()));
    if (!bytes.is_valid()) {
      PyErr_Clear();
      throw Error(Fault::invalid,
                  place(name, row) + described(text) + " is no text that UTF-8 can hold");
    }
    add_copy(PyBytes_AS_STRING(bytes.ptr()), PyBytes_GET_SIZE(bytes.ptr()));
  }

  std::shared_ptr<Objects> objects_;
  std::deque<std::vector<char>> blocks_;
  std::vector<dta::TextSlice> slices_;
};

/// Values that were made of objects, and which of them are missing.
template <typename T>
struct Values {
  std::vector<T> values;
  std::vector<std::byte> missing;

  explicit Values(Py_ssize_t rows) {
    values.reserve(static_cast<std::size_t>(rows));
    missing.reserve(static_cast<std::size_t>(rows));
  }
  void add(T value) {
    values.push_back(value);
    missing.push_back(std::byte{0});
  }
  void add_missing() {
    values.push_back(T{});
    missing.push_back(std::byte{1});
  }
  Chunk chunk() const {
    return {.values = reinterpret_cast<const std::byte*>(values.data()),
            .stride = sizeof(T),
            .count = static_cast<std::int64_t>(values.size()),
            .mask = {.kind = Mask::Kind::bytes, .data = missing.data(), .stride = 1}};
  }
};

std::int64_t integer_of(const std::string& name, Py_ssize_t row, nb::handle object) {
  const nb::object index = nb::steal(PyNumber_Index(object.ptr()));
  if (!index.is_valid()) throw nb::python_error();
  int overflow = 0;
  const long long value = PyLong_AsLongLongAndOverflow(index.ptr(), &overflow);
  if (value == -1 && PyErr_Occurred()) throw nb::python_error();
  if (overflow != 0)
    throw Error(Fault::range, place(name, row) + described(object) +
                                  " is beyond 2**53: Stata has no type that holds it "
                                  "exactly; store it as text with str()");
  return value;
}

double real_of(const std::string& name, Py_ssize_t row, nb::handle object) {
  if (PyLong_Check(object.ptr())) {
    const std::int64_t whole = integer_of(name, row, object);
    if (whole > kExactInteger || whole < -kExactInteger)
      throw Error(Fault::range, place(name, row) + described(object) +
                                    " is beyond 2**53: Stata has no type that holds it "
                                    "exactly; store it as text with str()");
    return static_cast<double>(whole);
  }
  const double value = PyFloat_AsDouble(object.ptr());
  if (value == -1 && PyErr_Occurred()) throw nb::python_error();
  return value;
}

template <typename T, typename ValueOf>
std::shared_ptr<Values<T>> values_of(const Objects& objects, const ObjectKinds& kinds,
                                     const ValueOf& value_of) {
  auto values = std::make_shared<Values<T>>(objects.size());
  for (Py_ssize_t row = 0; row < objects.size(); ++row) {
    check_signals(row);
    if (kinds.of(objects[row]) == Kind::missing)
      values->add_missing();
    else
      values->add(value_of(row, objects[row]));
  }
  return values;
}

template <typename T>
ObjectColumn number_column(const std::string& name, Kind kind, ElementType type,
                           std::shared_ptr<Values<T>> values) {
  return {kind_name(kind), Column{name, type, {values->chunk()}}, values};
}

ObjectColumn time_column(const std::string& name, Kind kind, const dta::Ticks& ticks,
                         std::shared_ptr<Values<std::int64_t>> values) {
  return {kind_name(kind),
          dta::TimeColumn{{name, ElementType::int64, {values->chunk()}}, ticks}, values};
}

}  // namespace

ObjectColumn object_column(const std::string& name, nb::handle values, nb::tuple missing,
                           bool as_texts) {
  const ObjectKinds kinds(missing);
  auto objects = std::make_shared<Objects>(name, values);
  Kind kind = kind_of_all(name, *objects, kinds);
  if (kind == Kind::missing && as_texts) kind = Kind::text;
  const auto times = [&](std::int64_t (*value_of)(nb::handle), const dta::Ticks& ticks) {
    return time_column(
        name, kind, ticks,
        values_of<std::int64_t>(*objects, kinds, [&](Py_ssize_t, nb::handle object) {
          return value_of(object);
        }));
  };
  constexpr std::int64_t shift = dta::kMillisecondsFrom1960To1970;
  switch (kind) {
    case Kind::text:
    case Kind::bytes: {
      const auto texts = std::make_shared<Texts>(name, objects);
      return {kind_name(kind), texts->column(kind == Kind::bytes), texts};
    }
    case Kind::boolean:
      return number_column(
          name, kind, ElementType::boolean,
          values_of<std::uint8_t>(*objects, kinds, [](Py_ssize_t, nb::handle object) {
            const int truth = PyObject_IsTrue(object.ptr());
            if (truth < 0) throw nb::python_error();
            return static_cast<std::uint8_t>(truth);
          }));
    case Kind::integer:
      return number_column(name, kind, ElementType::int64,
                           values_of<std::int64_t>(
                               *objects, kinds, [&](Py_ssize_t row, nb::handle object) {
                                 return integer_of(name, row, object);
                               }));
    case Kind::real:
    case Kind::decimal:
      return number_column(
          name, kind, ElementType::float64,
          values_of<double>(*objects, kinds, [&](Py_ssize_t row, nb::handle object) {
            return real_of(name, row, object);
          }));
    case Kind::day:
      return times(days_of, {.add = dta::kDaysFrom1960To1970, .whole = true});
    case Kind::moment:
      return times(moment_of, {.per_unit = 1000, .add = shift});
    case Kind::time:
      return times(time_of, {.per_unit = 1000});
    case Kind::duration:
      return times(duration_of, {.per_unit = 1000});
    default:
      return number_column(
          name, Kind::missing, ElementType::int8,
          values_of<std::int8_t>(*objects, kinds,
                                 [](Py_ssize_t, nb::handle) { return std::int8_t{0}; }));
  }
}

}  // namespace stata_pydata::python
