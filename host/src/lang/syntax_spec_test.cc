#include "lang/syntax_spec.h"

#include <doctest/doctest.h>

#include "base/error.h"

namespace adohost {
namespace {

const OptionSpec& option(const SyntaxSpec& spec, std::string_view name) {
  for (const OptionSpec& each : spec.options)
    if (each.name == name) return each;
  FAIL("no option " << std::string(name));
  throw StataError(1, "");
}

int code(std::string_view text) {
  try {
    parse_syntax_spec(text);
  } catch (const StataError& error) {
    return error.rc();
  }
  return 0;
}

TEST_CASE("what stands before the comma") {
  const SyntaxSpec spec = parse_syntax_spec(
      "varlist(min=2 max=3 numeric ts) =/exp [if/] in [using] [fw aweight/] [, a]");
  CHECK(spec.lead.need == Need::required);
  CHECK(spec.lead.rules.minimum == 2);
  CHECK(spec.lead.rules.maximum == 3);
  CHECK(spec.lead.rules.numeric);
  CHECK(spec.exp.need == Need::required);
  CHECK(spec.exp.bare);
  CHECK(spec.if_part.need == Need::optional);
  CHECK(spec.if_part.bare);
  CHECK(spec.in_part.need == Need::required);
  CHECK_FALSE(spec.in_part.bare);
  CHECK(spec.using_part.need == Need::optional);
  CHECK(spec.weights == std::vector<std::string>{"fweight", "aweight"});
  CHECK(spec.weight_bare);
  CHECK_FALSE(option(spec, "a").required);
}

TEST_CASE("capitals give the shortest abbreviation and no is a prefix") {
  const SyntaxSpec spec = parse_syntax_spec(
      ", GENerate(name) [replace noHEADer NOTIfy notify2 n2(integer 3)]");
  CHECK(option(spec, "generate").minimum == 3);
  CHECK(option(spec, "generate").required);
  CHECK(option(spec, "replace").minimum == 7);
  CHECK(option(spec, "noheader").kind == OptionKind::negated);
  CHECK(option(spec, "noheader").minimum == 6);
  CHECK(option(spec, "noheader").macro == "header");
  CHECK(option(spec, "notify").kind == OptionKind::flag);
  CHECK(option(spec, "notify").minimum == 4);
  CHECK(option(spec, "notify2").macro == "tify2");
  CHECK(option(spec, "n2").fallback == "3");
}

TEST_CASE("arguments of options") {
  const SyntaxSpec spec = parse_syntax_spec(
      "[, a(string asis) b(numlist >0 integer max=3) c(varlist min=1 string) d(real -.5)"
      " e(passthru) f(cilevel) *]");
  CHECK(option(spec, "a").kind == OptionKind::string_asis);
  CHECK(option(spec, "b").numlist.integer);
  CHECK(option(spec, "b").numlist.low_open);
  CHECK(option(spec, "b").numlist.maximum == 3);
  CHECK(option(spec, "c").list.string);
  CHECK(option(spec, "d").fallback == "-.5");
  CHECK(spec.rest_of_options);
}

TEST_CASE("leads of other kinds") {
  const SyntaxSpec spec = parse_syntax_spec("anything(name=x id=\"a thing\" equalok)");
  CHECK(spec.lead.macro == "x");
  CHECK(spec.lead.id == "a thing");
  CHECK(spec.lead.equal_ok);
  CHECK(parse_syntax_spec("[varlist(default=none)]").lead.rules.default_none);
  CHECK(parse_syntax_spec("newvarname").lead.rules.maximum == 1);
}

TEST_CASE("a fault in the description is error 197") {
  for (const std::string text :
       {"varlst", "varlist(minimum=2)", "varlist varlist", ", n(integer 5)",
        "[, n(integer)]", "[, n(intger 5)]", "[, * a]", "[, n(integer x)]", "[if] [if]",
        "varlist(default=some)", "[, s(string 5)]", "[, l(numlist odd)]"})
    CHECK_MESSAGE(code(text) == 197, text);
}

}  // namespace
}  // namespace adohost
