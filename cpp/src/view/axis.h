// Numbers on an axis, and amounts of memory in words.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace stowage {

// How the numbers of an axis go on.
enum class Steps {
  kDecimal,  // 1, 2 or 5 times a power of ten
  kBinary,   // powers of two, in KiB, MiB and so on from 8 KiB on
};

struct Tick {
  double value = 0;
  std::string label;

  bool operator==(const Tick&) const = default;
};

// At most `most` (at least 1) whole numbers in [lower, upper], at round steps, ascending. The two
// lie within the doubles that hold every whole number.
std::vector<Tick> ticks(double lower, double upper, int most, Steps steps);

// "9000", "12 KiB", "1.02 MiB": what is below 8 KiB is exact, the rest has three digits or more.
std::string format_amount(int64_t amount);

// The same with all digits: "1069547 (1.02 MiB)".
std::string format_exactly(int64_t amount);

}  // namespace stowage
