// The tree of an expression. A node computes a block of consecutive observations at a
// time, so that the tree is walked once per block and not once per observation. Nodes are
// made by the parser, which has checked all types; they borrow the session.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "expr/expression.h"
#include "lang/session.h"

namespace adohost {

/// Observations [obs, obs + count), in the run [first, last) that `_n` and `_N` count in.
struct Block {
  Session& session;
  std::int64_t obs = 0;
  std::int64_t count = 1;
  std::int64_t first = 0;
  std::int64_t last = 0;

  Block one() const { return {session, obs, 1, first, last}; }
};

/// Most observations of a block: its scratch lives on the stack and in the cache.
inline constexpr std::int64_t kBlockRows = 512;

struct Expression::Node {
  virtual ~Node() = default;

  /// Writes b.count values. REQUIRES: b.count <= kBlockRows, and the matching is_string.
  /// What does not vary is computed once and repeated.
  void fill(const Block& b, double* out) const;
  void fill(const Block& b, std::string* out) const;

  bool is_string = false;
  bool varies = false;    // between observations
  bool stateful = false;  // counts or draws: observations must come one by one, in order
  bool recalls = false;   // regexs(): reads what regexm() found at the same observation

  /// Whether the value at one observation may read variable `v` at another.
  virtual bool subscripts(int v) const {
    (void)v;
    return false;
  }

 protected:
  virtual void numbers(const Block& b, double* out) const;
  virtual void texts(const Block& b, std::string* out) const;
};

using Node = Expression::Node;
using NodePtr = std::unique_ptr<Node>;

/// A number that is no Stata value (NaN, too large) becomes `.`; missing codes too, which
/// is what arithmetic wants.
inline double arithmetic_result(double x) {
  return x < 0x1.0p1023 && x > -0x1.0p1023 ? x : 0x1.0p1023;
}

}  // namespace adohost
