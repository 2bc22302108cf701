#include "lang/session.h"

#include <utility>

#include "format/format.h"
#include "lang/interpreter.h"
#include "plugin/plugins.h"

namespace adohost {

Session::Session(Output::Sink sink)
    : out(std::move(sink)),
      interpreter(std::make_unique<Interpreter>(*this)),
      plugins(std::make_unique<Plugins>(*this)) {
  set_decimal_comma(settings.dp_comma);
  // What c(filename) and c(filedate) show. A program that clears the name keeps a
  // careless `save, replace` from writing over the file.
  macros.bind_global("S_FN", &data.filename);
  macros.bind_global("S_FNDATE", &data.timestamp);
}

Session::~Session() = default;

void Session::restore_preserved(bool keep) {
  Preserved& last = preserved.back();
  if (!frames.has(last.frame)) frames.create(last.frame);
  frames.at(last.frame) = keep ? last.data.clone() : std::move(last.data);
  if (!keep) preserved.pop_back();
}

}  // namespace adohost
