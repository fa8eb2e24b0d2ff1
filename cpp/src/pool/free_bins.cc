#include "pool/free_bins.h"

#include <algorithm>

namespace stowage {

void FreeBins::cover(int number) {
  const size_t levels = static_cast<size_t>(number / kSubdivisions) + 1;
  heads_.reserve(levels * kSubdivisions);
  heads_.resize(levels * kSubdivisions, kNone);
}

void FreeBins::clear() {
  levels_ = 0;
  subdivisions_.fill(0);
  std::fill(heads_.begin(), heads_.end(), kNone);
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
