#include "dta/column_type.h"

#include <algorithm>

#include "dta/number_types.h"
#include "dta/place.h"
#include "stata_pydata/error.h"

namespace stata_pydata::dta {
namespace {

void check_facts(const Variable& variable, const TextSource& source,
                 const TextFacts& facts) {
  const auto fail = [&](Fault fault, std::int64_t row, const char* why) {
    throw Error(fault, place(variable.name, row) + ": " + why);
  };
  if (facts.malformed_row >= 0)
    fail(Fault::invalid, facts.malformed_row,
         "the text has a code, offset or view outside its buffers");
  if (facts.huge_row >= 0)
    fail(Fault::range, facts.huge_row,
         "the text is longer than a strL's 2000000000 bytes");
  if (facts.nul_row >= 0 && !source.binary())
    fail(Fault::invalid, facts.nul_row,
         "the text contains a NUL byte; as bytes it can become a binary strL");
}

[[noreturn]] void throw_too_long(const Variable& variable, const TextSource& source,
                                 std::int64_t rows, int width) {
  std::int64_t row = -1, bytes = 0;
  source.for_texts(0, rows, [&](std::int64_t at, TextSlice text) {
    if (row < 0 && text.size > width) row = at, bytes = text.size;
  });
  throw Error(Fault::range, place(variable.name, row) + ": the text has " +
                                std::to_string(bytes) + " bytes; str" +
                                std::to_string(width) + " holds at most " +
                                std::to_string(width));
}

void check_declared_text(const Variable& variable, bool binary) {
  if (!variable.type.is_text())
    throw Error(Fault::type, "variable " + variable.name +
                                 ": a column of texts can't be " +
                                 type_name(variable.type));
  if (binary && variable.type != kStrl)
    throw Error(Fault::type, "variable " + variable.name + ": binary texts can't be " +
                                 type_name(variable.type) + ", only strL");
}

VariableType text_type(const Variable& variable, const TextSource& source,
                       const TextFacts& facts, std::int64_t rows, TypeRule rule) {
  check_facts(variable, source, facts);
  const bool declared = rule == TypeRule::declared;
  if (declared) check_declared_text(variable, source.binary());
  const bool wanted =
      declared || (rule == TypeRule::preferred && variable.type.is_text());
  if (source.binary() || (wanted && variable.type == kStrl)) return kStrl;
  const bool sized = wanted && variable.type.width > 0;
  const int width = sized ? variable.type.width : kMostStrBytes;
  if (declared && facts.longest > width) throw_too_long(variable, source, rows, width);
  if (facts.longest > kMostStrBytes) return kStrl;
  if (sized && facts.longest <= width) return variable.type;
  return str_type(static_cast<int>(std::max<std::int64_t>(1, facts.longest)));
}

}  // namespace

CellSource source_of(const InputColumn& column, const KernelTable& kernels) {
  if (const auto* text = std::get_if<TextColumn>(&column))
    return TextSource(*text, kernels);
  return NumberSource(column, kernels);
}

VariableType settled_type(const Variable& variable, const CellSource& source,
                          const InputVariable& input, const ColumnFacts& facts,
                          std::int64_t rows, const WriteOptions& options) {
  if (const auto* texts = std::get_if<TextSource>(&source))
    return text_type(variable, *texts, facts.texts, rows, input.rule);
  return choose_number_type(variable.name, std::get<NumberSource>(source), rows,
                            facts.numbers, input, variable.type, options);
}

}  // namespace stata_pydata::dta
