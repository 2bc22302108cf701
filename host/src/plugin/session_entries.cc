// Entries that print, or reach macros, scalars and matrices: for the calling thread
// alone.
#include <algorithm>
#include <atomic>
#include <cstring>

#include "base/error.h"
#include "base/text.h"
#include "lang/session.h"
#include "plugin/call_context.h"
#include "plugin/entries.h"

namespace adohost {
namespace {

constexpr int kOffThread = 498;
constexpr int kNotFound = 111;
constexpr int kBadSubscript = 503;

int g_stop_flag = 0;

/// Runs `body` on the session for an entry that only the calling thread may call, and
/// keeps every exception from reaching the plugin.
template <typename Body>
int on_session(std::size_t slot, Body body) noexcept {
  if (!enter_alone(slot)) return kOffThread;
  try {
    return body(*g_context.session);
  } catch (const StataError& error) {
    return error.rc();
  } catch (const std::exception&) {
    return 909;
  }
}

int spoutsml(char* smcl) {
  return on_session(ADOHOST_SLOT(spoutsml), [&](Session& session) {
    session.out.smcl(smcl, Style::result);
    return 0;
  });
}

int spouterr(char* smcl) {
  return on_session(ADOHOST_SLOT(spouterr), [&](Session& session) {
    session.out.smcl(smcl, Style::error);
    return 0;
  });
}

template <std::size_t slot>
int poll() {
  if (!enter_alone(slot)) return 0;
  return std::atomic_ref(g_stop_flag).load(std::memory_order_relaxed);
}

/// A local is saved under `_name`, which may be as long as a global's name.
bool is_macro_name(std::string_view name) {
  constexpr std::size_t kLongest = 32;
  const std::string_view last_part = name.substr(std::min<std::size_t>(name.size(), 1));
  return !name.empty() && utf8_length(name) <= kLongest && is_name(name.substr(0, 1)) &&
         (last_part.empty() || is_name("_" + std::string(last_part)));
}

int macresave(char* name, char* value) {
  return on_session(ADOHOST_SLOT(macresave), [&](Session& session) {
    if (!is_macro_name(name)) return 198;
    session.macros.set(name, value);
    return 0;
  });
}

/// No such macro is the empty text, as everywhere in Stata.
int macuse(char* name, char* buffer, int size) {
  return on_session(ADOHOST_SLOT(macuse), [&](Session& session) {
    if (size <= 0) return 198;
    const std::string* text = session.macros.find(name);
    const std::size_t copied =
        text == nullptr ? 0 : std::min<std::size_t>(text->size(), size - 1);
    if (copied > 0) std::memcpy(buffer, text->data(), copied);
    buffer[copied] = '\0';
    return 0;
  });
}

int scalaruse(char* name, double* value) {
  return on_session(ADOHOST_SLOT(scalaruse), [&](Session& session) {
    const auto found = session.scalars.find(name);
    if (found == session.scalars.end()) return kNotFound;
    if (found->second.is_string) return 109;
    *value = found->second.number;
    return 0;
  });
}

int scalsave(char* name, double value) {
  return on_session(ADOHOST_SLOT(scalsave), [&](Session& session) {
    if (!is_name(name)) return 198;
    const double kept = is_missing(value) ? missing_value(missing_tag(value)) : value;
    session.scalars[name] = Scalar{false, kept, {}};
    return 0;
  });
}

/// The element, or nullptr and in *rc why not.
double* element(Session& session, const char* name, int row, int col, int* rc) {
  const auto found = session.matrices.find(name);
  *rc = found == session.matrices.end() ? kNotFound : kBadSubscript;
  if (*rc == kNotFound) return nullptr;
  Matrix& matrix = found->second;
  if (row < 1 || row > matrix.rows || col < 1 || col > matrix.cols) return nullptr;
  *rc = 0;
  return &matrix.at(row - 1, col - 1);
}

template <std::size_t slot>
int matel(char* name, int row, int col, double* x) {
  return on_session(slot, [&](Session& session) {
    int rc = 0;
    if (const double* cell = element(session, name, row, col, &rc)) *x = *cell;
    return rc;
  });
}

template <std::size_t slot>
int matstore(char* name, int row, int col, double x) {
  return on_session(slot, [&](Session& session) {
    int rc = 0;
    if (double* cell = element(session, name, row, col, &rc)) {
      *cell = is_missing(x) ? missing_value(missing_tag(x)) : x;
    }
    return rc;
  });
}

int size_of_matrix(std::size_t slot, const char* name, int Matrix::* size) {
  int found = 0;
  on_session(slot, [&](Session& session) {
    const auto at = session.matrices.find(name);
    if (at != session.matrices.end()) found = at->second.*size;
    return 0;
  });
  return found;
}

int rowsof(char* name) {
  return size_of_matrix(ADOHOST_SLOT(rowsof), name, &Matrix::rows);
}
int colsof(char* name) {
  return size_of_matrix(ADOHOST_SLOT(colsof), name, &Matrix::cols);
}

}  // namespace

int* stop_flag() {
  return &g_stop_flag;
}

void fill_session_entries(InterfaceTable* table) {
  table->spoutsml = spoutsml;
  table->spouterr = spouterr;
  table->pollstd = poll<ADOHOST_SLOT(pollstd)>;
  table->pollnow = poll<ADOHOST_SLOT(pollnow)>;
  table->macresave = macresave;
  table->macuse = macuse;
  table->scalaruse = scalaruse;
  table->scalsave = scalsave;
  table->matel = matel<ADOHOST_SLOT(matel)>;
  table->safematel = matel<ADOHOST_SLOT(safematel)>;
  table->matstore = matstore<ADOHOST_SLOT(matstore)>;
  table->safematstore = matstore<ADOHOST_SLOT(safematstore)>;
  table->rowsof = rowsof;
  table->colsof = colsof;
}

}  // namespace adohost
