#include "planner/valley_order.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <random>

#include "stowage/base/random.h"

namespace stowage {
namespace {

double key_of(const Model& model, size_t b, ValleyOrder::By by, double largest) {
  const double width = model.end_section[b] - model.first_section[b];
  const auto size = static_cast<double>(model.size[b]);
  switch (by) {
    case ValleyOrder::By::kWidth:
      return width + size / (largest + 1);
    case ValleyOrder::By::kSize:
      return size;
    case ValleyOrder::By::kArea:
      return size * width;
    case ValleyOrder::By::kLifetime:
      return size * static_cast<double>(model.lifespan[b].length());
  }
  return 0;
}

}  // namespace

std::vector<int32_t> ranks(const Model& model, const ValleyOrder& order) {
  const auto buffers = static_cast<size_t>(model.buffer_count);
  const auto largest = static_cast<double>(*std::max_element(model.size.begin(), model.size.end()));
  std::mt19937_64 random(order.seed);
  std::vector<double> key(buffers);
  for (size_t b = 0; b < buffers; ++b) {
    key[b] = key_of(model, b, order.by, largest) * (1.0 + order.noise * random_fraction(random));
  }
  std::vector<int32_t> sorted(buffers);
  std::iota(sorted.begin(), sorted.end(), 0);
  std::sort(sorted.begin(), sorted.end(), [&](int32_t a, int32_t b) {
    const double key_a = key[static_cast<size_t>(a)];
    const double key_b = key[static_cast<size_t>(b)];
    return key_a != key_b ? key_a > key_b : a < b;
  });
  std::vector<int32_t> rank(buffers);
  for (size_t i = 0; i < buffers; ++i) {
    rank[static_cast<size_t>(sorted[i])] = static_cast<int32_t>(i);
  }
  return rank;
}

}  // namespace stowage
