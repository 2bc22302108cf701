#include "expr/names.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "data/storage.h"
#include "lang/c_values.h"

namespace adohost {

namespace {

struct Number : Node {
  double value = 0;

 protected:
  void numbers(const Block& b, double* out) const override {
    std::fill_n(out, b.count, value);
  }
};

struct Text : Node {
  std::string value;

 protected:
  void texts(const Block& b, std::string* out) const override {
    std::fill_n(out, b.count, value);
  }
};

template <Storage type>
void load_column(const Block& b, std::size_t offset, std::int64_t count, double* out) {
  const std::size_t width = b.session.data.width();
  const std::byte* cell = b.session.data.row(b.obs) + offset;
  for (std::int64_t i = 0; i < count; ++i, cell += width) {
    out[i] = load_number(cell, type);
  }
}

/// The values of a variable. Position only: types and offsets are looked up per block,
/// since commands may promote or add variables while an expression lives.
struct VariableNode : Node {
  int variable = 0;

 protected:
  void numbers(const Block& b, double* out) const override {
    const std::int64_t left = std::max<std::int64_t>(0, b.session.data.nobs() - b.obs);
    const std::int64_t there = std::min(b.count, left);
    std::fill(out + there, out + b.count, missing_value());
    if (there == 0) return;
    const Variable& v = b.session.data.variable(variable);
    switch (v.type.storage) {
      case Storage::byte_:
        return load_column<Storage::byte_>(b, v.offset, there, out);
      case Storage::int_:
        return load_column<Storage::int_>(b, v.offset, there, out);
      case Storage::long_:
        return load_column<Storage::long_>(b, v.offset, there, out);
      case Storage::float_:
        return load_column<Storage::float_>(b, v.offset, there, out);
      default:
        return load_column<Storage::double_>(b, v.offset, there, out);
    }
  }

  void texts(const Block& b, std::string* out) const override {
    for (std::int64_t i = 0; i < b.count; ++i) {
      const bool there = b.obs + i < b.session.data.nobs();
      out[i] = there ? b.session.data.text(variable, b.obs + i) : std::string_view();
    }
  }
};

struct SubscriptNode : Node {
  int variable = 0;
  NodePtr index;

  bool subscripts(int v) const override { return v == variable || index->subscripts(v); }

 protected:
  /// The observation that subscript x means, or -1 outside the run.
  static std::int64_t observation(const Block& b, double x) {
    if (!(x >= 1) || x >= 0x1.0p1023) return -1;
    const double obs = static_cast<double>(b.first) + std::trunc(x) - 1;
    const auto last = static_cast<double>(std::min(b.last, b.session.data.nobs()));
    return obs < last ? static_cast<std::int64_t>(obs) : -1;
  }

  void numbers(const Block& b, double* out) const override {
    index->fill(b, out);
    const double none = missing_value();
    for (std::int64_t i = 0; i < b.count; ++i) {
      const std::int64_t obs = observation(b, out[i]);
      out[i] = obs < 0 ? none : b.session.data.number(variable, obs);
    }
  }

  void texts(const Block& b, std::string* out) const override {
    double at[kBlockRows];
    index->fill(b, at);
    for (std::int64_t i = 0; i < b.count; ++i) {
      const std::int64_t obs = observation(b, at[i]);
      out[i] = obs < 0 ? std::string_view() : b.session.data.text(variable, obs);
    }
  }
};

/// e(sample).
struct EstimationSample : Node {
  EstimationSample() { varies = true; }

 protected:
  void numbers(const Block& b, double* out) const override {
    const auto& sample = b.session.data.estimation_sample;
    for (std::int64_t i = 0; i < b.count; ++i) {
      const auto obs = static_cast<std::size_t>(b.obs + i);
      out[i] = obs < sample.size() ? sample[obs] : 0;
    }
  }
};

struct RunningNumber : Node {  // _n
  RunningNumber() { varies = true; }

 protected:
  void numbers(const Block& b, double* out) const override {
    for (std::int64_t i = 0; i < b.count; ++i) {
      out[i] = static_cast<double>(b.obs + i - b.first + 1);
    }
  }
};

struct RunLength : Node {  // _N
 protected:
  void numbers(const Block& b, double* out) const override {
    std::fill_n(out, b.count, static_cast<double>(b.last - b.first));
  }
};

struct ElementNode : Node {
  std::string matrix;
  NodePtr row;
  NodePtr column;

 protected:
  /// The index from 0, or -1: by number, or by the name of a row or column.
  static int position(const Block& b, const Node& index, int size,
                      const std::vector<std::string>& names) {
    if (index.is_string) {
      std::string name;
      index.fill(b.one(), &name);
      const auto it = std::find(names.begin(), names.end(), name);
      return it == names.end() ? -1 : static_cast<int>(it - names.begin());
    }
    double x = 0;
    index.fill(b.one(), &x);
    return x >= 1 && x < size + 1 ? static_cast<int>(x) - 1 : -1;
  }

  void numbers(const Block& b, double* out) const override {
    const Matrix* m = find_matrix(b.session, matrix);
    for (std::int64_t i = 0; i < b.count; ++i) {
      out[i] = missing_value();
      if (!m) continue;
      const Block here{b.session, b.obs + i, 1, b.first, b.last};
      const int r = position(here, *row, m->rows, m->row_names);
      const int c = position(here, *column, m->cols, m->col_names);
      if (r >= 0 && c >= 0) out[i] = m->at(r, c);
    }
  }
};

}  // namespace

NodePtr make_number(double x) {
  auto node = std::make_unique<Number>();
  node->value = x;
  return node;
}

NodePtr make_text(std::string s) {
  auto node = std::make_unique<Text>();
  node->is_string = true;
  node->value = std::move(s);
  return node;
}

int lookup_variable(const Session& session, std::string_view name) {
  const int exact = session.data.find(name);
  if (exact >= 0 || !session.settings.varabbrev) return exact;
  int found = -1;
  for (int v = 0; v < session.data.nvar(); ++v) {
    if (!session.data.variable(v).name.starts_with(name)) continue;
    if (found >= 0) {
      throw StataError(111, std::string(name) + " ambiguous abbreviation");
    }
    found = v;
  }
  return found;
}

NodePtr resolve_name(Session& session, std::string_view name) {
  if (name == "_n") return std::make_unique<RunningNumber>();
  if (name == "_N") return std::make_unique<RunLength>();
  if (name == "_pi") return make_number(std::numbers::pi);
  if (name == "_rc") return make_number(session.rc);
  const int v = lookup_variable(session, name);
  if (v < 0) return make_scalar(session, name);
  auto node = std::make_unique<VariableNode>();
  node->variable = v;
  node->varies = true;
  node->is_string = session.data.variable(v).type.is_string();
  return node;
}

NodePtr make_subscript(Session& session, int variable, NodePtr index) {
  if (index->is_string) fail_type_mismatch();
  auto node = std::make_unique<SubscriptNode>();
  node->variable = variable;
  node->varies = index->varies;
  node->stateful = index->stateful;
  node->recalls = index->recalls;
  node->is_string = session.data.variable(variable).type.is_string();
  node->index = std::move(index);
  return node;
}

NodePtr make_element(Session& session, std::string_view matrix, NodePtr row,
                     NodePtr column) {
  if (!find_matrix(session, matrix)) fail_not_found(std::string(matrix));
  auto node = std::make_unique<ElementNode>();
  node->matrix = matrix;
  node->varies = row->varies || column->varies;
  node->stateful = row->stateful || column->stateful;
  node->row = std::move(row);
  node->column = std::move(column);
  return node;
}

NodePtr make_scalar(Session& session, std::string_view name) {
  const auto it = session.scalars.find(std::string(name));
  if (it == session.scalars.end()) fail_not_found(std::string(name));
  return it->second.is_string ? make_text(it->second.text)
                              : make_number(it->second.number);
}

NodePtr make_result(Session& session, char family, std::string_view name) {
  if (family == 'e' && name == "sample") return std::make_unique<EstimationSample>();
  const Results& results = family == 'r'   ? session.r
                           : family == 'e' ? session.e
                                           : session.s;
  if (const double* x = results.scalar(name)) return make_number(*x);
  if (const std::string* text = results.macro(name)) return make_text(*text);
  if (results.matrices.contains(std::string(name))) fail_type_mismatch();
  return make_number(missing_value());
}

NodePtr make_system_value(Session& session, std::string_view name) {
  const auto value = c_value(session, name);
  if (!value) return make_number(missing_value());
  return value->is_string ? make_text(value->text) : make_number(value->number);
}

NodePtr make_coefficient(Session& session, bool standard_error, std::string_view name) {
  const auto b = session.e.matrices.find("b");
  const auto v = session.e.matrices.find("V");
  if (b == session.e.matrices.end() ||
      (standard_error && v == session.e.matrices.end())) {
    throw StataError(301, "last estimates not found");
  }
  const auto& names = b->second.col_names;
  const auto it = std::find(names.begin(), names.end(), name);
  if (it == names.end()) fail_not_found("[" + std::string(name) + "]");
  const int at = static_cast<int>(it - names.begin());
  return make_number(standard_error ? std::sqrt(v->second.at(at, at))
                                    : b->second.at(0, at));
}

NodePtr make_label_value(Session& session, std::string_view text,
                         std::string_view label) {
  const auto set = session.data.value_labels.find(std::string(label));
  if (set == session.data.value_labels.end()) {
    throw StataError(111, "value label " + std::string(label) + " not found");
  }
  constexpr std::int32_t kFirstMissing = 0x7fffffe6;  // .a
  for (const auto& [value, shown] : set->second) {
    if (shown != text) continue;
    return make_number(value >= kFirstMissing ? missing_value(value - kFirstMissing + 1)
                                              : value);
  }
  return make_number(missing_value());
}

const Matrix* find_matrix(const Session& session, std::string_view name) {
  const auto in = [](const auto& all, std::string_view key) -> const Matrix* {
    const auto it = all.find(std::string(key));
    return it == all.end() ? nullptr : &it->second;
  };
  const bool stored =
      name.size() > 3 && name[1] == '(' && name.back() == ')' && name[0] != 's';
  if (!stored) return in(session.matrices, name);
  const std::string_view key = name.substr(2, name.size() - 3);
  return in(name[0] == 'e' ? session.e.matrices : session.r.matrices, key);
}

}  // namespace adohost
