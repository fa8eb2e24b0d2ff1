#include <algorithm>
#include <tuple>

#include "stowage/view/scene.h"
#include "view/in_sight.h"

namespace stowage {
namespace {

VisibleBuffer visible_part(const PixelBox& box, PixelSize size, BufferIndex buffer) {
  const PixelBox part = clipped(box, size);
  if (part.empty()) return {buffer, 0, 0, 0, 0};
  return {buffer, part.left, part.top, part.right, part.bottom};
}

int64_t pixel_area(const VisibleBuffer& seen) {
  return static_cast<int64_t>(seen.right - seen.left) * (seen.bottom - seen.top);
}

// Descending by area, and total but for pieces of a buffer that take the same pixels.
bool larger(const VisibleBuffer& a, const VisibleBuffer& b) {
  const int64_t area_a = pixel_area(a);
  const int64_t area_b = pixel_area(b);
  return std::tie(area_b, a.buffer, a.left, a.top, a.right) <
         std::tie(area_a, b.buffer, b.left, b.top, b.right);
}

// Leaves of each buffer only the largest piece.
void keep_largest_pieces(std::vector<VisibleBuffer>& seen) {
  std::sort(seen.begin(), seen.end(), [](const VisibleBuffer& a, const VisibleBuffer& b) {
    return a.buffer != b.buffer ? a.buffer < b.buffer : larger(a, b);
  });
  const auto is_same = [](const VisibleBuffer& a, const VisibleBuffer& b) {
    return a.buffer == b.buffer;
  };
  seen.erase(std::unique(seen.begin(), seen.end(), is_same), seen.end());
}

}  // namespace

BufferIndex Scene::pick(const Viewport& viewport, PixelSize size, int x, int y) const {
  if (!has_offsets_ || x < 0 || y < 0 || x >= size.width || y >= size.height) return -1;
  const Projection projection(viewport, size);
  const size_t first_dimmed = fills_.size() / 2;
  BufferIndex full = -1;
  BufferIndex thin = -1;
  uint16_t greatest = 0;
  for_each_at(held_, projection, x, y, [&](size_t i, const Footprint& taken) {
    if (!taken.is_thin) {
      full = held_.buffer[i];
      return;
    }
    const uint16_t rank =
        thin_rank(projection, held_.area(i), taken.box, tones_[i] >= first_dimmed);
    if (rank <= greatest) return;
    thin = held_.buffer[i];
    greatest = rank;
  });
  if (full >= 0) return full;
  if (thin >= 0) return thin;
  BufferIndex gap = -1;
  for_each_at(gaps_, projection, x, y, [&](size_t i, const Footprint& taken) {
    if (!taken.is_thin) gap = gaps_.buffer[i];
  });
  return gap;
}

std::vector<VisibleBuffer> Scene::visible(const Viewport& viewport, PixelSize size, PixelSize least,
                                          int limit) const {
  std::vector<VisibleBuffer> seen;
  if (!has_offsets_ || limit <= 0 || size.width <= 0 || size.height <= 0) return seen;
  const Projection projection(viewport, size);
  for_each_in_sight(held_, projection, [&](size_t i, const Footprint& taken) {
    const PixelBox part = clipped(taken.box, size);
    if (part.empty() || part.width() < least.width || part.height() < least.height) return;
    seen.push_back({held_.buffer[i], part.left, part.top, part.right, part.bottom});
  });
  keep_largest_pieces(seen);
  if (seen.size() > static_cast<size_t>(limit)) {
    std::nth_element(seen.begin(), seen.begin() + limit, seen.end(), larger);
    seen.resize(static_cast<size_t>(limit));
  }
  std::sort(seen.begin(), seen.end(), larger);
  return seen;
}

VisibleBuffer Scene::locate(const Viewport& viewport, PixelSize size, BufferIndex buffer) const {
  VisibleBuffer nowhere{buffer, 0, 0, 0, 0};
  if (!has_offsets_ || buffer < 0 || static_cast<size_t>(buffer) >= outlines_.size()) {
    return nowhere;
  }
  const Viewport& outline = outlines_[static_cast<size_t>(buffer)];
  const Projection projection(viewport, size);
  if (outline.offset_upper <= outline.offset_lower || !projection.sees(outline)) return nowhere;
  return visible_part(footprint(projection, outline).box, size, buffer);
}

std::vector<BufferIndex> Scene::live_at(int64_t time) const {
  const auto at = static_cast<double>(time);
  std::vector<std::pair<double, BufferIndex>> live;  // the bytes held, negative
  for (size_t i = 0; i < held_.size(); ++i) {
    if (held_.time_lower[i] > at || held_.time_upper[i] <= at) continue;
    live.emplace_back(held_.offset_lower[i] - held_.offset_upper[i], held_.buffer[i]);
  }
  std::sort(live.begin(), live.end());
  std::vector<BufferIndex> buffers;
  buffers.reserve(live.size());
  for (const auto& entry : live) buffers.push_back(entry.second);
  return buffers;
}

}  // namespace stowage
