#include "pool/free_bins.h"

#include <bit>

namespace stowage {

int FreeBins::class_of(int64_t size) {
  if (size < kSubdivisions) return static_cast<int>(size);
  const int power = 63 - std::countl_zero(static_cast<uint64_t>(size));
  const auto subdivision = static_cast<int>(size >> (power - kSubdivisionBits)) - kSubdivisions;
  return (power - kSubdivisionBits + 1) * kSubdivisions + subdivision;
}

int FreeBins::first_from(int number) const {
  const int level = number / kSubdivisions;
  if (level >= kLevels) return -1;
  const uint32_t subdivisions =
      subdivisions_[static_cast<size_t>(level)] & (~uint32_t{0} << number % kSubdivisions);
  if (subdivisions != 0) return level * kSubdivisions + std::countr_zero(subdivisions);
  const uint64_t levels = levels_ & ~((uint64_t{2} << level) - 1);
  if (levels == 0) return -1;
  const int next = std::countr_zero(levels);
  return next * kSubdivisions + std::countr_zero(subdivisions_[static_cast<size_t>(next)]);
}

uint32_t FreeBins::find(int64_t size) const {
  int64_t rounded = size;
  if (size >= kSubdivisions) {
    const int power = 63 - std::countl_zero(static_cast<uint64_t>(size));
    rounded += (int64_t{1} << (power - kSubdivisionBits)) - 1;
  }
  const int number = first_from(class_of(rounded));
  return number < 0 ? kNone : heads_[static_cast<size_t>(number)];
}

void FreeBins::mark(int number) {
  const auto level = static_cast<size_t>(number / kSubdivisions);
  if (heads_.size() <= static_cast<size_t>(number)) {
    heads_.reserve((level + 1) * kSubdivisions);
    heads_.resize((level + 1) * kSubdivisions, kNone);
  }
  levels_ |= uint64_t{1} << level;
  subdivisions_[level] |= uint32_t{1} << number % kSubdivisions;
}

void FreeBins::unmark(int number) {
  const auto level = static_cast<size_t>(number / kSubdivisions);
  subdivisions_[level] &= ~(uint32_t{1} << number % kSubdivisions);
  if (subdivisions_[level] == 0) levels_ &= ~(uint64_t{1} << level);
}

void FreeBins::clear() {
  levels_ = 0;
  subdivisions_.fill(0);
  std::vector<uint32_t>().swap(heads_);
  size_ = 0;
}

int64_t FreeBins::bookkeeping_bytes() const {
  return static_cast<int64_t>(heads_.capacity() * sizeof(heads_[0]));
}

Status FreeBins::check_marks() const {
  const auto broken = [](const char* what) {
    return Error{
        ErrorCode::kInvalidArgument, std::string("the bins are inconsistent: ") + what, {}};
  };
  for (size_t i = 0; i < heads_.size(); ++i) {
    const size_t level = i / kSubdivisions;
    const bool is_marked = (subdivisions_[level] >> (i % kSubdivisions) & 1) != 0;
    if (is_marked != (heads_[i] != kNone)) return broken("a class is not marked as it is");
    if ((levels_ >> level & 1) != (subdivisions_[level] != 0 ? 1 : 0)) {
      return broken("a level is not marked as it is");
    }
  }
  return std::nullopt;
}

}  // namespace stowage
