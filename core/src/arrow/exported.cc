#include "arrow/exported.h"

#include <memory>

#include "arrow/metadata_codec.h"

namespace stata_pydata::dta {
namespace {

/// What a struct points to; it hangs on private_data.
struct SchemaHolder {
  SchemaParts parts;
  std::string metadata;
  std::vector<ArrowSchema*> children;
};

struct ArrayHolder {
  ArrayParts parts;
  std::vector<const void*> buffers;
  std::vector<ArrowArray*> children;
};

template <typename Holder, typename Struct>
void release(Struct* self) {
  delete static_cast<Holder*>(self->private_data);
  self->release = nullptr;
}

template <typename Struct>
std::vector<Struct*> pointers(std::vector<UniqueArrow<Struct>>& owned) {
  std::vector<Struct*> children;
  for (auto& child : owned) children.push_back(child.get());
  return children;
}

}  // namespace

UniqueArrow<ArrowSchema> make_schema(SchemaParts parts) {
  auto holder = std::make_unique<SchemaHolder>();
  holder->parts = std::move(parts);
  SchemaParts& kept = holder->parts;
  holder->children = pointers(kept.children);
  if (!kept.metadata.empty()) holder->metadata = encoded_metadata(kept.metadata);
  ArrowSchema schema{};
  schema.format = kept.format.c_str();
  schema.name = kept.name.c_str();
  schema.metadata = kept.metadata.empty() ? nullptr : holder->metadata.data();
  schema.flags = kept.flags;
  schema.n_children = static_cast<std::int64_t>(holder->children.size());
  schema.children = holder->children.data();
  if (!kept.dictionary.empty()) schema.dictionary = kept.dictionary[0].get();
  schema.release = release<SchemaHolder, ArrowSchema>;
  schema.private_data = holder.release();
  return UniqueArrow<ArrowSchema>(&schema);
}

UniqueArrow<ArrowArray> make_array(ArrayParts parts) {
  auto holder = std::make_unique<ArrayHolder>();
  holder->parts = std::move(parts);
  ArrayParts& kept = holder->parts;
  holder->children = pointers(kept.children);
  for (const auto& buffer : kept.buffers) holder->buffers.push_back(buffer.data());
  ArrowArray array{};
  array.length = kept.length;
  array.null_count = kept.null_count;
  array.n_buffers = static_cast<std::int64_t>(holder->buffers.size());
  array.buffers = holder->buffers.data();
  array.n_children = static_cast<std::int64_t>(holder->children.size());
  array.children = holder->children.data();
  if (!kept.dictionary.empty()) array.dictionary = kept.dictionary[0].get();
  array.release = release<ArrayHolder, ArrowArray>;
  array.private_data = holder.release();
  return UniqueArrow<ArrowArray>(&array);
}

}  // namespace stata_pydata::dta
