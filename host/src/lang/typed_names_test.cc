#include "lang/typed_names.h"

#include "base/error.h"
#include "doctest/doctest.h"

using namespace adohost;

namespace {

std::string shown(std::string_view text) {
  const Dataset data;
  std::string all;
  for (const TypedName& made : parse_typed_names(data, text, {Storage::float_, 0})) {
    all += made.name + ":" + made.type.name() + " ";
  }
  return all;
}

int code(std::string_view text) {
  try {
    shown(text);
  } catch (const StataError& error) {
    return error.rc();
  }
  return 0;
}

}  // namespace

TEST_CASE("a type holds for the next name, or for all in parentheses") {
  CHECK(shown("a str5 b c") == "a:float b:str5 c:float ");
  CHECK(shown("double(x y) strL t z") == "x:double y:double t:strL z:float ");
  CHECK(shown("int (p q) int n1-n3") == "p:int q:int n1:int n2:int n3:int ");
  CHECK(shown("") == "");
}

TEST_CASE("what is no list of new variables is refused") {
  CHECK(code("str5") == 198);
  CHECK(code("int long x") == 198);
  CHECK(code("x(a b)") == 198);
  CHECK(code("(a b)") == 198);
  CHECK(code("double(x y") != 0);
  CHECK(code("a 2b") == 198);
  CHECK(code("a int a") == 110);
}
