// An image whose rows come batch by batch, their number unknown: it is finished when they
// have all come. Memory besides the batches stays at a few megabytes; strLs wait in a
// file of their own. Not thread-safe; each batch is written on several threads.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "stata_pydata/image_writer.h"

namespace stata_pydata::dta {

class ImageAppender {
 public:
  /// Every type is declared. `fd` is an empty regular file, `strl_fd` another, which
  /// holds the strLs until finish() (-1 where there are no strL variables). Both are
  /// borrowed. The sort list is left out. Throws as plan_empty_image().
  ImageAppender(Schema schema, int fd, int strl_fd);
  ImageAppender(ImageAppender&&) noexcept;
  ImageAppender& operator=(ImageAppender&&) noexcept;
  ~ImageAppender();

  const Schema& schema() const noexcept;
  std::int64_t rows() const noexcept;

  /// Writes rows behind those that are there: a column for each variable, the rules of
  /// which don't count. Every value of the batch is checked before any is written. False
  /// when `options.stop` gave up, which leaves the rows as they were. Throws as
  /// plan_image() with TypeRule::declared, rows counting from the batch's first; memory,
  /// system.
  bool append(std::span<const InputVariable> columns, const WriteOptions& options = {});

  /// Writes everything else. The file is an image only now. Throws memory, system, range
  /// where the release can't count the rows.
  void finish();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace stata_pydata::dta
