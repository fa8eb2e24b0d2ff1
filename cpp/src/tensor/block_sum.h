// Sums of many terms, made of partial sums so that rounding errors stay small (see reduction.h).
#pragma once

#include <array>
#include <cstdint>

#include "tensor/simd.h"

namespace stowage {

// Adds numbers pairwise in the order they come: the k-th level holds the sum of 2^k of them.
class PairwiseSum {
 public:
  void add(float value) {
    int level = 0;
    for (uint64_t bits = count_++; (bits & 1) != 0; bits >>= 1) value = levels_[level++] + value;
    levels_[level] = value;
  }

  [[nodiscard]] float total() const {
    float sum = 0;
    for (int level = 0; level < 64; ++level) {
      if ((count_ >> level & 1) != 0) sum = levels_[level] + sum;
    }
    return sum;
  }

 private:
  std::array<float, 64> levels_ = {};
  uint64_t count_ = 0;
};

inline float sum_of_lanes(Float4 x) { return (x[0] + x[2]) + (x[1] + x[3]); }

inline constexpr int64_t kSumBlock = 1024;

// The sum of term(i) of the four elements from i on, for i < n, n at most kSumBlock; for the last
// up to three elements, last_term(i, count), whose other lanes are 0. `chains` sums in parallel, a
// power of two, hide the latency of an addition.
template <int64_t chains, typename Term, typename LastTerm>
inline float sum_of_block(int64_t begin, int64_t n, Term term, LastTerm last_term) {
  Float4 sums[chains] = {};
  const int64_t end = begin + n;
  int64_t i = begin;
  for (; i + chains * kLanes <= end; i += chains * kLanes) {
#pragma GCC unroll 8
    for (int64_t k = 0; k < chains; ++k) sums[k] += term(i + k * kLanes);
  }
  int64_t k = 0;
  for (; i + kLanes <= end; i += kLanes) sums[k++] += term(i);
  if (i < end) sums[k] += last_term(i, end - i);
  for (int64_t width = 1; width < chains; width *= 2) {
    for (int64_t each = 0; each < chains; each += 2 * width) sums[each] += sums[each + width];
  }
  return sum_of_lanes(sums[0]);
}

// The sum over all of [0, n). Eight chains are for short terms; long ones need the registers.
template <int64_t chains = 8, typename Term, typename LastTerm>
inline float block_sum(int64_t n, Term term, LastTerm last_term) {
  PairwiseSum sum;
  for (int64_t begin = 0; begin < n; begin += kSumBlock) {
    const int64_t length = n - begin < kSumBlock ? n - begin : kSumBlock;
    sum.add(sum_of_block<chains>(begin, length, term, last_term));
  }
  return sum.total();
}

}  // namespace stowage
