#include "arrow/output_batch.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <deque>

#include "arrow/time_output.h"
#include "arrow/view_room.h"
#include "dta/row_reads.h"
#include "stata_pydata/error.h"
#include "stata_pydata/stata_types.h"

namespace stata_pydata::dta {
namespace {

using Kind = OutputColumn::Kind;

std::int64_t form_bytes(NumberForm form) noexcept {
  constexpr std::int64_t bytes[] = {1, 2, 4, 8, 4, 8};
  return bytes[static_cast<std::size_t>(form)];
}

std::int64_t unset_bits(const std::uint8_t* bits, std::int64_t count) noexcept {
  std::int64_t set = 0, at = 0;
  for (; at + 64 <= count; at += 64) {
    std::uint64_t word;
    std::memcpy(&word, bits + at / 8, sizeof word);
    set += std::popcount(word);
  }
  for (; at < count; at += 8) set += std::popcount(bits[at / 8]);
  return count - set;
}

class BatchMaker {
 public:
  BatchMaker(const ImageReader& reader, const std::vector<OutputColumn>& columns,
             const RowSelection& rows, const ArrowOutputOptions& options)
      : reader_(reader),
        columns_(columns),
        rows_(rows),
        options_(options),
        read_(options.read),
        arrays_(columns.size()) {
    read_.utf8 = true;
  }

  UniqueArrow<ArrowArray> make() {
    read_numbers();
    if (options_.text_views)
      read_views();
    else
      read_texts();
    ArrayParts batch;
    batch.length = rows_.count;
    batch.buffers.emplace_back();
    for (auto& array : arrays_) batch.children.push_back(make_array(std::move(array)));
    return make_array(std::move(batch));
  }

 private:
  void check_finished(bool finished) const {
    if (!finished) throw Error(Fault::system, "reading was given up");
  }

  /// Whether missing values of the column stay in it as NaNs.
  bool keeps_nans(const OutputColumn& column) const {
    return options_.tagged_nans && column.kind == Kind::number &&
           column.type.storage >= Storage::float_;
  }

  /// All columns of numbers in one pass over the rows.
  void read_numbers() {
    std::vector<NumberRequest> requests;
    for (std::size_t k = 0; k < columns_.size(); ++k) {
      const auto& column = columns_[k];
      if (column.is_text()) continue;
      auto& buffers = arrays_[k].buffers;
      const std::int64_t width = form_bytes(column.read_form());
      buffers.emplace_back(keeps_nans(column) ? ArrowBuffer()
                                              : ArrowBuffer(rows_.count / 8 + 1));
      buffers.emplace_back(rows_.count * width);
      requests.push_back({column.variable,
                          {.form = column.read_form(),
                           .values = buffers[1].data(),
                           .stride = width,
                           .validity = buffers[0].as<std::uint8_t>()}});
    }
    check_finished(reader_.read_numbers(requests, rows_, read_));
    for (std::size_t k = 0; k < columns_.size(); ++k)
      if (!columns_[k].is_text()) finish_numbers(columns_[k], arrays_[k]);
  }

  void finish_numbers(const OutputColumn& column, ArrayParts& array) {
    array.length = rows_.count;
    if (array.buffers[0].data())
      array.null_count = unset_bits(array.buffers[0].as<std::uint8_t>(), rows_.count);
    if (column.kind == Kind::dictionary) array.dictionary.push_back(label_array(column));
    if (column.kind != Kind::number) convert(column, array);
    if (array.null_count == 0) array.buffers[0] = ArrowBuffer();
  }

  /// Makes days, microseconds or places of labels of the numbers that were read.
  void convert(const OutputColumn& column, ArrayParts& array) {
    const TimeOutput numbers{reader_, column, rows_, array.buffers[0].as<std::uint8_t>(),
                             array.buffers[1].data()};
    switch (column.kind) {
      case Kind::date:
        return numbers.to_days();
      case Kind::time:
        return numbers.to_microseconds();
      default:
        return numbers.to_places();
    }
  }

  static UniqueArrow<ArrowArray> label_array(const OutputColumn& column) {
    std::int64_t bytes = 0;
    for (const auto& label : column.labels)
      bytes += static_cast<std::int64_t>(label.size());
    ArrayParts array;
    array.length = static_cast<std::int64_t>(column.labels.size());
    array.buffers.emplace_back();
    auto* offsets = array.buffers.emplace_back((array.length + 1) * 8).as<std::int64_t>();
    char* text = array.buffers.emplace_back(bytes).as<char>();
    *offsets = 0;
    for (const auto& label : column.labels) {
      std::memcpy(text + *offsets, label.data(), label.size());
      offsets[1] = offsets[0] + static_cast<std::int64_t>(label.size());
      ++offsets;
    }
    return make_array(std::move(array));
  }

  /// An array of texts without a validity bitmap, whose second buffer is to be filled.
  struct TextArray {
    std::int64_t variable;
    std::vector<ArrowBuffer>& buffers;
  };

  std::vector<TextArray> begin_texts(std::int64_t second_bytes) {
    std::vector<TextArray> texts;
    for (std::size_t k = 0; k < columns_.size(); ++k) {
      if (!columns_[k].is_text()) continue;
      arrays_[k].length = rows_.count;
      auto& buffers = arrays_[k].buffers;
      buffers.emplace_back();
      buffers.emplace_back(second_bytes);
      texts.push_back({columns_[k].variable, buffers});
    }
    return texts;
  }

  /// All columns of texts in one pass over the rows.
  void read_views() {
    const auto texts = begin_texts(rows_.count * kViewBytes);
    std::vector<ViewRequest> requests;
    std::deque<ViewRoom> rooms;  // a request points to its own
    for (const auto& [variable, buffers] : texts)
      requests.push_back({variable, buffers[1].data(), &rooms.emplace_back()});
    check_finished(reader_.read_views(requests, rows_, read_));
    for (std::size_t k = 0; k < texts.size(); ++k) rooms[k].move_to(texts[k].buffers);
  }

  /// All columns of texts in two passes over the rows.
  void read_texts() {
    const auto texts = begin_texts((rows_.count + 1) * 8);
    std::vector<TextRequest> requests;
    for (const auto& [variable, buffers] : texts)
      requests.push_back({variable, buffers[1].as<std::int64_t>(), nullptr});
    check_finished(reader_.text_offsets(requests, rows_, read_));
    for (std::size_t k = 0; k < texts.size(); ++k)
      requests[k].bytes =
          texts[k].buffers.emplace_back(requests[k].offsets[rows_.count]).as<char>();
    check_finished(reader_.read_texts(requests, rows_, read_));
  }

  const ImageReader& reader_;
  const std::vector<OutputColumn>& columns_;
  const RowSelection rows_;
  const ArrowOutputOptions& options_;
  ReadOptions read_;
  std::vector<ArrayParts> arrays_;
};

}  // namespace

UniqueArrow<ArrowArray> make_batch(const ImageReader& reader,
                                   const std::vector<OutputColumn>& columns,
                                   const RowSelection& rows, std::int64_t begin,
                                   std::int64_t end, const ArrowOutputOptions& options) {
  return BatchMaker(reader, columns, part_of(rows, begin, end), options).make();
}

}  // namespace stata_pydata::dta
