#include "arrow/output_column.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <unordered_set>

#include "stata_pydata/error.h"
#include "stata_pydata/missing.h"
#include "stata_pydata/parallel.h"
#include "stata_pydata/stata_types.h"
#include "stata_pydata/text_encoding.h"

namespace stata_pydata::dta {
namespace {

using Kind = OutputColumn::Kind;

/// The letter of a date format: 'd' for %td, %-td or %d, 'c' for %tc; '\0' for none.
char time_letter(std::string_view format) noexcept {
  if (!format.starts_with('%')) return '\0';
  format.remove_prefix(1);
  if (format.starts_with('-')) format.remove_prefix(1);
  if (format.starts_with('d')) return 'd';
  return format.size() > 1 && format[0] == 't' ? format[1] : '\0';
}

Kind kind_of(const Variable& variable, bool dates) {
  if (variable.type.is_text()) return Kind::text;
  const char letter = dates ? time_letter(variable.format) : '\0';
  return letter == 'd' ? Kind::date : letter == 'c' ? Kind::time : Kind::number;
}

/// Whether some text of a strL variable is binary.
bool has_binary(const ImageReader& reader, std::int64_t variable,
                const ReadOptions& options) {
  constexpr std::int64_t rows = 4096;
  std::atomic<bool> found{false};
  const auto look = [&](std::int64_t begin, std::int64_t end) {
    if (found) return;
    std::vector<StoredText> texts(static_cast<std::size_t>(end - begin));
    reader.find_texts(variable, {.begin = begin, .count = end - begin}, texts.data(),
                      {.threads = 1});
    for (const auto& text : texts)
      if (text.binary) found = true;
  };
  for_row_blocks(reader.observations(), rows,
                 choose_threads(options.threads, reader.observations()), look,
                 options.stop);
  return found;
}

class Labels {
 public:
  Labels(const ImageReader& reader, const ArrowOutputOptions& options)
      : reader_(reader), options_(options) {}

  /// Makes a dictionary of the column where every value has a label and all labels are
  /// different.
  void apply(OutputColumn& column, const std::string& set_name) const {
    const ValueLabelSet* set = reader_.schema().find_value_labels(set_name);
    if (!set || !take_labels(column, *set) || !all_labelled(column)) {
      column.labels.clear();
      return;
    }
    column.kind = Kind::dictionary;
  }

 private:
  bool take_labels(OutputColumn& column, const ValueLabelSet& set) const {
    std::vector<const ValueLabel*> entries;
    for (const auto& entry : set.entries)
      if (entry.value <= kLongMax) entries.push_back(&entry);
    std::stable_sort(entries.begin(), entries.end(),
                     [](auto* a, auto* b) { return a->value < b->value; });
    const bool utf8 = reader_.layout().widths.utf8;
    std::unordered_set<std::string> different;
    std::vector<std::int32_t> values;
    for (const auto* entry : entries) {
      if (!values.empty() && values.back() == entry->value) return false;
      values.push_back(entry->value);
      column.labels.push_back(as_utf8(entry->text, utf8));
      if (!different.insert(column.labels.back()).second) return false;
    }
    column.places = LabelPlaces(values);
    return true;
  }

  bool all_labelled(const OutputColumn& column) const {
    constexpr std::int64_t rows = 4096;
    std::atomic<bool> all{true};
    const auto look = [&](std::int64_t begin, std::int64_t end) {
      double values[rows];
      const NumberRequest request{
          column.variable,
          {NumberForm::float64, reinterpret_cast<std::byte*>(values), sizeof(double)}};
      if (!all) return;
      reader_.read_numbers({&request, 1}, {.begin = begin, .count = end - begin},
                           {.threads = 1, .kernels = options_.read.kernels});
      for (std::int64_t i = 0; i < end - begin; ++i)
        if (!std::isnan(values[i]) && !labelled(column, values[i])) all = false;
    };
    const std::int64_t count = reader_.observations();
    return for_row_blocks(count, rows, choose_threads(options_.read.threads, count), look,
                          options_.read.stop) &&
           all;
  }

  static bool labelled(const OutputColumn& column, double value) {
    return value >= kLongMin && value <= kLongMax && value == std::floor(value) &&
           column.places.find(static_cast<std::int32_t>(value)) != LabelPlaces::kNone;
  }

  const ImageReader& reader_;
  const ArrowOutputOptions& options_;
};

}  // namespace

NumberForm OutputColumn::read_form() const noexcept {
  constexpr NumberForm forms[] = {NumberForm::int8, NumberForm::int16, NumberForm::int32,
                                  NumberForm::float32, NumberForm::float64};
  const bool integral = type.storage <= Storage::long_;
  if (kind == Kind::number) return forms[static_cast<std::size_t>(type.storage)];
  if (kind == Kind::time || !integral) return NumberForm::float64;
  return NumberForm::int32;
}

std::string OutputColumn::arrow_format(bool views) const {
  constexpr const char* letters[] = {"c", "s", "i", "f", "g"};
  switch (kind) {
    case Kind::number:
      return letters[static_cast<std::size_t>(type.storage)];
    case Kind::date:
      return "tdD";
    case Kind::time:
      return "tsu:";
    case Kind::text:
      return views ? "vu" : "U";
    case Kind::binary:
      return views ? "vz" : "Z";
    case Kind::dictionary:
      return "i";
  }
  return "";
}

std::vector<OutputColumn> plan_columns(const ImageReader& reader,
                                       const std::vector<std::int64_t>& variables,
                                       const ArrowOutputOptions& options) {
  const bool utf8 = reader.layout().widths.utf8;
  const Labels labels(reader, options);
  std::vector<OutputColumn> columns;
  for (const std::int64_t index : variables) {
    const VariableType type = reader.cells(index).type;
    const auto& variable = reader.schema().variables[static_cast<std::size_t>(index)];
    if (type == kAlias)
      throw Error(Fault::invalid,
                  "variable " + variable.name +
                      " is an alias of a variable in another frame; it has no cells");
    OutputColumn column;
    column.variable = index;
    column.kind =
        kind_of(variable, options.dates.empty() || options.dates.at(columns.size()));
    column.type = type;
    column.name = options.names.empty() ? as_utf8(variable.name, utf8)
                                        : options.names[columns.size()];
    if (type == kStrl && has_binary(reader, index, options.read))
      column.kind = Kind::binary;
    if (options.value_labels && type.is_numeric() && !variable.value_label.empty())
      labels.apply(column, variable.value_label);
    columns.push_back(std::move(column));
  }
  return columns;
}

UniqueArrow<ArrowSchema> arrow_schema_of(const std::vector<OutputColumn>& columns,
                                         const ArrowOutputOptions& options) {
  SchemaParts table{.format = "+s", .name = "", .metadata = options.metadata};
  for (std::size_t k = 0; k < columns.size(); ++k) {
    const auto& column = columns[k];
    SchemaParts field{.format = column.arrow_format(options.text_views),
                      .name = column.name,
                      .metadata = {},
                      .flags = ARROW_FLAG_NULLABLE};
    if (!options.field_metadata.empty()) field.metadata = options.field_metadata.at(k);
    if (column.kind == Kind::dictionary) {
      if (options.ordered) field.flags |= ARROW_FLAG_DICTIONARY_ORDERED;
      field.dictionary.push_back(make_schema({.format = "U", .name = ""}));
    }
    table.children.push_back(make_schema(std::move(field)));
  }
  return make_schema(std::move(table));
}

}  // namespace stata_pydata::dta
