#include "stowage/view/scene.h"

#include <algorithm>
#include <utility>

#include "view/raster.h"

namespace stowage {
namespace {

// Where a buffer is in the plan, as doubles: no sum overflows, however wrong a plan is.
struct Placement {
  const Buffer& buffer;
  BufferIndex index;
  double offset;

  [[nodiscard]] PlanRectangle rectangle(const Lifespan& lifespan, const Window& window) const {
    return {
        {static_cast<double>(lifespan.lower), static_cast<double>(lifespan.upper),
         offset + static_cast<double>(window.lower), offset + static_cast<double>(window.upper)},
        index};
  }
};

// The gaps with an empty window where there is none; neighbours with the same window as one.
std::vector<Gap> joined_gaps(const Buffer& buffer) {
  std::vector<Gap> gaps;
  for (const Gap& gap : buffer.gaps) {
    const bool holds_some = gap.window && !gap.window->empty();
    const Window window = holds_some ? *gap.window : Window{};
    if (!gaps.empty() && gaps.back().lifespan.upper == gap.lifespan.lower &&
        gaps.back().window == window) {
      gaps.back().lifespan.upper = gap.lifespan.upper;
    } else {
      gaps.push_back({gap.lifespan, window});
    }
  }
  return gaps;
}

void append_gaps(const Placement& placement, std::vector<PlanRectangle>& gaps) {
  const auto append = [&](const Lifespan& lifespan, const Window& unheld) {
    if (!unheld.empty()) gaps.push_back(placement.rectangle(lifespan, unheld));
  };
  for (const Gap& gap : joined_gaps(placement.buffer)) {
    append(gap.lifespan, {0, gap.window->lower});
    append(gap.lifespan, {gap.window->upper, placement.buffer.size});
  }
}

bool has_offsets(const Problem& problem, const Plan* plan) {
  return plan != nullptr && plan->offsets.size() == problem.buffers.size();
}

// From the first start to the last end of all buffers, from 0 to `height`.
Viewport extent_of(const std::vector<Viewport>& outlines, double height) {
  Viewport extent;
  for (size_t b = 0; b < outlines.size(); ++b) {
    const Viewport& outline = outlines[b];
    if (b == 0 || outline.time_lower < extent.time_lower) extent.time_lower = outline.time_lower;
    if (b == 0 || outline.time_upper > extent.time_upper) extent.time_upper = outline.time_upper;
  }
  if (height > 0) extent.offset_upper = height;
  return extent;
}

double max_end(const std::vector<Viewport>& outlines) {
  double end = 0;
  for (const Viewport& outline : outlines) end = std::max(end, outline.offset_upper);
  return end;
}

}  // namespace

Scene::Scene(const Problem& problem, const Plan* plan)
    : profile_(profile_of(problem, plan)), has_offsets_(has_offsets(problem, plan)) {
  std::vector<PlanRectangle> held;
  std::vector<PlanRectangle> gaps;
  std::vector<Piece> pieces;
  held.reserve(problem.buffers.size());
  outlines_.reserve(problem.buffers.size());
  for (size_t b = 0; b < problem.buffers.size(); ++b) {
    const Buffer& buffer = problem.buffers[b];
    const Placement placement{buffer, static_cast<BufferIndex>(b),
                              has_offsets_ ? static_cast<double>(plan->offsets[b]) : 0};
    pieces.clear();
    append_pieces(buffer, pieces);
    for (const auto& [lifespan, window] : pieces) {
      held.push_back(placement.rectangle(lifespan, window));
    }
    append_gaps(placement, gaps);
    outlines_.push_back(placement.rectangle(buffer.lifespan, {0, buffer.size}).area);
  }
  held_ = Rectangles(held);
  gaps_ = Rectangles(gaps);
  extent_ = extent_of(outlines_,
                      has_offsets_ ? max_end(outlines_) : static_cast<double>(max_load(profile_)));
  set_paint({});
}

void Scene::set_paint(Paint paint) {
  paint_ = std::move(paint);
  if (paint_.palette.empty()) paint_.palette.push_back(0x808080);
  const size_t colors = std::min<size_t>(paint_.palette.size(), 256);

  // The colours as they are, then the same dimmed.
  fills_.clear();
  edges_.clear();
  for (const bool is_dimmed : {false, true}) {
    for (size_t c = 0; c < colors; ++c) {
      const Rgb color =
          is_dimmed ? blended(paint_.palette[c], paint_.background) : paint_.palette[c];
      fills_.push_back(pixel_of(color));
      edges_.push_back(pixel_of(darkened(color)));
    }
  }
  tones_.clear();
  tones_.reserve(held_.size());
  for (const BufferIndex buffer : held_.buffer) {
    const auto b = static_cast<size_t>(buffer);
    const size_t color = b < paint_.classes.size() ? paint_.classes[b] : 0;
    const bool is_dimmed = b < paint_.dimmed.size() && paint_.dimmed[b] != 0;
    tones_.push_back(static_cast<uint16_t>(std::min(color, colors - 1) + (is_dimmed ? colors : 0)));
  }
}

}  // namespace stowage
