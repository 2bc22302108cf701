// The driver where the compiler brings no libFuzzer: runs the target on every file of the
// folders given, then on random changes of them.
//   fuzz_x [-runs=N] [-seconds=N] [-seed=N] [-save=FILE] FOLDER_OR_FILE...
// An input that ends the program goes to the file of -save.
#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
/// AddressSanitizer's, where it is linked.
extern "C" __attribute__((weak)) void __sanitizer_set_death_callback(void (*callback)());

namespace {

using Input = std::vector<std::uint8_t>;

struct Options {
  long runs = 10'000;
  long seconds = 1'000'000;
  unsigned long seed = 1;
  std::string save;
  std::vector<Input> seeds;
};

void read_seeds(const std::filesystem::path& path, std::vector<Input>& seeds) {
  if (std::filesystem::is_directory(path)) {
    for (const auto& entry : std::filesystem::directory_iterator(path))
      read_seeds(entry.path(), seeds);
    return;
  }
  std::ifstream file(path, std::ios::binary);
  seeds.emplace_back(std::istreambuf_iterator<char>(file),
                     std::istreambuf_iterator<char>());
}

bool take_number(const char* argument, const char* name, long& number) {
  const std::size_t length = std::strlen(name);
  if (std::strncmp(argument, name, length) != 0) return false;
  number = std::stol(argument + length);
  return true;
}

Options parsed(int count, char** arguments) {
  Options options;
  long seed = 1;
  for (int i = 1; i < count; ++i) {
    const char* argument = arguments[i];
    if (take_number(argument, "-runs=", options.runs) ||
        take_number(argument, "-seconds=", options.seconds) ||
        take_number(argument, "-seed=", seed))
      continue;
    if (std::strncmp(argument, "-save=", 6) == 0)
      options.save = argument + 6;
    else
      read_seeds(argument, options.seeds);
  }
  options.seed = static_cast<unsigned long>(seed);
  options.seeds.emplace_back();
  return options;
}

class Mutator {
 public:
  Mutator(const std::vector<Input>& seeds, unsigned long seed)
      : seeds_(seeds), random_(seed) {}

  Input next() {
    Input input = any_seed();
    for (std::size_t changes = 1 + below(6); changes > 0; --changes) change(input);
    return input;
  }

 private:
  std::size_t below(std::size_t end) { return end == 0 ? 0 : random_() % end; }
  const Input& any_seed() { return seeds_[below(seeds_.size())]; }

  void change(Input& input) {
    if (input.empty()) return grow(input);
    const std::size_t at = below(input.size());
    const std::size_t some = 1 + below(std::min<std::size_t>(16, input.size() - at));
    const auto place = input.begin() + static_cast<std::ptrdiff_t>(at);
    switch (below(7)) {
      case 0:
        input[at] ^= static_cast<std::uint8_t>(1u << below(8));
        return;
      case 1:
        input[at] = static_cast<std::uint8_t>(random_());
        return;
      case 2:
        return put_number(input, at);
      case 3:
        input.erase(place, place + static_cast<std::ptrdiff_t>(some));
        return;
      case 4:
        input.resize(at);
        return;
      case 5: {
        const Input copy(place, place + static_cast<std::ptrdiff_t>(some));
        input.insert(place, copy.begin(), copy.end());
        return;
      }
      default:
        return splice(input, at);
    }
  }

  void grow(Input& input) {
    for (std::size_t bytes = below(200); bytes > 0; --bytes)
      input.push_back(static_cast<std::uint8_t>(random_()));
  }

  /// Numbers near the limits of their width and of the input.
  void put_number(Input& input, std::size_t at) {
    const std::uint64_t limits[] = {0,
                                    0x7F,
                                    0xFF,
                                    0x7FFF,
                                    0xFFFF,
                                    0x7FFFFFFF,
                                    0xFFFFFFFF,
                                    ~std::uint64_t{0},
                                    input.size(),
                                    at};
    std::uint64_t number = limits[below(std::size(limits))] + below(3) - 1;
    const std::size_t width = std::size_t{1} << below(4);
    std::memcpy(&input[at], &number, std::min(width, input.size() - at));
  }

  void splice(Input& input, std::size_t at) {
    const Input& other = any_seed();
    const std::size_t from = below(other.size()), some = below(64);
    for (std::size_t i = 0; i < some && at + i < input.size() && from + i < other.size();
         ++i)
      input[at + i] = other[from + i];
  }

  const std::vector<Input>& seeds_;
  std::mt19937_64 random_;
};

// What a signal handler can still reach.
const Input* running = nullptr;
const char* save_path = nullptr;

/// Calls nothing that a signal handler may not.
void save_input() {
  const int file = ::open(save_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (file < 0 || !running) return;
  const ssize_t written = ::write(file, running->data(), running->size());
  static_cast<void>(written);
  ::close(file);
}

void save_and_die(int signal) {
  save_input();
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void run(const Input& input) {
  running = &input;
  LLVMFuzzerTestOneInput(input.data(), input.size());
}

}  // namespace

int main(int count, char** arguments) {
  const Options options = parsed(count, arguments);
  if (!options.save.empty()) {
    save_path = options.save.c_str();
    for (const int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL})
      std::signal(signal, save_and_die);
    if (__sanitizer_set_death_callback) __sanitizer_set_death_callback(save_input);
  }
  for (const Input& seed : options.seeds) run(seed);
  Mutator mutator(options.seeds, options.seed);
  const auto end =
      std::chrono::steady_clock::now() + std::chrono::seconds(options.seconds);
  long runs = 0;
  for (; runs < options.runs && std::chrono::steady_clock::now() < end; ++runs)
    run(mutator.next());
  std::printf("%zu seeds and %ld changes of them: nothing amiss\n", options.seeds.size(),
              runs);
  return 0;
}
