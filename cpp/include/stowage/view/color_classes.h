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
  kAlignment,  // "alignment": the 7 most frequent alignments, ascending, and "other"
  kIdPrefix,   // "prefix": the 7 most frequent beginnings of ids, and "other"
};

const char* to_string(ColorBy by);
std::optional<ColorBy> color_by_from_string(std::string_view name);

// The most classes that any criterion makes.
inline constexpr int kMaxColorClasses = 8;

struct ColorClasses {
  // Whether the classes are steps of one quantity (shown by a sequential palette) or unrelated
  // (shown by a categorical one).
  bool is_sequential = true;
  std::vector<std::string> labels;   // one for each class, for a legend: "4 KiB - 32 KiB", "conv"
  std::vector<uint8_t> of_buffer;    // the class of each buffer
};

// The beginning of an id up to its first '/', '.', ':', '_', '-' or digit, e.g. "conv" of
// "conv2/weights"; the whole id when that is empty or there is none.
std::string_view id_prefix(std::string_view id);

// O(n log n). Ties between equally frequent values go to the one that comes first.
ColorClasses classify(const Problem& problem, ColorBy by);

}  // namespace stowage
