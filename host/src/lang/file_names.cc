#include "lang/file_names.h"

#include "base/error.h"
#include "base/text.h"
#include "lang/words.h"

namespace adohost {

std::string only_path(std::string_view text) {
  const Token token = next_token(text);
  if (!token.found || token.text.empty()) fail_syntax();
  if (!trim(token.rest).empty()) {
    if (token.quoted) fail_syntax();
    throw StataError(198, "invalid '" + std::string(next_token(token.rest).raw) + "' ");
  }
  return std::string(token.text);
}

std::vector<std::string> path_list(std::string_view text) {
  std::vector<std::string> paths;
  for (const Token& token : tokens(text)) {
    if (token.text.empty()) fail_syntax();
    paths.emplace_back(token.text);
  }
  if (paths.empty()) fail_syntax();
  return paths;
}

std::string with_extension(const std::string& name, std::string_view extension) {
  const std::size_t slash = name.find_last_of('/');
  const std::size_t start = slash == std::string::npos ? 0 : slash + 1;
  const bool has_one = name.find('.', start) != std::string::npos;
  return has_one || start == name.size() ? name : name + std::string(extension);
}

}  // namespace adohost
