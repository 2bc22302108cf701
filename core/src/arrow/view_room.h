// The buffers that the views of one array point into.
#pragma once

#include <cstdint>
#include <mutex>
#include <vector>

#include "arrow/arrow_buffer.h"
#include "stata_pydata/image_reader.h"

namespace stata_pydata::dta {

/// Buffers grow with the texts: what is asked for lies in the last one that was made, or
/// in a new one, twice as large up to a limit.
class ViewRoom : public TextRoom {
 public:
  Place take(std::int64_t bytes) override;

  /// Moves the buffers to the end of `buffers`, and behind them their sizes in bytes as
  /// Arrow's C interface wants them (n_buffers counts this one too).
  void move_to(std::vector<ArrowBuffer>& buffers);

 private:
  std::mutex mutex_;
  std::vector<ArrowBuffer> buffers_;
  std::vector<std::int64_t> sizes_;
  std::int64_t used_ = 0;  // of the last one
};

}  // namespace stata_pydata::dta
