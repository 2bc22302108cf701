// Columns into a complete .dta image. Plan once: types by value, widths, strLs and every
// offset are settled and every limit is checked before a byte is written. Then run:
// blocks of rows on several threads that never share a byte. The same input gives the
// same bytes, whatever the threads; slack is zero.
//
// A plan borrows the columns' memory; it may be written any number of times, from any
// thread. Besides the image, writing takes about a megabyte per thread; sharing equal
// strLs takes 24 bytes or more per distinct text as well.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "stata_pydata/dataset_schema.h"
#include "stata_pydata/image_layout.h"
#include "stata_pydata/input_column.h"
#include "stata_pydata/kernels.h"

namespace stata_pydata::dta {

/// How a variable gets its storage type.
enum class TypeRule : std::uint8_t {
  by_value,  // the column's own type, widened where values need it
  smallest,  // the smallest type that holds every value, as Stata's compress
  declared,  // Variable::type; a value that it can't hold is an error. str0: sized
  preferred  // Variable::type where it holds every value exactly, else by value
};

/// What becomes of infinities and of numbers beyond Stata's range.
enum class OutOfRange : std::uint8_t { error, missing };

struct InputVariable {
  InputColumn column;
  TypeRule rule = TypeRule::by_value;
  OutOfRange out_of_range = OutOfRange::error;
  bool round_integers = false;  // beyond 2^53: the nearest double instead of an error
};

/// Which strLs are stored once, owned by the first of the cells that have them.
enum class StrlSharing : std::uint8_t {
  none,
  same_memory,  // those whose bytes are the very same: strLs that an image shares
  equal,        // all that are equal
};

struct WriteOptions {
  StrlSharing share_strls = StrlSharing::none;  // planning only
  int threads = 0;                              // 0: the project's default
  const KernelTable* kernels = nullptr;  // planning only; null: this processor's best
  /// Asked on the calling thread every few milliseconds; true gives up.
  std::function<bool()> stop;
  /// Where write_image() adds the rows that are written; or null.
  std::atomic<std::int64_t>* rows_done = nullptr;
};

struct PlanParts;

class WritePlan {
 public:
  explicit WritePlan(std::unique_ptr<const PlanParts> parts) noexcept;
  WritePlan(WritePlan&&) noexcept;
  WritePlan& operator=(WritePlan&&) noexcept;
  ~WritePlan();

  /// The schema as it is written: types, formats, release and note0 filled in.
  const Schema& schema() const noexcept;
  const ImageLayout& layout() const noexcept;
  std::int64_t image_bytes() const noexcept { return layout().image_bytes(); }

  /// For the writer alone.
  const PlanParts& parts() const noexcept { return *parts_; }

 private:
  std::unique_ptr<const PlanParts> parts_;
};

/// Plans the image of `variables`, whose metadata `schema` holds at the same position
/// (Variable::type counts only where the rule is `declared`). Returns nothing when `stop`
/// gave up.
///
/// Types by value: integers keep the smallest storage type of their width or more, int64
/// and uint64 become long where every value fits, else double; floats become double where
/// a value passes float's range; texts become str# of the longest one's bytes, strL above
/// 2,045; binaries become strL. NaNs and masked elements are missing, tags are kept; a
/// missing text is "".
///
/// The sort list is cut to the leading keys by which the rows are sorted in fact: Stata
/// believes it without looking.
///
/// Throws range, invalid or type, naming variable, row (from 0), value and limit: an
/// infinity or a number out of range, an integer beyond 2^53 that would become a double,
/// a NUL in a text, a name, label, format, label set, characteristic or note beyond
/// Stata's limits, a name twice, a format or value label that doesn't fit its variable,
/// columns of different lengths.
std::optional<WritePlan> plan_image(Schema schema,
                                    std::span<const InputVariable> variables,
                                    const WriteOptions& options = {});

/// Plans an image whose cells are filled later, in place: `observations` rows, numbers
/// all missing, texts empty. Every type is declared. Throws as plan_image.
WritePlan plan_empty_image(Schema schema, std::int64_t observations);

/// Writes the image into an empty regular file, from offset 0, by pwrite. The first tag
/// goes last: a half-written file is no image. Returns false when `stop` gave up. Throws
/// memory where the file system is full, system.
bool write_image(const WritePlan& plan, int fd, const WriteOptions& options = {});

/// Writes the image in place. REQUIRES: image_bytes() bytes at `image`, zero or not.
bool write_image(const WritePlan& plan, std::byte* image,
                 const WriteOptions& options = {});

}  // namespace stata_pydata::dta
