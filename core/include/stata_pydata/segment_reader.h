// The segments that an info file names, checked before anyone reads their bytes.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "stata_pydata/info_file.h"
#include "stata_pydata/segment.h"
#include "stata_pydata/segment_values.h"

namespace stata_pydata {

/// How a record of an info file stands to the segments of the system.
enum class RecordState {
  ready,     // the segment is there, with the record's key, and large enough
  gone,      // no segment has this id
  replaced,  // the segment with this id has another key
  too_small  // it holds fewer bytes than the record says
};

/// `status` (where not null) is filled unless the segment is gone. Throws denied.
RecordState check_record(const SegmentRecord& record, sysv::Status* status = nullptr);

/// Maps the segment of a record, read-only: at least record.elements words. Throws
/// not_found, denied, damaged (replaced or too small), naming the variable.
sysv::Attachment attach_record(const SegmentRecord& record);

/// Copies `elements` words, on several threads. `poll` is called every few milliseconds
/// on the calling thread; it may throw to give up.
void copy_words(const std::byte* from, std::byte* to, std::int64_t elements, int threads,
                const std::function<void()>& poll = {});

}  // namespace stata_pydata
