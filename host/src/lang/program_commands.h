// What `program drop`, `discard` and `clear` take away.
#pragma once

namespace adohost {

class Session;

/// Every program and plugin (program drop _all).
void drop_all_programs(Session& session);
/// The programs that came from .ado files, so that they are read again when called.
void discard_ado_programs(Session& session);

}  // namespace adohost
