// Fills the cells of an image where they are: one that plan_empty_image() made, or any
// other that is little-endian. Several fillers, of one process or of several, may fill
// different cells at the same time. Nothing but cells is changed: a sort list that no
// longer holds is the caller's to leave out beforehand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "stata_pydata/image_writer.h"

namespace stata_pydata::dta {

/// Values for some rows of a variable.
struct FillColumn {
  std::int64_t variable = 0;
  InputColumn column;
  OutOfRange out_of_range = OutOfRange::error;
  bool round_integers = false;
};

class ImageFiller {
 public:
  /// Borrows the bytes of the image, which must stay mapped. Throws damaged and invalid
  /// as ImageReader, invalid for a big-endian image.
  explicit ImageFiller(std::span<std::byte> image);
  ImageFiller(ImageFiller&&) noexcept;
  ImageFiller& operator=(ImageFiller&&) noexcept;
  ~ImageFiller();

  const Schema& schema() const noexcept;
  std::int64_t observations() const noexcept;

  /// Writes the columns, all of the same length, to their variables from row `first_row`
  /// on. Every value is checked before a cell is written: it must fit the storage type
  /// that the variable has. Texts can't go into a strL, whose bytes lie elsewhere in the
  /// image. False when `stop` gave up: some cells may be written then, others not.
  ///
  /// Throws range, type and invalid as plan_image() with TypeRule::declared, the rows of
  /// its sentences counting from the first of the column; range for rows that are not
  /// there, invalid for a variable that is not.
  bool fill(std::int64_t first_row, std::span<const FillColumn> columns,
            const WriteOptions& options = {});

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace stata_pydata::dta
