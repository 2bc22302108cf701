#include "plugin/plugins.h"

#include <dlfcn.h>

#include <limits>

#include "base/error.h"
#include "lang/session.h"
#include "plugin/call_context.h"
#include "plugin/entries.h"

namespace adohost {
namespace {

using PgInit = int (*)(InterfaceTable*);
using StataCall = int (*)(int, char**);

struct Closer {
  void operator()(void* handle) const { dlclose(handle); }
};
using Library = std::unique_ptr<void, Closer>;

struct Plugin {
  Library library;
  StataCall entry = nullptr;
};

constexpr int kNotLoaded = 9999;
constexpr int kTrespass = 9998;
constexpr int kInterface2 = 0x2;
constexpr int kInterface3 = 0x3;

[[noreturn]] void fail_load(const std::string& path) {
  throw StataError(kNotLoaded, "Could not load plugin: " + path);
}

/// dlopen looks for a bare file name in the system's library folders, not here.
std::string with_folder(const std::string& path) {
  return path.find('/') == std::string::npos ? "./" + path : path;
}

void check_observations(const Dataset& data) {
  if (data.nobs() > std::numeric_limits<int>::max()) {
    throw StataError(901, "a plugin can see at most 2,147,483,647 observations");
  }
}

}  // namespace

struct Plugins::Impl {
  explicit Impl(Session& owner) : session(owner) {
    fill_with_traps(&table);
    fill_cell_entries(&table);
    fill_session_entries(&table);
    table.matsize = 11000;
    table.missval = missing_value();
    table.stopflag = stop_flag();
    table.major = 3;
    table.minor = 0;
  }

  Session& session;
  InterfaceTable table{};
  std::map<std::string, Plugin, std::less<>> loaded;
};

Plugins::Plugins(Session& session) : impl_(std::make_unique<Impl>(session)) {}
Plugins::~Plugins() = default;

void Plugins::load(std::string_view name, const std::string& path) {
  if (is_loaded(name)) {
    throw StataError(110, "program " + std::string(name) + " already defined");
  }
  Plugin plugin;
  plugin.library.reset(dlopen(with_folder(path).c_str(), RTLD_LAZY | RTLD_LOCAL));
  if (!plugin.library) fail_load(path);
  const auto init = reinterpret_cast<PgInit>(dlsym(plugin.library.get(), "pginit"));
  plugin.entry = reinterpret_cast<StataCall>(dlsym(plugin.library.get(), "stata_call"));
  if (init == nullptr || plugin.entry == nullptr) fail_load(path);
  check_observations(impl_->session.data);
  const PluginCall nothing;
  const CallScope scope(impl_->session, nothing);
  const int version = init(&impl_->table);
  if (version != kInterface2 && version != kInterface3) fail_load(path);
  impl_->loaded.emplace(name, std::move(plugin));
}

bool Plugins::is_loaded(std::string_view name) const {
  return impl_->loaded.find(name) != impl_->loaded.end();
}

void Plugins::drop(std::string_view name) {
  const auto found = impl_->loaded.find(name);
  if (found != impl_->loaded.end()) impl_->loaded.erase(found);
}

void Plugins::drop_all() {
  impl_->loaded.clear();
}

std::vector<std::string> Plugins::names() const {
  std::vector<std::string> all;
  for (const auto& [name, plugin] : impl_->loaded) all.push_back(name);
  return all;
}

int Plugins::call(std::string_view name, const PluginCall& call) {
  const auto found = impl_->loaded.find(name);
  if (found == impl_->loaded.end()) {
    throw StataError(111, "program " + std::string(name) + " not found");
  }
  check_observations(impl_->session.data);
  std::vector<std::string> arguments = call.arguments;
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  const CallScope scope(impl_->session, call);
  const int rc = found->second.entry(static_cast<int>(arguments.size()), argv.data());
  if (scope.trespass() < 0) return rc;
  impl_->session.out.line("plugin " + std::string(name) + " called " +
                              std::string(slot_name(scope.trespass())) +
                              "() from a thread that is not the calling one",
                          Style::error);
  return kTrespass;
}

std::map<std::string, std::uint64_t> Plugins::counters() const {
  return all_counts();
}
void Plugins::reset_counters() {
  reset_counts();
}

void Plugins::set_break(bool pressed) {
  std::atomic_ref(*stop_flag()).store(pressed ? 1 : 0, std::memory_order_relaxed);
}

}  // namespace adohost
