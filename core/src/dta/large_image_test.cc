// A written image whose offsets pass 2^32. It takes 4.6 GB of memory for some seconds.
#include <sys/mman.h>
#include <unistd.h>

#include <fstream>

#include "dta/read_image.h"
#include "dta/test_table.h"

using namespace stata_pydata::dta;
using stata_pydata::Chunk;
using stata_pydata::Column;
using stata_pydata::ElementType;

namespace {

/// Kilobytes of memory that the system can give; 0 where it doesn't say.
std::int64_t available_memory() {
  std::ifstream file("/proc/meminfo");
  std::string name, unit;
  std::int64_t kilobytes = 0;
  while (file >> name >> kilobytes)
    if (name == "MemAvailable:")
      return kilobytes;
    else
      std::getline(file, unit);
  return 0;
}

class TextAtTheEnd : public TextMaker {
 public:
  explicit TextAtTheEnd(std::int64_t row) : row_(row) {}
  void find(std::int64_t first, std::int64_t count,
            FoundText* texts) const noexcept override {
    for (std::int64_t i = 0; i < count; ++i)
      texts[i] = first + i == row_ ? FoundText{{"last", 4}} : FoundText{};
  }

 private:
  std::int64_t row_;
};

}  // namespace

TEST_CASE("a written image over 4 GB") {
  constexpr std::int64_t rows = 290'000'000, needed = 7 << 20;
  if (available_memory() < needed) {
    MESSAGE("left out: less than 7 GB of memory are free");
    return;
  }
  const double value = 42;
  Chunk same{.values = reinterpret_cast<const std::byte*>(&value),
             .stride = 0,
             .count = rows,
             .mask = {}};
  TextChunk text;
  text.form = TextForm::made;
  text.maker = std::make_shared<TextAtTheEnd>(rows - 1);
  text.count = rows;
  TestTable table;
  table.add("x", Column{"", ElementType::float64, {same}});
  table.add("t", TextColumn{false, {text}}).rule = TypeRule::declared;
  table.schema.variables[1].type = kStrl;
  table.schema.variables[0].value_label = "set";
  table.schema.value_labels = {{"set", {{42, "the answer"}}}};
  const auto plan = table.plan();
  REQUIRE(plan.image_bytes() > std::int64_t{1} << 32);
  const int file = ::memfd_create("large", 0);
  REQUIRE(write_image(plan, file));
  const auto size = static_cast<std::size_t>(plan.image_bytes());
  void* image = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file, 0);
  REQUIRE(image != MAP_FAILED);
  {
    const ImageReader reader({static_cast<const std::byte*>(image), size});
    const RowSelection ends{.begin = 0, .count = 2, .step = rows - 1};
    CHECK(doubles(reader, 0, ends) == std::vector<double>{42, 42});
    CHECK(texts(reader, 1, ends) == std::vector<std::string>{"", "last"});
    CHECK(reader.schema().value_labels[0].entries[0].text == "the answer");
    CHECK(reader.layout().image_bytes() == plan.image_bytes());
  }
  ::munmap(image, size);
  ::close(file);
}
