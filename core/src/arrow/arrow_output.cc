#include "stata_pydata/arrow_output.h"

#include <algorithm>
#include <cerrno>
#include <exception>
#include <new>

#include "arrow/output_batch.h"
#include "dta/row_reads.h"
#include "stata_pydata/error.h"

namespace stata_pydata::dta {
namespace {

class Stream {
 public:
  Stream(std::shared_ptr<const ImageReader> reader,
         const std::vector<std::int64_t>& variables, const RowSelection& rows,
         ArrowOutputOptions options)
      : reader_(std::move(reader)), rows_(rows), options_(std::move(options)) {
    check_selection(rows, reader_->observations());
    if (rows.indexes) {
      indexes_.assign(rows.indexes, rows.indexes + rows.count);
      rows_.indexes = indexes_.data();
      for (std::int64_t i = 0; i < rows.count; ++i)
        row_of(rows_, i, reader_->observations());
    }
    columns_ = plan_columns(*reader_, variables, options_);
  }

  UniqueArrow<ArrowSchema> schema() const { return arrow_schema_of(columns_, options_); }

  /// A batch; a released one behind the last.
  UniqueArrow<ArrowArray> next() {
    if (at_ >= rows_.count) return {};
    const std::int64_t most = options_.batch_rows > 0 ? options_.batch_rows : rows_.count;
    const std::int64_t end = at_ + std::min(most, rows_.count - at_);
    auto batch = make_batch(*reader_, columns_, rows_, at_, end, options_);
    at_ = end;
    return batch;
  }

  template <typename Work>
  int answered(const Work& work) noexcept {
    try {
      work();
      return 0;
    } catch (const Error& error) {
      return failed(error, error.fault() == Fault::memory ? ENOMEM : EINVAL);
    } catch (const std::bad_alloc& error) {
      return failed(error, ENOMEM);
    } catch (const std::exception& error) {
      return failed(error, EINVAL);
    }
  }
  const char* error() const noexcept { return error_.empty() ? nullptr : error_.c_str(); }

 private:
  int failed(const std::exception& error, int code) noexcept {
    try {
      error_ = error.what();
    } catch (...) {
      error_.clear();
    }
    return code;
  }

  std::shared_ptr<const ImageReader> reader_;
  RowSelection rows_;
  std::vector<std::int64_t> indexes_;
  ArrowOutputOptions options_;
  std::vector<OutputColumn> columns_;
  std::int64_t at_ = 0;
  std::string error_;
};

Stream& stream_of(ArrowArrayStream* self) {
  return *static_cast<Stream*>(self->private_data);
}

/// Moves a struct out: who receives it releases it.
template <typename Struct>
void hand_over(UniqueArrow<Struct> from, Struct* to) {
  *to = std::exchange(*from.get(), Struct{});
}

}  // namespace

void export_arrow(std::shared_ptr<const ImageReader> reader,
                  std::vector<std::int64_t> variables, const RowSelection& rows,
                  ArrowOutputOptions options, ArrowArrayStream* out) {
  auto stream =
      std::make_unique<Stream>(std::move(reader), variables, rows, std::move(options));
  *out = {};
  out->get_schema = [](ArrowArrayStream* self, ArrowSchema* schema) {
    return stream_of(self).answered([&] { hand_over(stream_of(self).schema(), schema); });
  };
  out->get_next = [](ArrowArrayStream* self, ArrowArray* batch) {
    return stream_of(self).answered([&] { hand_over(stream_of(self).next(), batch); });
  };
  out->get_last_error = [](ArrowArrayStream* self) { return stream_of(self).error(); };
  out->release = [](ArrowArrayStream* self) {
    delete static_cast<Stream*>(self->private_data);
    self->release = nullptr;
  };
  out->private_data = stream.release();
}

}  // namespace stata_pydata::dta
