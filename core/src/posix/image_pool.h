// What an ImagePool keeps.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>

#include "stata_pydata/image_file.h"

namespace stata_pydata::posix {

/// For one path: the image that this process published there last, and one that it
/// replaced, under a hidden name.
struct PooledImages {
  OpenImage published;
  OpenImage spare;
  std::string spare_path;
};

struct ImagePool::Parts {
  std::map<std::string, PooledImages> images;
  pid_t owner = 0;  // a child that was forked has no use for its parent's

  bool is_ours() const noexcept;
  void forget(std::map<std::string, PooledImages>::iterator at);
  /// The spare of a path, which nobody has open, with `bytes` bytes of pages mapped; or
  /// one without a descriptor.
  OpenImage take_spare(const std::string& path, std::int64_t bytes, std::string& hidden);
  /// Takes note of an image that was published, and of the one that it replaced, which is
  /// at `hidden` now.
  void note_published(const std::string& path, OpenImage image,
                      const std::string& hidden);
};

}  // namespace stata_pydata::posix
