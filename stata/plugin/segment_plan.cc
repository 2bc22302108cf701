#include "segment_plan.h"

#include <unordered_map>

#include "stata_pydata/error.h"
#include "stata_pydata/segment_values.h"
#include "stata_pydata/stata_types.h"
#include "stata_pydata/variable_names.h"

namespace stata_pydata {
namespace {

constexpr int kDuplicate = 110, kMissingFile = 601, kWrongContents = 459,
              kTooManyObservations = 901;

std::string describe(const SegmentRecord& record) {
  return "segment " + std::to_string(record.id) + " of variable " + record.name;
}

void check_names(const std::vector<SegmentRecord>& records, const std::string& path) {
  std::unordered_map<std::string, std::size_t> lines;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const auto [found, is_new] = lines.try_emplace(records[i].name, i + 1);
    if (!is_new) {
      throw Refusal(kDuplicate, "variable " + records[i].name + " stands twice in " +
                                    path + " (lines " + std::to_string(found->second) +
                                    " and " + std::to_string(i + 1) +
                                    "); erase the file and write all variables again");
    }
  }
}

void check_lengths(const std::vector<SegmentRecord>& records) {
  const SegmentRecord& first = records.front();
  for (const SegmentRecord& record : records) {
    if (record.elements != first.elements) {
      throw Refusal(kWrongContents, "variables differ in length: " + first.name +
                                        " has " + std::to_string(first.elements) +
                                        " observations, " + record.name + " has " +
                                        std::to_string(record.elements));
    }
  }
  if (first.elements > kMaxPluginObservations) {
    throw Refusal(
        kTooManyObservations,
        std::to_string(first.elements) +
            " observations are more than Stata's plugin interface can number (" +
            std::to_string(kMaxPluginObservations) + ")");
  }
}

sysv::Attachment attach(const SegmentRecord& record) {
  check_identity(record);
  sysv::Attachment segment(static_cast<int>(record.id), Access::read_only);
  const std::size_t needed = segment_bytes(record.elements);
  if (segment.size() < needed) {
    throw Refusal(kWrongContents, describe(record) + " has " +
                                      std::to_string(segment.size()) + " bytes, but " +
                                      std::to_string(record.elements) +
                                      " elements take " + std::to_string(needed));
  }
  return segment;
}

}  // namespace

void check_identity(const SegmentRecord& record) {
  sysv::Status status;
  try {
    status = sysv::status(static_cast<int>(record.id));
  } catch (const Error& error) {
    if (error.fault() != Fault::not_found) {
      throw Error(error.fault(), "variable " + record.name + ": " + error.what(),
                  error.system_errno());
    }
    throw Refusal(kMissingFile,
                  describe(record) +
                      " not found: it was removed, or the machine was restarted; "
                      "write the data again");
  }
  if (status.key != record.key) {
    throw Refusal(kWrongContents, describe(record) + " has key " +
                                      std::to_string(status.key) + ", the file says " +
                                      std::to_string(record.key) +
                                      ": the file is out of date; write the data again");
  }
}

Plan attach_segments(const std::string& path) {
  std::vector<SegmentRecord> records = read_info(path);
  check_names(records, path);
  check_lengths(records);
  std::vector<std::string> names;
  for (const SegmentRecord& record : records) names.push_back(record.name);
  names = legal_names(names);

  Plan plan;
  plan.observations = records.front().elements;
  for (std::size_t i = 0; i < records.size(); ++i) {
    sysv::Attachment segment = attach(records[i]);
    plan.variables.push_back(
        {std::move(records[i]), std::move(names[i]), std::move(segment)});
  }
  return plan;
}

}  // namespace stata_pydata
