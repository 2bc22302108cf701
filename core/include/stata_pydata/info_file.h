// The info file of the original kind: one line per segment, tab-separated
//   key <TAB> segment id <TAB> dtype code <TAB> number of elements <TAB> variable name
//   <LF>
// read tolerantly where the original is (a last line without LF, CR LF), strictly where
// data are at stake. docs/segments.md is the contract.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace stata_pydata {

/// The dtype codes of the original: C long, C double, C long again (Python 2's long).
enum class SegmentType : int { int_ = 0, float_ = 1, long_ = 2 };

struct SegmentRecord {
  std::int64_t key = 0;
  std::int64_t id = 0;
  SegmentType type = SegmentType::float_;
  std::int64_t elements = 0;
  std::string name;
};

/// Parses the text of an info file; `path` is for messages. Throws invalid with the
/// line's number, what was expected and what stands there; an empty file is an error too.
/// Never reads beyond `text`, allocates no more than a few times its size.
std::vector<SegmentRecord> parse_info(std::string_view text, const std::string& path);
/// The line of one record, with its LF. Throws invalid where the name has a tab, a line
/// end or a NUL (they would break the file).
std::string format_record(const SegmentRecord& record);

/// Reads and parses a file of at most 64 MB. Throws not_found, denied, invalid.
std::vector<SegmentRecord> read_info(const std::string& path);

/// Called every few milliseconds while another process holds the lock; may throw to give
/// up.
using LockPoll = std::function<void()>;

/// Appends one line in a single write under an exclusive lock (flock); a file whose last
/// line lacks its LF gets it first. Creates the file (0666 & ~umask, as open() does).
/// After an error the file is as it was. Throws not_found (no such folder), denied,
/// invalid (not a regular file), memory (disk full), system (still locked after ten
/// seconds).
void append_info(const std::string& path, const SegmentRecord& record,
                 const LockPoll& poll = {});
/// Replaces the file by these records, under the lock of the one it replaces: written
/// beside it, flushed, renamed over it, with the permissions it had. A reader sees the
/// old file or the new one. Where `path` is a symbolic link, the file it points at is
/// replaced. Throws as append_info.
void replace_info(const std::string& path, const std::vector<SegmentRecord>& records,
                  const LockPoll& poll = {});

}  // namespace stata_pydata
