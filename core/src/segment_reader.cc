#include "stata_pydata/segment_reader.h"

#include <cstring>

#include "stata_pydata/error.h"
#include "stata_pydata/parallel.h"

namespace stata_pydata {
namespace {

constexpr std::int64_t kBlock = 1 << 17;

std::string subject(const SegmentRecord& record) {
  return "variable '" + record.name + "': segment " + std::to_string(record.id);
}

void require_ready(const SegmentRecord& record, RecordState state,
                   const sysv::Status& status) {
  switch (state) {
    case RecordState::ready:
      return;
    case RecordState::gone:
      throw Error(
          Fault::not_found,
          subject(record) + " does not exist; it was removed, or this info file is old");
    case RecordState::replaced:
      throw Error(Fault::damaged,
                  subject(record) + " has the key " + std::to_string(status.key) +
                      ", the info file says " + std::to_string(record.key) +
                      "; this info file is old");
    case RecordState::too_small:
      throw Error(Fault::damaged, subject(record) + " has " +
                                      std::to_string(status.bytes) +
                                      " bytes, too few for " +
                                      std::to_string(record.elements) + " elements");
  }
}

}  // namespace

RecordState check_record(const SegmentRecord& record, sysv::Status* status) {
  sysv::Status found;
  try {
    found = sysv::status(static_cast<int>(record.id));
  } catch (const Error& error) {
    if (error.fault() == Fault::not_found) return RecordState::gone;
    throw Error(error.fault(), "variable '" + record.name + "': " + error.what(),
                error.system_errno());
  }
  if (status != nullptr) *status = found;
  if (found.key != record.key) return RecordState::replaced;
  return found.bytes / 8 < static_cast<std::size_t>(record.elements)
             ? RecordState::too_small
             : RecordState::ready;
}

sysv::Attachment attach_record(const SegmentRecord& record) {
  sysv::Status status;
  require_ready(record, check_record(record, &status), status);
  sysv::Attachment attachment(static_cast<int>(record.id), Access::read_only);
  status.bytes = attachment.size();
  if (attachment.size() / 8 < static_cast<std::size_t>(record.elements))
    require_ready(record, RecordState::too_small, status);
  return attachment;
}

void copy_words(const std::byte* from, std::byte* to, std::int64_t elements, int threads,
                const std::function<void()>& poll) {
  const auto copy = [&](std::int64_t begin, std::int64_t end) {
    const auto bytes = static_cast<std::size_t>(end - begin) * 8;
    populate(from + begin * 8, bytes, Access::read_only);
    std::memcpy(to + begin * 8, from + begin * 8, bytes);
  };
  for_row_blocks(elements, kBlock, threads, copy, [&] {
    if (poll) poll();
    return false;
  });
}

}  // namespace stata_pydata
