// Which buffers share a colour.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stowage/planner/problem.h"

namespace stowage {

enum class ColorBy {
  kSize,       // "size": octaves of the size, put together to at most 8 ranges
  kLifetime,   // "lifetime": the same of the length of the lifespan
  kAlignment,  // "alignment": the most frequent alignments, ascending
  kIdPrefix,   // "prefix": the most frequent beginnings of ids, the most frequent first
};

const char* to_string(ColorBy by);
std::optional<ColorBy> color_by_from_string(std::string_view name);

// The most classes that any criterion makes.
inline constexpr int kMaxColorClasses = 8;

struct ColorClasses {
  // Whether the classes are steps of one quantity (shown by a sequential palette) or unrelated
  // (shown by a categorical one).
  bool is_sequential = true;
  // One for each class, for a legend. Every class has a buffer. Of sizes: "4 KiB to 32 KiB", which
  // is from 4 KiB up to, not including, 32 KiB, or "48 B" where they are all the same; the units
  // are binary and no number is rounded. Of lifetimes: "16 to 31", both included, or "5". Of
  // alignments and ids, the value, or "other": of more than 8 values, all but the 7 most frequent.
  std::vector<std::string> labels;
  std::vector<uint8_t> of_buffer;  // the class of each buffer
};

// The beginning of an id up to its first '/', '.', ':', '_', '-' or digit, e.g. "conv" of
// "conv2/weights"; the whole id when that is empty or there is none.
std::string_view id_prefix(std::string_view id);

// O(n log n). Ties between equally frequent values go to the one that comes first.
ColorClasses classify(const Problem& problem, ColorBy by);

}  // namespace stowage
