// Calls one entry of the interface per argument list and prints what it answers:
//   plugin call probe x y, vdata 1 3     ->  vdata(1, 3): rc 0, 5
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "spi.h"

namespace {

ST_plugin* stata;
using Args = std::vector<char*>;

void say(const std::string& text) {
  std::string line = text + "\n";
  stata->spoutsml(line.data());
}

int number(const char* text) {
  return std::atoi(text);
}

double value(const char* text) {
  if (text[0] == '.' && text[1] == '\0') return stata->missval;
  if (text[0] == '.' && text[1] >= 'a' && text[1] <= 'z') {
    return stata->missval * (1 + (text[1] - 'a' + 1) / 4096.0);
  }
  return std::strtod(text, nullptr);
}

std::string show(double x) {
  for (int tag = 0; tag <= 26; ++tag) {
    if (x != stata->missval * (1 + tag / 4096.0)) continue;
    return tag == 0 ? "." : std::string(".") + static_cast<char>('a' + tag - 1);
  }
  char text[40];
  std::snprintf(text, sizeof text, "%.17g", x);
  return text;
}

std::string call_text(const Args& args) {
  std::string text = std::string(args[0]) + "(";
  for (std::size_t i = 1; i < args.size(); ++i) {
    text += (i > 1 ? std::string(", ") : "") + args[i];
  }
  return text + ")";
}

int report(const Args& args, int rc, const std::string& answer = "") {
  const std::string tail = answer.empty() ? "" : ", " + answer;
  say(call_text(args) + ": rc " + std::to_string(rc) + tail);
  return 0;
}

int report_number(const Args& args, int answer) {
  say(call_text(args) + ": " + std::to_string(answer));
  return 0;
}

int do_vdata(const Args& a) {
  double x = -1;
  const int rc = SPI_MODE(stata->safevdata, stata->vdata)(number(a[1]), number(a[2]), &x);
  return report(a, rc, rc == 0 ? show(x) : "");
}

int do_vstore(const Args& a) {
  return report(a, SPI_MODE(stata->safestore, stata->store)(number(a[1]), number(a[2]),
                                                            value(a[3])));
}

int do_sdata(const Args& a) {
  char buffer[2100];
  std::memset(buffer, '#', sizeof buffer);
  const int rc = stata->sdata(number(a[1]), number(a[2]), buffer);
  return report(a, rc, rc == 0 ? "\"" + std::string(buffer) + "\"" : "");
}

int do_sstore(const Args& a) {
  return report(a, stata->sstore(number(a[1]), number(a[2]), a[3]));
}

int do_macro_use(const Args& a) {
  char buffer[64];
  std::memset(buffer, '#', sizeof buffer);
  const int rc = stata->macuse(a[1], buffer, number(a[2]));
  return report(a, rc, "\"" + std::string(buffer) + "\"");
}

int do_scalar_use(const Args& a) {
  double x = 0;
  const int rc = stata->scalaruse(a[1], &x);
  return report(a, rc, rc == 0 ? show(x) : "");
}

int do_mat_el(const Args& a) {
  double x = 0;
  const int rc =
      SPI_MODE(stata->safematel, stata->matel)(a[1], number(a[2]), number(a[3]), &x);
  return report(a, rc, rc == 0 ? show(x) : "");
}

int do_mat_store(const Args& a) {
  return report(a, SPI_MODE(stata->safematstore, stata->matstore)(
                       a[1], number(a[2]), number(a[3]), value(a[4])));
}

int do_args(const Args& a) {
  say("argc " + std::to_string(a.size()));
  for (const char* text : a) say("[" + std::string(text) + "]");
  return 0;
}

int do_sample(const Args&) {
  std::string text = "in " + std::to_string(stata->nobs1()) + "/" +
                     std::to_string(stata->nobs2()) + ", selected";
  for (int j = stata->nobs1(); j <= stata->nobs2(); ++j) {
    if (stata->selobs(j)) text += " " + std::to_string(j);
  }
  say(text);
  return 0;
}

#if SPI_VERSION >= 3
int do_strldata(const Args& a) {
  char buffer[64];
  std::memset(buffer, '#', sizeof buffer);
  const int copied = stata->strldata(number(a[1]), number(a[2]), buffer, number(a[3]));
  std::string shown(buffer, copied < 0 ? 0 : copied + 1);  // and the byte after
  for (char& c : shown) c = c == '\0' ? '0' : c;
  say(call_text(a) + ": " + std::to_string(copied) + " [" + shown + "]");
  return 0;
}
#endif

struct Action {
  std::size_t arguments;
  int (*run)(const Args&);
};

const std::map<std::string, Action> kActions = {
    {"vdata", {2, do_vdata}},
    {"vstore", {3, do_vstore}},
    {"sdata", {2, do_sdata}},
    {"sstore", {3, do_sstore}},
    {"macro_use", {2, do_macro_use}},
    {"scalar_use", {1, do_scalar_use}},
    {"mat_el", {3, do_mat_el}},
    {"mat_store", {4, do_mat_store}},
    {"sample", {0, do_sample}},
    {"nobs", {0, [](const Args& a) { return report_number(a, stata->nobs()); }}},
    {"nvar", {0, [](const Args& a) { return report_number(a, stata->nvar()); }}},
    {"nvars", {0, [](const Args& a) { return report_number(a, stata->nvars()); }}},
    {"ifobs",
     {1, [](const Args& a) { return report_number(a, stata->selobs(number(a[1]))); }}},
    {"is_string",
     {1, [](const Args& a) { return report_number(a, stata->isstr(number(a[1]))); }}},
    {"is_missing",
     {1, [](const Args& a) { return report_number(a, stata->ismissing(value(a[1]))); }}},
    {"findvar",
     {2,
      [](const Args& a) {
        return report_number(a, stata->stfindvar(a[1], number(a[2])));
      }}},
    {"macro_save",
     {2, [](const Args& a) { return report(a, stata->macresave(a[1], a[2])); }}},
    {"scalar_save",
     {2, [](const Args& a) { return report(a, stata->scalsave(a[1], value(a[2]))); }}},
    {"rows", {1, [](const Args& a) { return report_number(a, stata->rowsof(a[1])); }}},
    {"cols", {1, [](const Args& a) { return report_number(a, stata->colsof(a[1])); }}},
    {"matsize", {0, [](const Args& a) { return report_number(a, stata->matsize); }}},
    {"poll",
     {0,
      [](const Args& a) {
        return report_number(a, stata->pollstd() + stata->pollnow());
      }}},
    {"stopflag", {0, [](const Args& a) { return report_number(a, *stata->stopflag); }}},
    {"display", {1, [](const Args& a) { return stata->spoutsml(a[1]); }}},
    {"error", {1, [](const Args& a) { return stata->spouterr(a[1]); }}},
    {"rc", {1, [](const Args& a) { return number(a[1]); }}},
#if SPI_VERSION >= 3
    {"sdatalen",
     {2,
      [](const Args& a) {
        return report_number(a, stata->sdatalen(number(a[1]), number(a[2])));
      }}},
    {"strldata", {3, do_strldata}},
    {"is_strl",
     {1, [](const Args& a) { return report_number(a, stata->isstrl(number(a[1]))); }}},
    {"is_binary",
     {2,
      [](const Args& a) {
        return report_number(a, stata->isbinary(number(a[1]), number(a[2])));
      }}},
    {"version",
     {0,
      [](const Args& a) { return report_number(a, 10 * stata->major + stata->minor); }}},
#endif
};

}  // namespace

SPI_EXPORT int pginit(ST_plugin* table) {
  stata = table;
  return SPI_PGINIT_VALUE;
}

SPI_EXPORT int stata_call(int argc, char* argv[]) {
  const Args args(argv, argv + argc);
  if (args.empty() || std::strcmp(args[0], "args") == 0) return do_args(args);
  const auto found = kActions.find(args[0]);
  if (found == kActions.end() || args.size() != found->second.arguments + 1) return 198;
  return found->second.run(args);
}
