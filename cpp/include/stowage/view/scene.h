// A plan made ready to be drawn: the rasteriser and what answers the pointer.
//
// Everything here must be quick for a million buffers on one core (the frame of a pan or zoom), so
// a scene keeps the rectangles in flat arrays. The picture is a function of the arguments alone,
// pixel by pixel, on every build: all rounding is done here, in double arithmetic without fused
// operations.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "stowage/planner/plan.h"
#include "stowage/planner/problem.h"
#include "stowage/view/profile.h"
#include "stowage/view/rectangles.h"
#include "stowage/view/theme.h"
#include "stowage/view/viewport.h"

namespace stowage {

class Projection;
class Raster;

// How the rectangles look.
struct Paint {
  std::vector<uint8_t> classes;  // for each buffer, the position of its colour in `palette`
  std::vector<Rgb> palette;      // at least one; classes beyond it take the last
  std::vector<uint8_t> dimmed;   // for each buffer, whether it steps back; empty: none does
  Rgb background = 0xffffff;
  Rgb waste = 0xd0d0d0;
  Rgb gap = 0x808080;
  bool shows_waste = false;
};

// A buffer that can be seen, with the pixels that it takes, clipped to the picture: columns
// [left, right), rows [top, bottom).
struct VisibleBuffer {
  BufferIndex buffer = -1;
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;

  bool operator==(const VisibleBuffer&) const = default;
};

class Scene {
 public:
  // `plan` may be null: then there are no rectangles, only the load. O(p log p) for p pieces.
  Scene(const Problem& problem, const Plan* plan);

  // From the first start to the last end, from 0 to the height, or the max load where there is no
  // plan; [0, 1) by [0, 1) where there is nothing.
  [[nodiscard]] const Viewport& extent() const { return extent_; }

  [[nodiscard]] const std::vector<ProfileStep>& profile() const { return profile_; }

  // Takes what `draw` uses from then on. `classes` and `dimmed` as in Paint.
  void set_paint(Paint paint);

  // Draws the part in `viewport` on all `size` pixels, row by row from the top, 4 bytes a pixel
  // (red, green, blue, 255). `pixels` holds width * height * 4 bytes, aligned to 4.
  //
  // A rectangle covers the pixels whose centres it holds, so neighbours meet without overlap or
  // seam. From 4 by 4 pixels on it gets a darker edge. One that holds no centre of a column or row
  // still takes one, that of its middle; of several such on a pixel that no other rectangle covers,
  // the one wins that covers most of it, those that are not dimmed before those that are (then the
  // one that comes first in the order of Rectangles). Where a buffer has gaps, what it does not
  // hold is hatched below everything else. In a plan where rectangles overlap, the one that comes
  // last shows. O(buffers + pixels) for a plan without overlaps.
  void draw(const Viewport& viewport, PixelSize size, std::span<uint8_t> pixels);

  // The buffer that `draw` shows at a pixel, or -1. Where only the hatching of a gap shows, the
  // buffer whose gap it is, between its stripes too. O(buffers), but most are passed over in
  // blocks.
  [[nodiscard]] BufferIndex pick(const Viewport& viewport, PixelSize size, int x, int y) const;

  // Buffers that take at least `least` pixels in both directions, in order of descending area in
  // pixels, at most `limit`: those worth a label. Of a buffer with gaps, the largest piece.
  // O(buffers + limit log limit).
  [[nodiscard]] std::vector<VisibleBuffer> visible(const Viewport& viewport, PixelSize size,
                                                   PixelSize least, int limit) const;

  // The pixels that one buffer takes, gaps included; all 0 if it is out of sight or without offset.
  // At least one pixel each way when in sight, but for a sliver at the border that holds no centre.
  [[nodiscard]] VisibleBuffer locate(const Viewport& viewport, PixelSize size,
                                     BufferIndex buffer) const;

  // The buffers that hold memory at `time`, in order of descending bytes held, then ascending
  // index. O(buffers).
  [[nodiscard]] std::vector<BufferIndex> live_at(int64_t time) const;

 private:
  // A rectangle of at least a pixel each way.
  struct DrawnBox {
    PixelBox box;
    uint16_t tone;
  };

  void draw_held(const Projection& projection, const Raster& raster);
  void draw_whole(const Raster& raster) const;
  void draw_whole_reversed(const Raster& raster) const;
  [[nodiscard]] bool overlaps_much(PixelSize size) const;

  Viewport extent_;
  std::vector<ProfileStep> profile_;
  bool has_offsets_ = false;
  Rectangles held_;                 // the pieces; without a plan, their offsets mean nothing
  Rectangles gaps_;                 // what buffers do not hold in their gaps
  std::vector<Viewport> outlines_;  // of each buffer, gaps included

  std::vector<uint16_t> tones_;  // of each of `held_`, a position in the two below
  std::vector<uint32_t> fills_;  // pixels
  std::vector<uint32_t> edges_;
  Paint paint_;

  // What `draw` needs, kept so as not to allocate at each frame.
  std::vector<uint16_t> ranks_;
  std::vector<DrawnBox> whole_;
};

}  // namespace stowage
