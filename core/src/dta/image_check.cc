#include "stata_pydata/image_check.h"

#include <algorithm>

#include "dta/checks.h"
#include "stata_pydata/error.h"

namespace stata_pydata::dta {

void Findings::add(Finding finding) {
  constexpr std::size_t most = 1000;
  const bool is_error = finding.severity == Severity::error;
  if (found_.size() < most)
    found_.push_back(std::move(finding));
  else if (is_error && !failed_)
    found_.back() = std::move(finding);
  failed_ |= is_error;
}

bool CheckReport::passed() const noexcept {
  return std::none_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.severity == Severity::error;
  });
}

CheckReport check_image(std::span<const std::byte> image, int threads) {
  Findings findings;
  try {
    const ParsedImage parsed = parse_image(image);
    check_stored(parsed, findings);
    check_schema(parsed, findings);
    check_cells(parsed, threads, findings);
    if (parsed.layout.widths.tagged) check_strls(parsed, findings);
    check_order(parsed, threads, findings);
  } catch (const Error& error) {
    findings.error(-1, error.what());
  }
  return {findings.take()};
}

}  // namespace stata_pydata::dta
