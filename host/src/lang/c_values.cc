#include "lang/c_values.h"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cfloat>
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <numbers>
#include <span>
#include <thread>
#include <unordered_map>

#include "base/text.h"
#include "data/storage.h"
#include "format/format.h"
#include "lang/interpreter_state.h"
#include "lang/session.h"
#include "lang/system_directories.h"

namespace adohost {
namespace {

struct SystemValue {
  std::string_view name;  // empty: a rule between two groups
  Value (*get)(Session&);
};

Value of(double x) {
  return Value::of(x);
}
Value of(bool) = delete;
Value text(std::string s) {
  return Value::of(std::move(s));
}
Value on_off(bool on) {
  return text(on ? "on" : "off");
}

template <std::int64_t number>
Value constant(Session&) {
  return of(static_cast<double>(number));
}

std::string clock_text(const char* format) {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  std::array<char, 32> buffer{};
  const std::size_t n = std::strftime(buffer.data(), buffer.size(), format, &local);
  return {buffer.data(), n};
}

std::string user_name() {
  const passwd* user = getpwuid(geteuid());
  return user != nullptr ? user->pw_name : "";
}

std::string host_name() {
  std::array<char, 256> name{};
  gethostname(name.data(), name.size() - 1);
  return name.data();
}

std::string working_directory() {
  std::error_code failed;
  return std::filesystem::current_path(failed).string();
}

std::string ado_path_text(Session& session) {
  std::string path;
  for (const std::string& place : session.interpreter->state().ado_path)
    path += (path.empty() ? "" : ";") + place;
  return path;
}

double processors_of_machine() {
  return std::max(1U, std::thread::hardware_concurrency());
}

std::string letters(char first) {
  std::string all;
  for (int i = 0; i < 26; ++i) {
    if (i > 0) all += ' ';
    all += static_cast<char>(first + i);
  }
  return all;
}

template <int index>
Value directory(Session&) {
  return text(system_directory(system_directory_names()[index]));
}

constexpr SystemValue kRule{"", nullptr};

const SystemValue kValues[] = {
    {"current_date", [](Session&) { return text(clock_text("%e %b %Y")); }},
    {"current_time", [](Session&) { return text(clock_text("%H:%M:%S")); }},
    kRule,
    {"stata_version", constant<18>},
    {"version", [](Session& s) { return of(s.settings.version); }},
    {"userversion", [](Session& s) { return of(s.settings.version); }},
    kRule,
    {"bit", constant<64>},
    {"SE", constant<1>},
    {"MP", constant<1>},
    {"edition", [](Session&) { return text("MP"); }},
    {"edition_real", [](Session&) { return text("adohost"); }},
    {"flavor", [](Session&) { return text("IC"); }},
    {"processors", [](Session& s) { return of(double(s.settings.processors)); }},
    {"processors_mach", [](Session&) { return of(processors_of_machine()); }},
    {"processors_max", [](Session&) { return of(processors_of_machine()); }},
    {"mode", [](Session&) { return text("batch"); }},
    {"console", [](Session&) { return text("console"); }},
    kRule,
    {"os", [](Session&) { return text("Unix"); }},
    {"osdtl", [](Session&) { return text(""); }},
    {"hostname", [](Session&) { return text(host_name()); }},
    {"machine_type", [](Session&) { return text("PC (64-bit x86-64)"); }},
    {"byteorder", [](Session&) { return text("lohi"); }},
    {"username", [](Session&) { return text(user_name()); }},
    kRule,
    {"sysdir_stata", directory<0>},
    {"sysdir_base", directory<1>},
    {"sysdir_site", directory<2>},
    {"sysdir_plus", directory<3>},
    {"sysdir_personal", directory<4>},
    {"sysdir_oldplace", directory<5>},
    {"tmpdir", [](Session&) { return text(temporary_directory()); }},
    {"adopath", [](Session& s) { return text(ado_path_text(s)); }},
    {"pwd", [](Session&) { return text(working_directory()); }},
    {"dirsep", [](Session&) { return text("/"); }},
    kRule,
    {"max_N_theory", constant<1099511627775>},
    {"max_k_theory", constant<120000>},
    {"max_width_theory", constant<1048576>},
    {"max_macrolen", constant<15480200>},
    {"macrolen", constant<15480200>},
    {"max_cmdlen", constant<15480216>},
    {"cmdlen", constant<15480216>},
    {"namelenbyte", constant<128>},
    {"namelenchar", constant<32>},
    {"eqlen", constant<1337>},
    kRule,
    {"mindouble", [](Session&) { return of(-DBL_MAX); }},
    {"maxdouble", [](Session&) { return of(0x1.fffffffffffffp1022); }},
    {"epsdouble", [](Session&) { return of(DBL_EPSILON); }},
    {"smallestdouble", [](Session&) { return of(DBL_MIN); }},
    {"minfloat", [](Session&) { return of(-0x1.fffffep126); }},
    {"maxfloat", [](Session&) { return of(0x1.fffffep126); }},
    {"epsfloat", [](Session&) { return of(double{FLT_EPSILON}); }},
    {"minlong", constant<-2147483647>},
    {"maxlong", constant<2147483620>},
    {"minint", constant<-32767>},
    {"maxint", constant<32740>},
    {"minbyte", constant<-127>},
    {"maxbyte", constant<100>},
    {"maxstrvarlen", constant<2045>},
    {"maxstrlvarlen", constant<2000000000>},
    {"maxvlabellen", constant<32000>},
    kRule,
    {"N", [](Session& s) { return of(double(s.data.nobs())); }},
    {"k", [](Session& s) { return of(double(s.data.nvar())); }},
    {"width", [](Session& s) { return of(double(s.data.width())); }},
    {"changed", [](Session& s) { return of(s.data.changed ? 1.0 : 0.0); }},
    {"filename", [](Session& s) { return text(s.data.filename); }},
    {"filedate", [](Session& s) { return text(s.data.timestamp); }},
    {"frame", [](Session& s) { return text(s.frames.current()); }},
    kRule,
    {"maxvar", [](Session& s) { return of(double(s.settings.maxvar)); }},
    {"more", [](Session& s) { return on_off(s.settings.more); }},
    {"dp", [](Session& s) { return text(s.settings.dp_comma ? "comma" : "period"); }},
    {"linesize", [](Session& s) { return of(double(s.out.linesize())); }},
    {"varabbrev", [](Session& s) { return on_off(s.settings.varabbrev); }},
    {"type", [](Session& s) { return text(s.settings.default_type.name()); }},
    {"level", [](Session& s) { return of(s.settings.level); }},
    {"noisily",
     [](Session& s) { return of(s.out.loudness() == Loudness::loud ? 1.0 : 0.0); }},
    {"rng", [](Session&) { return text("mt64"); }},
    {"trace", [](Session& s) { return on_off(s.settings.trace); }},
    kRule,
    {"pi", [](Session&) { return of(std::numbers::pi); }},
    {"alpha", [](Session&) { return text(letters('a')); }},
    {"ALPHA", [](Session&) { return text(letters('A')); }},
    {"Mons",
     [](Session&) { return text("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"); }},
    {"Months",
     [](Session&) {
       return text(
           "January February March April May June July August September October "
           "November December");
     }},
    {"Wdays", [](Session&) { return text("Sun Mon Tue Wed Thu Fri Sat"); }},
    {"Weekdays",
     [](Session&) {
       return text("Sunday Monday Tuesday Wednesday Thursday Friday Saturday");
     }},
    kRule,
    {"rc", [](Session& s) { return of(double(s.rc)); }},
};

const SystemValue* find_value(std::string_view name) {
  static const auto table = [] {
    std::unordered_map<std::string_view, const SystemValue*> by_name;
    for (const SystemValue& value : kValues)
      if (value.get != nullptr) by_name.emplace(value.name, &value);
    return by_name;
  }();
  const auto found = table.find(name);
  return found == table.end() ? nullptr : found->second;
}

}  // namespace

std::optional<Value> c_value(Session& session, std::string_view name) {
  const SystemValue* value = find_value(name);
  if (value == nullptr) return std::nullopt;
  return value->get(session);
}

void list_c_values(Session& session) {
  const std::string rule = "    " + std::string(75, '-');
  session.out.line("System values");
  session.out.line("");
  session.out.line(rule);
  for (const SystemValue& value : kValues) {
    if (value.get == nullptr) {
      session.out.line(rule);
      continue;
    }
    const Value x = value.get(session);
    session.out.print(pad_left("c(" + std::string(value.name) + ")", 23) + " = ");
    session.out.line(x.is_string ? '"' + x.text + '"' : macro_number(x.number),
                     Style::result);
  }
  session.out.line(rule);
}

}  // namespace adohost
