#include "lang/session.h"

#include <utility>

#include "lang/interpreter.h"
#include "plugin/plugins.h"

namespace adohost {

Session::Session(Output::Sink sink)
    : out(std::move(sink)),
      interpreter(std::make_unique<Interpreter>(*this)),
      plugins(std::make_unique<Plugins>(*this)) {}

Session::~Session() = default;

}  // namespace adohost
