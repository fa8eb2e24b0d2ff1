// Many partial plans of one partition, side by side in a few flat arrays.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace stowage {

// What a partial plan has decided. By section: the height below which nothing can go any more, the
// space above it that may still be wasted, and how many unplaced buffers cross to the next section.
// And a bit for each placed buffer. Space in units of the model.
struct Skyline {
  std::span<int32_t> floor;
  std::span<int32_t> slack;
  std::span<int32_t> cuts;
  std::span<uint64_t> placed;

  void copy_from(const Skyline& other) const {
    std::copy(other.floor.begin(), other.floor.end(), floor.begin());
    std::copy(other.slack.begin(), other.slack.end(), slack.begin());
    std::copy(other.cuts.begin(), other.cuts.end(), cuts.begin());
    std::copy(other.placed.begin(), other.placed.end(), placed.begin());
  }
};

class SkylineArray {
 public:
  SkylineArray(size_t sections, size_t buffers)
      : sections_(sections), words_((buffers + 63) / 64) {}

  [[nodiscard]] size_t bytes_each() const {
    return 3 * sections_ * sizeof(int32_t) + words_ * sizeof(uint64_t);
  }

  // New ones are zero throughout.
  void resize(size_t size) {
    space_.resize(3 * sections_ * size);
    placed_.resize(words_ * size);
  }

  // Valid until the next resize.
  Skyline operator[](size_t index) {
    int32_t* const space = space_.data() + 3 * sections_ * index;
    return {{space, sections_},
            {space + sections_, sections_},
            {space + 2 * sections_, sections_},
            {placed_.data() + words_ * index, words_}};
  }

 private:
  size_t sections_;
  size_t words_;  // of a set of buffers
  std::vector<int32_t> space_;
  std::vector<uint64_t> placed_;
};

}  // namespace stowage
