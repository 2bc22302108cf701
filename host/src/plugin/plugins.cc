#include "plugin/plugins.h"

namespace adohost {

struct Plugins::Impl {};

Plugins::Plugins(Session&) : impl_(std::make_unique<Impl>()) {}
Plugins::~Plugins() = default;

}  // namespace adohost
