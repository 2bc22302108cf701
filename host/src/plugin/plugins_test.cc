#include "plugin/plugins.h"

#include "base/error.h"
#include "doctest/doctest.h"
#include "lang/session.h"
#include "plugin/interface_table.h"

using namespace adohost;

namespace {

constexpr const char* kFolder = TEST_PLUGINS "/";

struct Printed {
  std::string text;
  Session session{[this](std::string_view s) { text += s; }};

  int call(std::string_view name, std::vector<std::string> arguments) {
    PluginCall call;
    call.in2 = session.data.nobs();
    call.arguments = std::move(arguments);
    return session.plugins->call(name, call);
  }
};

}  // namespace

TEST_CASE("a plugin sees Break in the flag and when it polls") {
  Printed host;
  host.session.plugins->load("probe", std::string(kFolder) + "probe.plugin");
  host.session.plugins->set_break(true);
  CHECK(host.call("probe", {"stopflag"}) == 0);
  CHECK(host.call("probe", {"poll"}) == 0);
  host.session.plugins->set_break(false);
  CHECK(host.call("probe", {"stopflag"}) == 0);
  CHECK(host.text == "stopflag(): 1\npoll(): 2\nstopflag(): 0\n");
}

TEST_CASE("calls are counted by member, safe and fast apart, over all threads") {
  Printed host;
  host.session.data.add_variable("x", {Storage::long_, 0});
  host.session.data.set_nobs(100);
  host.session.plugins->load("safe", std::string(kFolder) + "fill.plugin");
  host.session.plugins->load("fast", std::string(kFolder) + "fill_fast.plugin");
  host.session.plugins->reset_counters();
  CHECK(host.call("safe", {"3"}) == 0);
  CHECK(host.call("fast", {"1"}) == 0);
  auto counts = host.session.plugins->counters();
  CHECK(counts["safestore"] == 100);
  CHECK(counts["store"] == 100);
  CHECK(counts.count("vdata") == 0);
  host.session.plugins->reset_counters();
  CHECK(host.session.plugins->counters().empty());
}

TEST_CASE("threads store and read cells that lie side by side") {
  for (const char* plugin : {"fill", "fill_fast"}) {
    Printed host;
    host.session.data.add_variable("a", {Storage::byte_, 0});
    host.session.data.add_variable("b", {Storage::byte_, 0});
    host.session.data.set_nobs(4000);
    host.session.plugins->load("p", std::string(kFolder) + plugin + ".plugin");
    CHECK(host.call("p", {"4", "stripes"}) == 0);
    CHECK(host.session.data.number(1, 3998) == 99);
  }
}

TEST_CASE("matrices are read and written at (row, column) from 1, never made or grown") {
  for (const char* plugin : {"probe", "probe_fast"}) {
    Printed host;
    host.session.matrices["M"] = {2, 3, {1, 2, 3, 4, 5, 6}, {}, {}};
    host.session.plugins->load("p", std::string(kFolder) + plugin + ".plugin");
    for (std::vector<std::string> arguments :
         std::vector<std::vector<std::string>>{{"rows", "M"},
                                               {"cols", "M"},
                                               {"rows", "none"},
                                               {"cols", "none"},
                                               {"mat_el", "M", "2", "1"},
                                               {"mat_store", "M", "2", "1", "40"},
                                               {"mat_store", "M", "1", "3", ".b"},
                                               {"mat_el", "M", "2", "1"},
                                               {"mat_el", "M", "0", "1"},
                                               {"mat_el", "M", "3", "1"},
                                               {"mat_el", "M", "1", "4"},
                                               {"mat_store", "none", "1", "1", "1"}}) {
      CHECK(host.call("p", arguments) == 0);
    }
    CHECK(host.text ==
          "rows(M): 2\ncols(M): 3\nrows(none): 0\ncols(none): 0\n"
          "mat_el(M, 2, 1): rc 0, 4\nmat_store(M, 2, 1, 40): rc 0\n"
          "mat_store(M, 1, 3, .b): rc 0\nmat_el(M, 2, 1): rc 0, 40\n"
          "mat_el(M, 0, 1): rc 503\nmat_el(M, 3, 1): rc 503\n"
          "mat_el(M, 1, 4): rc 503\nmat_store(none, 1, 1, 1): rc 111\n");
    CHECK(host.session.matrices["M"].at(0, 2) == missing_value(2));
  }
}

TEST_CASE("strict threading makes a call off the thread an error") {
  Printed host;
  host.session.data.add_variable("x", {Storage::long_, 0});
  host.session.data.set_nobs(10);
  host.session.plugins->load("fill", std::string(kFolder) + "fill.plugin");
  CHECK(host.call("fill", {"2"}) == 0);
  host.session.settings.strict_threads = true;
  CHECK(host.call("fill", {"2"}) == 9998);
  CHECK(host.text ==
        "plugin fill called nvars() from a thread that is not the calling one\n");
}

TEST_CASE("plugins are found by name until they are dropped") {
  Printed host;
  Plugins& plugins = *host.session.plugins;
  plugins.load("a", std::string(kFolder) + "probe.plugin");
  plugins.load("b", std::string(kFolder) + "fill.plugin");
  CHECK(plugins.names() == std::vector<std::string>{"a", "b"});
  CHECK_THROWS_AS(plugins.load("a", std::string(kFolder) + "fill.plugin"), StataError);
  plugins.drop("a");
  CHECK_FALSE(plugins.is_loaded("a"));
  CHECK_THROWS_AS(host.call("a", {}), StataError);
  CHECK_THROWS_AS(plugins.load("c", std::string(kFolder) + "refuse.plugin"), StataError);
  CHECK_FALSE(plugins.is_loaded("c"));
  plugins.drop_all();
  CHECK(plugins.names().empty());
}

TEST_CASE("members have the names of their slots") {
  CHECK(slot_name(0) == "spoutsml");
  CHECK(slot_name(ADOHOST_SLOT(gettok)) == "gettok");
  CHECK(slot_name(ADOHOST_SLOT(stlog)) == "stlog");
  CHECK(slot_name(ADOHOST_SLOT(vdata)) == "vdata");
  CHECK(slot_name(ADOHOST_SLOT(safevdata)) == "safevdata");
  CHECK(slot_name(ADOHOST_SLOT(strldata)) == "strldata");
}
