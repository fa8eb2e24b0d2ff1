#include "planner/problem_rules.h"

#include <limits>

#include "base/text.h"
#include "stowage/base/integer.h"

namespace stowage {
namespace {

// All sizes and alignments together stay below it, so that no sum over buffers can overflow.
constexpr int64_t kTotalLimit = int64_t{1} << 62;

bool in_range(int64_t value) { return -kMaxInteger <= value && value <= kMaxInteger; }

std::string range_rule(int64_t lowest, int64_t highest) {
  return "must be an integer from " + std::to_string(lowest) + " to " + std::to_string(highest);
}

std::string range_rule() { return range_rule(-kMaxInteger, kMaxInteger); }

int64_t shown_end(int64_t upper, EndStyle style) {
  return style == EndStyle::kInclusive ? upper - 1 : upper;
}

std::string stretch_text(const Lifespan& stretch, EndStyle style) {
  return std::to_string(stretch.lower) + "-" + std::to_string(shown_end(stretch.upper, style));
}

Fault fault(Field field, int64_t value, std::string rule) {
  return {.field = field, .value = std::to_string(value), .rule = std::move(rule)};
}

std::optional<Fault> find_lifespan_fault(const Lifespan& lifespan, EndStyle style) {
  const int64_t end = shown_end(lifespan.upper, style);
  if (!in_range(lifespan.lower)) return fault(Field::kLower, lifespan.lower, range_rule());
  if (!in_range(lifespan.upper)) {
    return fault(Field::kUpper, end, range_rule(-kMaxInteger, shown_end(kMaxInteger, style)));
  }
  if (!lifespan.empty()) return std::nullopt;
  const std::string lower = std::to_string(lifespan.lower);
  return fault(Field::kUpper, end,
               style == EndStyle::kInclusive ? "must be at least the first moment, " + lower
                                             : "must be greater than lower, " + lower);
}

// The rule that gap `index` breaks; empty when it breaks none.
std::string broken_gap_rule(const Buffer& buffer, size_t index, EndStyle style) {
  const Gap& gap = buffer.gaps[index];
  if (gap.lifespan.empty()) {
    return style == EndStyle::kInclusive ? "must not end before it starts"
                                         : "must end after it starts";
  }
  if (gap.lifespan.lower < buffer.lifespan.lower || gap.lifespan.upper > buffer.lifespan.upper) {
    return "must lie within the lifespan " + stretch_text(buffer.lifespan, style);
  }
  if (gap.window && (gap.window->lower < 0 || gap.window->upper < gap.window->lower ||
                     gap.window->upper > buffer.size)) {
    return "must have a window within the size, 0:" + std::to_string(buffer.size);
  }
  if (index == 0) return {};
  const Gap& previous = buffer.gaps[index - 1];
  if (gap.lifespan.lower < previous.lifespan.lower) {
    return "must come after the gap " + gap_text(previous, style) + ": gaps are in order of time";
  }
  if (gap.lifespan.lower < previous.lifespan.upper) {
    return "must not overlap the gap " + gap_text(previous, style);
  }
  return {};
}

std::optional<Fault> find_gap_fault(const Buffer& buffer, EndStyle style) {
  for (size_t i = 0; i < buffer.gaps.size(); ++i) {
    std::string rule = broken_gap_rule(buffer, i, style);
    if (rule.empty()) continue;
    return Fault{.field = Field::kGaps,
                 .value = gap_text(buffer.gaps[i], style),
                 .rule = std::move(rule),
                 .gap = i};
  }
  return std::nullopt;
}

std::optional<Fault> find_place_fault(const Buffer& buffer) {
  if (buffer.hint && (*buffer.hint < 0 || *buffer.hint > kMaxInteger)) {
    return fault(Field::kHint, *buffer.hint, range_rule(0, kMaxInteger));
  }
  if (!buffer.offset) return std::nullopt;
  if (*buffer.offset < 0 || *buffer.offset > kMaxInteger) {
    return fault(Field::kOffset, *buffer.offset, range_rule(0, kMaxInteger));
  }
  if (*buffer.offset % buffer.alignment != 0) {
    return fault(Field::kOffset, *buffer.offset,
                 "must be a multiple of the alignment, " + std::to_string(buffer.alignment));
  }
  return std::nullopt;
}

std::optional<Fault> find_id_fault(const std::string& id) {
  if (id.find('\0') == std::string::npos && !find_malformed_utf8(id)) return std::nullopt;
  return Fault{.field = Field::kId,
               .value = in_quotes(id),
               .rule = "must be UTF-8 text without NUL characters"};
}

}  // namespace

std::string gap_text(const Gap& gap, EndStyle style) {
  std::string text = stretch_text(gap.lifespan, style);
  if (gap.window) {
    text += '@';
    append_integer(text, gap.window->lower);
    text += ':';
    append_integer(text, gap.window->upper);
  }
  return text;
}

std::optional<Fault> find_fault(const Buffer& buffer, EndStyle style) {
  if (auto found = find_id_fault(buffer.id)) return found;
  if (auto found = find_lifespan_fault(buffer.lifespan, style)) return found;
  if (buffer.size < 0 || buffer.size > kMaxInteger) {
    return fault(Field::kSize, buffer.size, range_rule(0, kMaxInteger));
  }
  if (buffer.alignment < 1 || buffer.alignment > kMaxInteger) {
    return fault(Field::kAlignment, buffer.alignment, range_rule(1, kMaxInteger));
  }
  if (auto found = find_gap_fault(buffer, style)) return found;
  return find_place_fault(buffer);
}

std::optional<Fault> ProblemRules::check_next() {
  const size_t index = next_++;
  const Buffer& buffer = buffers_[index];
  if (auto found = find_fault(buffer, style_)) return found;
  if (index >= static_cast<size_t>(std::numeric_limits<BufferIndex>::max())) {
    return Fault{.field = Field::kId,
                 .value = in_quotes(buffer.id),
                 .rule = "is one too many: a problem has at most 2147483647 buffers"};
  }
  const BufferIndex same = ids_.add(static_cast<BufferIndex>(index));
  if (same >= 0) {
    return Fault{.field = Field::kId,
                 .value = in_quotes(buffer.id),
                 .rule = "must be unique",
                 .duplicate_of = same};
  }
  // Cannot overflow: both are at most 2^53 by now.
  if (buffer.offset && *buffer.offset + buffer.size > capacity_) {
    return fault(Field::kOffset, *buffer.offset,
                 "must let the buffer, of size " + std::to_string(buffer.size) +
                     ", end within the capacity, " + std::to_string(capacity_));
  }
  total_ += buffer.size + buffer.alignment;
  if (total_ >= kTotalLimit) {
    return fault(Field::kSize, buffer.size,
                 "is too much: all sizes and alignments together must be less than 2^62");
  }
  return std::nullopt;
}

Status check_capacity(int64_t capacity) {
  if (0 <= capacity && capacity <= kMaxInteger) return std::nullopt;
  return Error{ErrorCode::kInvalidArgument,
               "capacity " + std::to_string(capacity) + " " + range_rule(0, kMaxInteger)};
}

}  // namespace stowage
