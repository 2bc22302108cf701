// Parallelism in one place: rows are split into blocks that write disjoint bytes, and the
// blocks are shared out among threads. Work functions allocate nothing and throw nothing.
#pragma once

#include <cstdint>
#include <functional>

namespace stata_pydata {

/// Threads to use for `rows` rows when the caller asks for `requested` (0: the project's
/// default, at most `most` and no more than the processors this process may run on). Few
/// rows are not worth a thread.
int choose_threads(int requested, std::int64_t rows, int most = 4);

/// Calls work(begin, end) for blocks of at most `block` rows that together cover [0,
/// rows), on `threads` threads; the calling thread is one of them. Between its own blocks
/// (or every few milliseconds while it waits) the calling thread calls `stop`; once that
/// returns true no further block is begun. Returns whether every block was done; all
/// threads are joined on return. The first exception of `work` is rethrown on the calling
/// thread.
bool for_row_blocks(std::int64_t rows, std::int64_t block, int threads,
                    const std::function<void(std::int64_t, std::int64_t)>& work,
                    const std::function<bool()>& stop = {});

}  // namespace stata_pydata
