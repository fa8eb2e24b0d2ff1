// Pictures of plans as JavaScript sees them. Numbers have been checked before they come here.
#pragma once

#include <emscripten/val.h>

#include <cstdint>
#include <string>
#include <vector>

#include "stowage/view/scene.h"

namespace stowage::bindings {

// {isSequential, labels, ofBuffer}.
emscripten::val classify_buffers(const emscripten::val& columns, const std::string& by);
// {sequential, categorical, background, text, ...} of the theme "light" or "dark".
emscripten::val theme_of(const std::string& name);
// {bytes} (a Uint8Array) or {error}. `format` is "png" or "svg"; `options` is a complete
// `CoreRenderOptions` (npm/src/core/module.ts).
emscripten::val render_plan(const emscripten::val& columns, const emscripten::val& offsets,
                            const std::string& format, const emscripten::val& options);

// A scene, and the pixels it was last drawn on.
class SceneHandle {
 public:
  // `offsets` is a Float64Array, or null without a plan.
  SceneHandle(const emscripten::val& columns, const emscripten::val& offsets);

  // [time_lower, time_upper, offset_lower, offset_upper], a Float64Array.
  [[nodiscard]] emscripten::val extent() const;
  // {time, load, top}, each a Float64Array.
  [[nodiscard]] emscripten::val profile() const;
  // {load, top}.
  [[nodiscard]] emscripten::val profile_columns(double time_lower, double time_upper,
                                                int columns) const;
  void set_paint(const emscripten::val& paint);
  // A view of the heap, good until the next call into the module.
  emscripten::val draw(const emscripten::val& viewport, int width, int height);
  // -1 for none.
  [[nodiscard]] int pick(const emscripten::val& viewport, int width, int height, int x,
                         int y) const;
  // Five numbers for each: buffer, left, top, right, bottom. An Int32Array.
  [[nodiscard]] emscripten::val visible(const emscripten::val& viewport, int width, int height,
                                        int least_width, int least_height, int limit) const;
  // Four numbers, or null when out of sight.
  [[nodiscard]] emscripten::val locate(const emscripten::val& viewport, int width, int height,
                                       int buffer) const;
  // A Uint32Array.
  [[nodiscard]] emscripten::val live_at(double time) const;

 private:
  Scene scene_;
  std::vector<uint8_t> pixels_;
};

}  // namespace stowage::bindings
