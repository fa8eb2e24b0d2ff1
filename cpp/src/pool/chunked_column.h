// Values by index, made only where they are needed.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

namespace stowage {

// In chunks that never move, as those of ChunkedArena.
template <typename T>
class ChunkedColumn {
 public:
  // Makes values for the indices below `count`, as copies of `initial`.
  void cover(uint32_t count, const T& initial) {
    while (chunks_.size() * kChunk < count) {
      chunks_.emplace_back(new T[kChunk]);
      std::fill_n(chunks_.back().get(), kChunk, initial);
    }
  }

  T& operator[](uint32_t index) { return chunks_[index / kChunk][index % kChunk]; }
  const T& operator[](uint32_t index) const { return chunks_[index / kChunk][index % kChunk]; }

  // The values of [from, from + count) become those of [to, to + count). Neither crosses a multiple
  // of 256.
  void move(uint32_t from, uint32_t to, uint32_t count) {
    if (count > 0) std::memmove(&(*this)[to], &(*this)[from], count * sizeof(T));
  }

  [[nodiscard]] int64_t bytes() const {
    return static_cast<int64_t>(chunks_.size() * kChunk * sizeof(T) +
                                chunks_.capacity() * sizeof(chunks_[0]));
  }

 private:
  static constexpr size_t kChunk = 256;

  std::vector<std::unique_ptr<T[]>> chunks_;
};

}  // namespace stowage
