// The rules of a well-formed problem, stated once: `check` words a broken one by buffer, the CSV
// reader by line and column.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "planner/id_table.h"
#include "stowage/planner/problem.h"

namespace stowage {

enum class Field { kId, kLower, kUpper, kSize, kAlignment, kHint, kGaps, kOffset };
inline constexpr size_t kFieldCount = 8;

// How messages (and the CSV column `end`) spell the upper ends of stretches of time.
enum class EndStyle { kExclusive, kInclusive };

struct Fault {
  Field field = Field::kId;
  std::string value;              // as a person would write it
  std::string rule;               // what would be right: "must be at least 1"
  size_t gap = 0;                 // for kGaps: which
  BufferIndex duplicate_of = -1;  // for kId: the buffer that has it already
};

// "5-7" or "9-11@0:2".
std::string gap_text(const Gap& gap, EndStyle style);

// The first rule that the buffer breaks by itself.
std::optional<Fault> find_fault(const Buffer& buffer, EndStyle style);

// Checks the buffers of a problem one by one, in order, as they come in.
class ProblemRules {
 public:
  // `buffers` may grow meanwhile, and must outlive the object.
  ProblemRules(const std::vector<Buffer>& buffers, int64_t capacity, EndStyle style)
      : buffers_(buffers), capacity_(capacity), style_(style), ids_(buffers) {}

  // The first rule that the next buffer breaks, by itself or together with those before it.
  std::optional<Fault> check_next();

 private:
  const std::vector<Buffer>& buffers_;
  int64_t capacity_;
  EndStyle style_;
  IdTable ids_;
  size_t next_ = 0;
  int64_t total_ = 0;  // of sizes and alignments
};

Status check_capacity(int64_t capacity);

}  // namespace stowage
