// A number of values for each item of a ChunkedArena, kept beside it: made only where it is needed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace stowage {

template <typename T, size_t kChunk = 16>
class ChunkedColumn {
 public:
  // Makes values for the items below `count`, as copies of `initial`.
  void cover(uint32_t count, const T& initial) {
    while (chunks_.size() * kChunk < count) {
      auto chunk = std::make_unique<T[]>(kChunk);
      for (size_t i = 0; i < kChunk; ++i) chunk[i] = initial;
      chunks_.push_back(std::move(chunk));
    }
  }

  T& operator[](uint32_t item) { return chunks_[item / kChunk][item % kChunk]; }
  const T& operator[](uint32_t item) const { return chunks_[item / kChunk][item % kChunk]; }

  [[nodiscard]] int64_t bytes() const {
    return static_cast<int64_t>(chunks_.size() * kChunk * sizeof(T));
  }

 private:
  std::vector<std::unique_ptr<T[]>> chunks_;
};

}  // namespace stowage
