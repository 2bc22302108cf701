// Entries that look at the data. Cell entries may be called from several threads for
// distinct cells, but for those of strL variables, whose texts are shared.
#include <algorithm>
#include <cstring>

#include "base/error.h"
#include "data/varlist.h"
#include "lang/session.h"
#include "plugin/call_context.h"
#include "plugin/entries.h"

namespace adohost {
namespace {

constexpr int kBadIndex = 198;
constexpr int kBadType = 109;
constexpr int kOffThread = 498;

struct Cell {
  const CellColumn* column = nullptr;
  std::byte* at = nullptr;
};

/// False where there is no such variable or observation. In the fast mode of a plugin
/// Stata does not look; the host always does, for two compares that cost nothing
/// measurable.
inline bool find_cell(int variable, int obs, Cell* cell) noexcept {
  const CallContext& context = g_context;
  const auto v = static_cast<std::uint64_t>(std::int64_t{variable} - 1);
  const auto row = static_cast<std::uint64_t>(std::int64_t{obs} - 1);
  if (v >= context.ncolumns || row >= context.nobs) [[unlikely]]
    return false;
  cell->column = context.columns + v;
  cell->at = context.cells + row * context.width + cell->column->offset;
  return true;
}

const CellColumn* find_column(int variable) noexcept {
  const auto v = static_cast<std::uint64_t>(std::int64_t{variable} - 1);
  return v < g_context.ncolumns ? g_context.columns + v : nullptr;
}

template <std::size_t slot>
int vstore(int variable, int obs, double x) {
  enter(slot);
  Cell cell;
  if (!find_cell(variable, obs, &cell)) [[unlikely]]
    return kBadIndex;
  if (cell.column->type.is_string()) [[unlikely]]
    return kBadType;
  store_number(cell.at, cell.column->type.storage, x);
  return 0;
}

template <std::size_t slot>
int vdata(int variable, int obs, double* x) {
  enter(slot);
  Cell cell;
  if (!find_cell(variable, obs, &cell)) [[unlikely]]
    return kBadIndex;
  if (cell.column->type.is_string()) [[unlikely]]
    return kBadType;
  *x = load_number(cell.at, cell.column->type.storage);
  return 0;
}

std::string_view str_text(const Cell& cell) {
  const char* text = reinterpret_cast<const char*>(cell.at);
  return {text, strnlen(text, cell.column->type.width)};
}

/// A strL is written as far as a str# goes: the interface has no longer store.
int sstore_strl(const Cell& cell, int obs, std::string_view text) noexcept {
  if (note_trespass(ADOHOST_SLOT(sstore))) return kOffThread;
  try {
    g_context.session->data.set_text(cell.column->position, std::int64_t{obs} - 1,
                                     text.substr(0, kMaxStrWidth));
  } catch (const std::exception&) {
    return 909;
  }
  return 0;
}

int sstore(int variable, int obs, char* text) {
  enter(ADOHOST_SLOT(sstore));
  Cell cell;
  if (!find_cell(variable, obs, &cell) || text == nullptr) return kBadIndex;
  const VarType type = cell.column->type;
  if (type.is_numeric()) return kBadType;
  if (type.storage == Storage::strl) return sstore_strl(cell, obs, text);
  const std::size_t size = strnlen(text, type.width);
  std::memcpy(cell.at, text, size);
  std::memset(cell.at + size, 0, type.width - size);
  return 0;
}

int sdata(int variable, int obs, char* buffer) {
  enter(ADOHOST_SLOT(sdata));
  Cell cell;
  if (!find_cell(variable, obs, &cell)) return kBadIndex;
  if (cell.column->type.storage != Storage::str) return kBadType;
  const std::string_view text = str_text(cell);
  std::memcpy(buffer, text.data(), text.size());
  buffer[text.size()] = '\0';
  return 0;
}

int sdatalen(int variable, int obs) {
  enter(ADOHOST_SLOT(sdatalen));
  Cell cell;
  if (!find_cell(variable, obs, &cell) || cell.column->type.is_numeric()) return -1;
  if (cell.column->type.storage == Storage::str) {
    return static_cast<int>(str_text(cell).size());
  }
  if (note_trespass(ADOHOST_SLOT(sdatalen))) return -1;
  const Dataset& data = g_context.session->data;
  return static_cast<int>(data.text(cell.column->position, std::int64_t{obs} - 1).size());
}

int strldata(int variable, int obs, char* buffer, int size) {
  if (!enter_alone(ADOHOST_SLOT(strldata))) return -1;
  Cell cell;
  if (!find_cell(variable, obs, &cell) || size < 0) return -1;
  if (cell.column->type.storage != Storage::strl) return -1;
  const Dataset& data = g_context.session->data;
  const std::string_view text = data.text(cell.column->position, std::int64_t{obs} - 1);
  const std::size_t copied = std::min<std::size_t>(text.size(), size);
  if (copied > 0) std::memcpy(buffer, text.data(), copied);
  if (copied < static_cast<std::size_t>(size)) buffer[copied] = '\0';
  return static_cast<int>(copied);
}

Boolean isbinary(int variable, int obs) {
  if (!enter_alone(ADOHOST_SLOT(isbinary))) return 0;
  Cell cell;
  if (!find_cell(variable, obs, &cell)) return 0;
  return g_context.session->data.is_binary(cell.column->position, std::int64_t{obs} - 1);
}

Boolean isstr(int variable) {
  enter(ADOHOST_SLOT(isstr));
  const CellColumn* column = find_column(variable);
  return column != nullptr && column->type.is_string();
}

Boolean isstrl(int variable) {
  enter(ADOHOST_SLOT(isstrl));
  const CellColumn* column = find_column(variable);
  return column != nullptr && column->type.storage == Storage::strl;
}

Boolean ismissing(double x) {
  enter(ADOHOST_SLOT(ismissing));
  return is_missing(x);
}

Boolean selobs(int obs) {
  enter(ADOHOST_SLOT(selobs));
  const PluginCall* call = g_context.call;
  if (call == nullptr || obs < call->in1 || obs > call->in2) return 0;
  return call->selected.empty() || call->selected[obs - call->in1] != 0;
}

int nobs() {
  enter(ADOHOST_SLOT(nobs));
  return static_cast<int>(g_context.nobs);
}

int nvar() {
  enter(ADOHOST_SLOT(nvar));
  return g_context.session == nullptr ? 0 : g_context.session->data.nvar();
}

int nvars() {
  enter(ADOHOST_SLOT(nvars));
  return static_cast<int>(g_context.ncolumns);
}

int nobs1() {
  enter(ADOHOST_SLOT(nobs1));
  return g_context.call == nullptr ? 0 : static_cast<int>(g_context.call->in1);
}

int nobs2() {
  enter(ADOHOST_SLOT(nobs2));
  return g_context.call == nullptr ? 0 : static_cast<int>(g_context.call->in2);
}

/// 0 where there is no such variable or more than one.
int stfindvar(char* name, int abbreviate) {
  if (!enter_alone(ADOHOST_SLOT(stfindvar)) || name == nullptr) return 0;
  try {
    return find_variable(g_context.session->data, name, abbreviate != 0) + 1;
  } catch (const std::exception&) {
    return 0;
  }
}

}  // namespace

void fill_cell_entries(InterfaceTable* table) {
  table->store = vstore<ADOHOST_SLOT(store)>;
  table->safestore = vstore<ADOHOST_SLOT(safestore)>;
  table->vdata = vdata<ADOHOST_SLOT(vdata)>;
  table->safevdata = vdata<ADOHOST_SLOT(safevdata)>;
  table->sstore = sstore;
  table->sdata = sdata;
  table->sdatalen = sdatalen;
  table->strldata = strldata;
  table->isbinary = isbinary;
  table->isstr = isstr;
  table->isstrl = isstrl;
  table->ismissing = ismissing;
  table->selobs = selobs;
  table->nobs = nobs;
  table->nvar = nvar;
  table->nvars = nvars;
  table->nobs1 = nobs1;
  table->nobs2 = nobs2;
  table->stfindvar = stfindvar;
}

}  // namespace adohost
