#include <algorithm>
#include <cassert>

#include "stowage/view/scene.h"
#include "view/in_sight.h"
#include "view/raster.h"
#include "view/reverse_raster.h"

namespace stowage {
namespace {

// From this width and height on, a rectangle has room for an edge.
constexpr int kLeastWithEdge = 4;

bool has_edge(const PixelBox& box) {
  return box.width() >= kLeastWithEdge && box.height() >= kLeastWithEdge;
}

// Hatches what is below the profile's top. Everything held is drawn over it.
void draw_waste(const std::vector<ProfileStep>& profile, const Projection& projection,
                const Raster& raster, Rgb color) {
  const uint32_t pixel = pixel_of(color);
  const auto [width, height] = raster.size();
  for (int x = 0; x < width; ++x) {
    // The step that holds the column's centre.
    const auto next =
        std::partition_point(profile.begin(), profile.end(), [&](const ProfileStep& step) {
          return projection.column(static_cast<double>(step.time)) <= x;
        });
    if (next == profile.begin()) continue;
    const int top = projection.row(static_cast<double>(std::prev(next)->top));
    raster.hatch_falling({x, top, x + 1, projection.row(0)}, pixel);
  }
}

}  // namespace

void Scene::draw(const Viewport& viewport, PixelSize size, std::span<uint8_t> pixels) {
  if (size.width <= 0 || size.height <= 0) return;
  assert(pixels.size() == static_cast<size_t>(size.width) * static_cast<size_t>(size.height) * 4);
  assert(reinterpret_cast<uintptr_t>(pixels.data()) % alignof(uint32_t) == 0);
  const Raster raster(reinterpret_cast<uint32_t*>(pixels.data()), size);
  const Projection projection(viewport, size);
  raster.fill({0, 0, size.width, size.height}, pixel_of(paint_.background));
  if (!has_offsets_) return;

  if (paint_.shows_waste) draw_waste(profile_, projection, raster, paint_.waste);
  for_each_in_sight(gaps_, projection, [&](size_t, const Footprint& taken) {
    if (!taken.is_thin) raster.hatch_rising(taken.box, pixel_of(paint_.gap));
  });
  draw_held(projection, raster);
}

void Scene::draw_held(const Projection& projection, const Raster& raster) {
  const size_t first_dimmed = fills_.size() / 2;
  ThinRaster thin(raster, ranks_);
  whole_.clear();
  for_each_in_sight(held_, projection, [&](size_t i, const Footprint& taken) {
    const uint16_t tone = tones_[i];
    if (taken.is_thin) {
      thin.draw(taken.box, thin_rank(projection, held_.area(i), taken.box, tone >= first_dimmed),
                fills_[tone]);
    } else {
      whole_.push_back({taken.box, tone});
    }
  });
  thin.finish();
  if (overlaps_much(raster.size())) {
    draw_whole_reversed(raster);
  } else {
    draw_whole(raster);
  }
}

void Scene::draw_whole(const Raster& raster) const {
  for (const auto& [box, tone] : whole_) {
    if (has_edge(box)) {
      raster.fill_with_edge(box, fills_[tone], edges_[tone]);
    } else {
      raster.fill(box, fills_[tone]);
    }
  }
}

void Scene::draw_whole_reversed(const Raster& raster) const {
  ReverseRaster reversed(raster);
  for (size_t i = whole_.size(); i-- > 0 && !reversed.is_full();) {
    const auto& [box, tone] = whole_[i];
    reversed.fill_with_edge(box, fills_[tone], has_edge(box) ? edges_[tone] : fills_[tone]);
  }
}

// In a valid plan, no pixel is covered twice.
bool Scene::overlaps_much(PixelSize size) const {
  const int64_t twice = int64_t{2} * size.width * size.height;
  int64_t covered = 0;
  for (const DrawnBox& drawn : whole_) {
    const PixelBox part = clipped(drawn.box, size);
    if (!part.empty()) covered += static_cast<int64_t>(part.width()) * part.height();
  }
  return covered > twice;
}

}  // namespace stowage
