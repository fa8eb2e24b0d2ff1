#include "stowage/view/rectangles.h"

#include <algorithm>
#include <tuple>

namespace stowage {
namespace {

// What decides the order, apart from the rest so that sorting moves little.
struct Key {
  double start;
  double height;
  size_t position;
};

std::vector<Key> sorted_keys(const std::vector<PlanRectangle>& rectangles) {
  std::vector<Key> keys;
  keys.reserve(rectangles.size());
  for (size_t i = 0; i < rectangles.size(); ++i) {
    const Viewport& area = rectangles[i].area;
    keys.push_back({area.time_lower, area.offset_upper - area.offset_lower, i});
  }
  std::sort(keys.begin(), keys.end(), [](const Key& a, const Key& b) {
    return std::tie(a.start, b.height, a.position) < std::tie(b.start, a.height, b.position);
  });
  return keys;
}

void extend(Viewport& around, const Viewport& area) {
  around.time_lower = std::min(around.time_lower, area.time_lower);
  around.time_upper = std::max(around.time_upper, area.time_upper);
  around.offset_lower = std::min(around.offset_lower, area.offset_lower);
  around.offset_upper = std::max(around.offset_upper, area.offset_upper);
}

}  // namespace

Rectangles::Rectangles(const std::vector<PlanRectangle>& rectangles) {
  const size_t count = rectangles.size();
  time_lower.reserve(count);
  time_upper.reserve(count);
  offset_lower.reserve(count);
  offset_upper.reserve(count);
  buffer.reserve(count);
  blocks.reserve(count / kBlock + 1);
  for (const Key& key : sorted_keys(rectangles)) {
    const auto& [area, owner] = rectangles[key.position];
    if (buffer.size() % kBlock == 0) blocks.push_back(area);
    extend(blocks.back(), area);
    time_lower.push_back(area.time_lower);
    time_upper.push_back(area.time_upper);
    offset_lower.push_back(area.offset_lower);
    offset_upper.push_back(area.offset_upper);
    buffer.push_back(owner);
  }
}

}  // namespace stowage
