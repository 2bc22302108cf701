#include "stata_pydata/image_columns.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <string>
#include <unordered_set>

#include "stata_pydata/error.h"

namespace stata_pydata::dta {
namespace {

class StrlTexts : public TextMaker {
 public:
  /// Throws damaged where the strLs are.
  StrlTexts(const ImageReader& reader, std::int64_t variable)
      : reader_(reader), variable_(variable) {
    if (reader.observations() > 0) reader.text(variable, 0);  // makes the index
  }

  void find(std::int64_t first, std::int64_t count,
            FoundText* texts) const noexcept override {
    constexpr std::int64_t most = 64;
    StoredText stored[most];
    for (; count > 0; first += most, count -= most, texts += most) {
      const std::int64_t some = std::min(most, count);
      if (!look_up(first, some, stored)) {
        std::fill_n(texts, some, FoundText{{nullptr, -1}});
        continue;
      }
      std::transform(stored, stored + some, texts, [](const StoredText& text) {
        return FoundText{text.bytes, text.binary};
      });
    }
  }

 private:
  bool look_up(std::int64_t first, std::int64_t count, StoredText* texts) const noexcept {
    try {
      return reader_.find_texts(variable_, {.begin = first, .count = count}, texts,
                                {.threads = 1});
    } catch (const std::exception&) {
      return false;
    }
  }

  const ImageReader& reader_;
  std::int64_t variable_;
};

TextColumn text_column(const ImageReader& reader, std::int64_t variable) {
  const StoredCells cells = reader.cells(variable);
  TextChunk chunk;
  chunk.count = cells.count;
  if (cells.type == kStrl) {
    chunk.form = TextForm::made;
    chunk.maker = std::make_shared<StrlTexts>(reader, variable);
  } else {
    chunk.form = TextForm::cells;
    chunk.values = cells.first;
    chunk.stride = cells.stride;
    chunk.width = cells.type.width;
  }
  return {false, {chunk}};
}

std::vector<std::int64_t> all_variables(const ImageReader& reader) {
  std::vector<std::int64_t> variables(reader.schema().variables.size());
  std::iota(variables.begin(), variables.end(), 0);
  return variables;
}

/// The keys up to the first that is not among the variables, by their new indexes.
std::vector<std::int32_t> keys_among(const std::vector<std::int32_t>& keys,
                                     std::span<const std::int64_t> variables) {
  std::vector<std::int32_t> kept;
  for (const std::int32_t key : keys) {
    const auto at = std::find(variables.begin(), variables.end(), key);
    if (at == variables.end()) break;
    kept.push_back(static_cast<std::int32_t>(at - variables.begin()));
  }
  return kept;
}

}  // namespace

std::vector<InputVariable> columns_of(const ImageReader& reader,
                                      std::span<const std::int64_t> variables) {
  std::vector<InputVariable> columns;
  columns.reserve(variables.size());
  for (const std::int64_t variable : variables) {
    const StoredCells cells = reader.cells(variable);
    if (cells.type == kAlias)
      throw Error(
          Fault::invalid,
          "variable " +
              reader.schema().variables[static_cast<std::size_t>(variable)].name +
              " is an alias of a variable in another frame; it has no cells to copy");
    InputVariable column;
    if (cells.type.is_text())
      column.column = text_column(reader, variable);
    else
      column.column = cells;
    column.rule = TypeRule::declared;
    columns.push_back(std::move(column));
  }
  return columns;
}

std::vector<InputVariable> columns_of(const ImageReader& reader) {
  return columns_of(reader, all_variables(reader));
}

Schema schema_of(const ImageReader& reader, std::span<const std::int64_t> variables) {
  const Schema& all = reader.schema();
  Schema schema;
  schema.data_label = all.data_label;
  schema.timestamp = all.timestamp;
  schema.value_labels = all.value_labels;
  schema.sorted_by = keys_among(all.sorted_by, variables);
  std::unordered_set<std::string_view> owners{kDatasetOwner};
  for (const std::int64_t variable : variables) {
    schema.variables.push_back(all.variables.at(static_cast<std::size_t>(variable)));
    owners.insert(all.variables[static_cast<std::size_t>(variable)].name);
  }
  for (const auto& item : all.characteristics)
    if (owners.contains(item.owner)) schema.characteristics.push_back(item);
  return schema;
}

}  // namespace stata_pydata::dta
