// Lets Ctrl-C end long work that runs without the GIL.
#pragma once

#include "stata_pydata/segment_writer.h"

namespace stata_pydata::python {

/// A poll for the core, to be called on the thread that made it, without the GIL. Every
/// 20 ms it runs the signal handlers that are due; throws what they raise.
Poll interrupt_poll();

}  // namespace stata_pydata::python
