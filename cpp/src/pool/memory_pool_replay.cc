#include <string>

#include "base/text.h"
#include "pool/memory_pool_state.h"
#include "pool/pool_arguments.h"

namespace stowage {

namespace {

constexpr size_t kNumbers = 3;  // for each operation
constexpr double kMaxSlots = 1 << 24;

constexpr int64_t kNotWhole = -1;

// The value as a whole number from `least`, which is not negative, to `most`.
int64_t whole(double value, double least, double most) {
  if (!(value >= least && value <= most)) return kNotWhole;
  const auto number = static_cast<int64_t>(value);
  return static_cast<double>(number) == value ? number : kNotWhole;
}

Error wrong_operation(size_t operation, const std::string& what) {
  return {ErrorCode::kInvalidArgument,
          "operation " + decimal(static_cast<int64_t>(operation)) + ": " + what,
          {}};
}

}  // namespace

Status MemoryPool::replay(std::span<const double> operations, std::span<double> offsets) {
  if (operations.size() % kNumbers != 0 || offsets.size() != operations.size() / kNumbers) {
    return Error{ErrorCode::kInvalidArgument,
                 "each operation has three numbers, a slot, a size and an alignment, and gives one",
                 {}};
  }
  constexpr auto kMost = static_cast<double>(kMaxInteger);
  for (size_t i = 0; i < offsets.size(); ++i) {
    const double* operation = &operations[i * kNumbers];
    const int64_t slot = whole(operation[0], 0, kMaxSlots - 1);
    if (slot == kNotWhole) {
      return wrong_operation(i, "a slot must be a whole number from 0 to 2^24 - 1");
    }
    const int64_t size = whole(operation[1], 0, kMost);
    if (size == kNotWhole) {
      return wrong_operation(i, "a size must be a whole number from 0 to 2^53 - 1");
    }
    const int64_t alignment = whole(operation[2], 1, kMost);
    if (size > 0 && alignment == kNotWhole) {
      return wrong_operation(i, "an alignment must be a whole number from 1 to 2^53 - 1");
    }
    Result<int64_t> offset = state_->replay_one(static_cast<size_t>(slot), size, alignment);
    if (!offset) return wrong_operation(i, offset.error().message);
    offsets[i] = static_cast<double>(*offset);
  }
  return std::nullopt;
}

// Allocates in a slot, or with size 0 frees it.
Result<int64_t> MemoryPool::State::replay_one(size_t slot, int64_t size, int64_t alignment) {
  slots.cover(slot + 1);
  const int64_t held = slots.get(slot);
  const auto wrong = [&](const char* what) {
    return Error{
        ErrorCode::kInvalidArgument, "slot " + decimal(static_cast<int64_t>(slot)) + what, {}};
  };
  if (size > 0) {
    if (held >= 0) return wrong(" holds a block already");
    const int64_t offset = allocate(size, alignment, 0);
    slots.set(slot, offset);
    return offset;
  }
  if (held == SlotTable::kEmpty) return wrong(" holds nothing to free");
  if (held != SlotTable::kHadNoRoom) {
    if (release(held) == 0) return wrong(" held a block that was freed by its offset");
  }
  slots.set(slot, SlotTable::kEmpty);
  return held;
}

}  // namespace stowage
