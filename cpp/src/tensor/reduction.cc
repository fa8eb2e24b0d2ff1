#include "stowage/tensor/reduction.h"

#include <cmath>
#include <cstddef>
#include <limits>

#include "tensor/block_sum.h"
#include "tensor/simd.h"

namespace stowage {

namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

float sum(std::span<const float> in) {
  const float* data = in.data();
  return block_sum(
      std::ssize(in), [data](int64_t i) { return load(data + i); },
      [data](int64_t i, int64_t count) { return load_part(data + i, count, 0); });
}

// `nearer(a, b)` is `a` unless `b` is beyond it; `farthest` the number that every other is beyond.
template <typename Nearer>
float extreme(std::span<const float> in, float farthest, Nearer nearer) {
  constexpr int64_t kChains = 4;
  const float* data = in.data();
  const int64_t n = std::ssize(in);
  Float4 found[kChains] = {splat(farthest), splat(farthest), splat(farthest), splat(farthest)};
  int64_t i = 0;
  for (; i + kChains * kLanes <= n; i += kChains * kLanes) {
#pragma GCC unroll 4
    for (int64_t k = 0; k < kChains; ++k) found[k] = nearer(found[k], load(data + i + k * kLanes));
  }
  int64_t k = 0;
  for (; i + kLanes <= n; i += kLanes, ++k) found[k] = nearer(found[k], load(data + i));
  if (i < n) found[3] = nearer(found[3], load_part(data + i, n - i, farthest));
  const Float4 all = nearer(nearer(found[0], found[1]), nearer(found[2], found[3]));
  const Float4 pairs = nearer(all, Float4{all[2], all[3], all[2], all[3]});
  const float result = nearer(splat(pairs[0]), splat(pairs[1]))[0];
  if (result != farthest) return result;
  // Either some are as far, or all are NaN.
  for (const float each : in) {
    if (!std::isnan(each)) return result;
  }
  return in[0];
}

}  // namespace

float reduce(Reduction reduction, std::span<const float> in) {
  switch (reduction) {
    case Reduction::kSum:
      return sum(in);
    case Reduction::kMean:
      return sum(in) / static_cast<float>(in.size());
    case Reduction::kMin:
      return extreme(in, kInfinity, [](Float4 a, Float4 b) { return at_most(a, b); });
    case Reduction::kMax:
      return extreme(in, -kInfinity, [](Float4 a, Float4 b) { return at_least(a, b); });
  }
  return 0;
}

}  // namespace stowage
