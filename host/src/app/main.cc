// adohost: runs do-files without Stata.
#include <csignal>
#include <cstdio>
#include <string>
#include <vector>

#include "lang/interpreter.h"
#include "lang/runner.h"
#include "lang/session.h"
#include "plugin/plugins.h"

namespace {

constexpr const char* kUsage =
    "usage: adohost [-q] [--strict] [file.do [arguments]]\n"
    "Runs a do-file, or commands as they are typed, without Stata.\n\n"
    "  -q         no banner\n"
    "  --strict   a plugin that calls Stata off the calling thread fails: r(9998)\n"
    "  --version  print the version\n"
    "  --help     print this\n\n"
    "S_ADO is the ado-path. The exit status is 0, 1 where a do-file ends with an error,\n"
    "2 where the command line is wrong.\n";

adohost::Session* interrupted_session = nullptr;

extern "C" void on_interrupt(int) {
  adohost::request_break();
  if (interrupted_session != nullptr) interrupted_session->plugins->set_break(true);
}

void print_banner(adohost::Session& session) {
  session.out.line(
      "adohost " ADOHOST_VERSION
      ": the Stata language for tests and demonstrations. This is not Stata.");
  session.out.print("\n");
}

int run(adohost::Session& session, const std::vector<std::string>& words) {
  if (words.empty()) return session.interpreter->run_interactive();
  const std::vector<std::string> arguments(words.begin() + 1, words.end());
  const int rc = session.interpreter->run_do_file(words[0], arguments, true);
  if (rc != 0) session.out.line("r(" + std::to_string(rc) + ");");
  return rc == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  bool quiet = false, strict = false;
  while (!words.empty() && words[0].starts_with('-')) {
    if (words[0] == "-q") {
      quiet = true;
    } else if (words[0] == "--strict") {
      strict = true;
    } else if (words[0] == "--version") {
      std::puts("adohost " ADOHOST_VERSION);
      return 0;
    } else if (words[0] == "--help") {
      std::fputs(kUsage, stdout);
      return 0;
    } else {
      std::fprintf(stderr, "adohost: unknown option %s\n%s", words[0].c_str(), kUsage);
      return 2;
    }
    words.erase(words.begin());
  }
  adohost::Session session;
  session.settings.strict_threads = strict;
  interrupted_session = &session;
  std::signal(SIGINT, on_interrupt);
  if (!quiet) print_banner(session);
  int status = 0;
  try {
    status = run(session, words);
  } catch (const adohost::EndSession& end) {
    status = end.status == 0 ? 0 : 1;
  }
  session.out.flush();
  interrupted_session = nullptr;
  return status;
}
