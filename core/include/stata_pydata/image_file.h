// Images under names in a folder of shared memory (tmpfs), Linux. A new image is filled
// under a hidden name that its writer holds a lock on, and published by renaming: a
// reader finds the image before or the one after, never half of one; a writer that dies
// leaves a hidden file that nobody locks. docs/images.md describes the protocol.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "stata_pydata/image_writer.h"

namespace stata_pydata::posix {

/// The file of an image: descriptor, and its pages where they are mapped already.
struct OpenImage {
  int fd = -1;
  std::byte* pages = nullptr;
  std::int64_t bytes = 0;

  OpenImage() = default;
  OpenImage(OpenImage&& other) noexcept;
  OpenImage& operator=(OpenImage&& other) noexcept;
  ~OpenImage();
};

/// Keeps the pages of images that were replaced, for the next one under the same name:
/// pages that the system has given once are several times faster to fill than new ones.
/// One image a name, none that anybody else has open, and only where memory is plenty.
/// What it keeps goes with it. Not thread-safe.
class ImagePool {
 public:
  ImagePool();
  ~ImagePool();
  ImagePool(const ImagePool&) = delete;
  ImagePool& operator=(const ImagePool&) = delete;

  /// Gives up what is kept for a path, or for all.
  void forget(const std::string& path);
  void clear();
  /// Bytes that are kept and published nowhere.
  std::int64_t spare_bytes() const noexcept;

 private:
  friend class NewImage;
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

enum class ImageKind : std::uint8_t {
  file,       // in the folder's file system
  anonymous,  // memory of this process, which the name links to; gone when it ends
};

/// An image on its way to a name. Destroyed unpublished it leaves nothing.
class NewImage {
 public:
  /// A hidden file beside `path`, with room for `bytes` bytes. `pool` (or null) may give
  /// it pages. Throws memory where the file system has no room, naming the sizes; denied,
  /// not_found, system.
  NewImage(const std::string& path, std::int64_t bytes, ImagePool* pool,
           ImageKind kind = ImageKind::file);
  NewImage(NewImage&&) noexcept;
  NewImage& operator=(NewImage&&) noexcept;
  ~NewImage();

  int fd() const noexcept;
  /// Where it is filled; readers take no notice of it.
  const std::string& hidden_path() const noexcept;
  /// Whether it lies on pages of an image that was replaced.
  bool recycled() const noexcept;

  /// Writes the plan's image. False when `options.stop` gave up. Throws as write_image().
  bool write(const dta::WritePlan& plan, const dta::WriteOptions& options);

  /// Gives the image its name, whatever had it. Of an anonymous one the descriptor that
  /// keeps it is returned and is the caller's, else -1. Throws denied, system.
  int publish();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// Whether this process has the file open through `fd` and nobody else at all has, mapped
/// or not. False where the system can't tell.
bool is_ours_alone(int fd) noexcept;

}  // namespace stata_pydata::posix
