#include "stowage/planner/problem.h"

#include <algorithm>
#include <limits>

#include "base/text.h"
#include "planner/problem_rules.h"
#include "stowage/base/integer.h"

namespace stowage {
namespace {

const char* name(Field field) {
  switch (field) {
    case Field::kId:
      return "id";
    case Field::kLower:
      return "lower";
    case Field::kUpper:
      return "upper";
    case Field::kSize:
      return "size";
    case Field::kAlignment:
      return "alignment";
    case Field::kHint:
      return "hint";
    case Field::kGaps:
      return "gap";
    case Field::kOffset:
      return "offset";
  }
  return "value";
}

Error to_error(const Buffer& buffer, const Fault& fault) {
  std::string message = "buffer " + in_quotes(buffer.id) + ": " + name(fault.field) + " " +
                        fault.value + " " + fault.rule;
  if (fault.duplicate_of >= 0) {
    message += ": the buffer at position " + std::to_string(fault.duplicate_of) + " has it too";
  }
  return {ErrorCode::kInvalidArgument, std::move(message)};
}

}  // namespace

int64_t Buffer::area() const {
  return checked_multiply(size, lifespan.length()).value_or(std::numeric_limits<int64_t>::max());
}

std::optional<int64_t> Buffer::effective_size(const Buffer& other) const {
  if (!lifespan.intersects(other.lifespan) || size == 0 || other.size == 0) return std::nullopt;
  if (gaps.empty() && other.gaps.empty()) return size;
  std::vector<Piece> mine;
  std::vector<Piece> theirs;
  append_pieces(*this, mine);
  append_pieces(other, theirs);
  std::optional<int64_t> distance;
  for (size_t i = 0, j = 0; i < mine.size() && j < theirs.size();) {
    const Piece& below = mine[i];
    const Piece& above = theirs[j];
    if (below.lifespan.intersects(above.lifespan)) {
      const int64_t needed = below.window.upper - above.window.lower;
      distance = distance ? std::max(*distance, needed) : needed;
    }
    if (below.lifespan.upper <= above.lifespan.upper) {
      ++i;
    } else {
      ++j;
    }
  }
  return distance;
}

void append_pieces(const Buffer& buffer, std::vector<Piece>& pieces) {
  const size_t first = pieces.size();
  // Neighbours that hold the same window are one piece.
  const auto append = [&](const Lifespan& lifespan, const Window& window) {
    if (lifespan.empty() || window.empty()) return;
    if (pieces.size() > first && pieces.back().lifespan.upper == lifespan.lower &&
        pieces.back().window == window) {
      pieces.back().lifespan.upper = lifespan.upper;
    } else {
      pieces.push_back({lifespan, window});
    }
  };
  const Window whole{0, buffer.size};
  int64_t time = buffer.lifespan.lower;
  for (const Gap& gap : buffer.gaps) {
    append({time, gap.lifespan.lower}, whole);
    if (gap.window) append(gap.lifespan, *gap.window);
    time = gap.lifespan.upper;
  }
  append({time, buffer.lifespan.upper}, whole);
}

Status check(const Problem& problem) {
  if (auto error = check_capacity(problem.capacity)) return error;
  ProblemRules rules(problem.buffers, problem.capacity, EndStyle::kExclusive);
  for (const Buffer& buffer : problem.buffers) {
    if (const auto fault = rules.check_next()) return to_error(buffer, *fault);
  }
  return std::nullopt;
}

Status check(const Buffer& buffer) {
  const auto fault = find_fault(buffer, EndStyle::kExclusive);
  return fault ? Status(to_error(buffer, *fault)) : std::nullopt;
}

}  // namespace stowage
