// The observations that a command works on: what `if`, `in` and the current by group
// leave.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace adohost {

class Expression;
class Session;

class Sample {
 public:
  /// `if_text` and `in_text` are the parts after the keywords, empty where there is none.
  /// Honours session.by. Throws what Expression throws, 198 "observation numbers out of
  /// range" and "'x' invalid observation number".
  Sample(Session& session, std::string_view if_text, std::string_view in_text);

  std::int64_t begin() const { return begin_; }  // first observation to look at
  std::int64_t end() const { return end_; }      // one past the last
  bool has(std::int64_t obs) const { return mask_.empty() || mask_[obs - begin_] != 0; }
  std::int64_t count() const;
  /// 1 for each of `n` observations that it has, 0 for the others.
  std::vector<std::uint8_t> selection(std::int64_t n) const;
  bool everything() const { return mask_.empty(); }
  /// The parsed `if`, or nullptr. It is valid as long as an Expression is.
  const Expression* condition() const { return condition_.get(); }

 private:
  std::int64_t begin_ = 0;
  std::int64_t end_ = 0;
  std::vector<std::uint8_t> mask_;  // empty where there is no `if`
  std::shared_ptr<const Expression> condition_;
};

/// Parses an `in` range (`5`, `1/10`, `-3/l`, `f/20`) against n observations: [begin,
/// end).
void parse_in_range(Session& session, std::string_view text, std::int64_t n,
                    std::int64_t* begin, std::int64_t* end);

}  // namespace adohost
