// The two functions that Stata calls. Nothing that is thrown gets past them: an exception
// that left stata_call would end Stata.
#include <cstddef>
#include <exception>
#include <new>

#include "commands.h"
#include "segment_plan.h"
#include "stata_pydata/error.h"

namespace {

using stata_pydata::Error;
using stata_pydata::Refusal;
using stata_pydata::Stata;
using stata_pydata::Words;

constexpr int kNoMemory = 909, kSystemError = 693;

// The interface gives the table once, when Stata loads the plugin, and keeps it valid
// until the plugin is unloaded: the only thing that outlives a call.
const stata_pydata::spi::Table* table = nullptr;

int fail(const Stata& stata, const char* sentence, int rc) noexcept {
  try {
    stata.error(sentence);
  } catch (...) {
    return rc;
  }
  return rc;
}

int run(const Stata& stata, int argc, char* argv[]) noexcept {
  try {
    return run_command(stata, Words(argv, argv + argc));
  } catch (const Refusal& refusal) {
    return fail(stata, refusal.what(), refusal.rc());
  } catch (const Error& error) {
    return fail(stata, error.what(), error.rc());
  } catch (const std::bad_alloc&) {
    return fail(stata, "op. sys. refuses to provide memory", kNoMemory);
  } catch (const std::exception& error) {
    return fail(stata, error.what(), kSystemError);
  } catch (...) {
    return fail(stata, "the plugin failed for an unknown reason", kSystemError);
  }
}

}  // namespace

extern "C" {

[[gnu::visibility("default")]] int pginit(stata_pydata::spi::Table* from_stata) {
  table = from_stata;
  return stata_pydata::spi::kVersion;
}

[[gnu::visibility("default")]] int stata_call(int argc, char* argv[]) {
  return run(Stata(*table), argc, argv);
}
}
