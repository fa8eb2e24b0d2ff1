#include <algorithm>
#include <cmath>
#include <memory>
#include <new>

#include "view/png_canvas.h"
#include "view/render_chart.h"
#include "view/text.h"

namespace stowage {
namespace {

Error no_memory() {
  return {ErrorCode::kOutOfMemory, "there is not enough memory for a picture of this size"};
}

// False when there is no memory for the pixels.
bool draw_plan(PngCanvas& canvas, RenderedChart& rendered) {
  const Chart& chart = rendered.chart;
  const PixelSize size{chart.plan.width(), chart.plan.height()};
  const size_t count = static_cast<size_t>(size.width) * static_cast<size_t>(size.height) * 4;
  const std::unique_ptr<uint8_t[]> pixels(new (std::nothrow) uint8_t[count]);
  if (pixels == nullptr) return false;
  Paint paint;
  paint.classes = rendered.classes.of_buffer;
  paint.palette = rendered.palette;
  paint.background = chart.theme.background;
  paint.waste = chart.theme.waste;
  paint.gap = chart.theme.gap;
  rendered.scene.set_paint(std::move(paint));
  rendered.scene.draw(chart.viewport, size, {pixels.get(), count});
  canvas.copy(chart.plan, {pixels.get(), count});
  return true;
}

void draw_load(PngCanvas& canvas, const RenderedChart& rendered) {
  const Chart& chart = rendered.chart;
  const PixelBox& box = chart.load;
  if (box.height() <= 0) return;
  const ProfileColumns columns = sample(rendered.scene.profile(), chart.viewport.time_lower,
                                        chart.viewport.time_upper, box.width());
  const auto top_of = [&](double value) {
    const double share = std::min(value / chart.load_upper, 1.0);
    return box.bottom - static_cast<int>(std::lround(share * box.height()));
  };
  for (int column = 0; column < box.width(); ++column) {
    const auto i = static_cast<size_t>(column);
    const int x = box.left + column;
    const int load = top_of(columns.load[i]);
    canvas.fill({x, top_of(columns.top[i]), x + 1, load}, chart.theme.waste);
    canvas.fill({x, load, x + 1, box.bottom}, chart.theme.load);
  }
}

void draw_line(PngCanvas& canvas, const LevelLine& line) {
  if (line.dash == 0) return canvas.fill(line.box, line.color);
  for (int x = line.box.left; x < line.box.right; x += 2 * line.dash) {
    const int right = std::min(x + line.dash, line.box.right);
    canvas.fill({x, line.box.top, right, line.box.bottom}, line.color);
  }
}

void draw_label(PngCanvas& canvas, const Label& label, double scale) {
  const int width = static_cast<int>(text_width(label.text) * scale);
  int left = label.x;
  if (label.anchor == Anchor::kMiddle) left -= width / 2;
  if (label.anchor == Anchor::kRight) left -= width;
  const int top = label.y - static_cast<int>(kCapitalHeight * scale / 2);
  canvas.write(label.text, left, top, scale, label.color);
  if (label.is_bold) canvas.write(label.text, left + scale / 2, top, scale, label.color);
}

}  // namespace

Result<std::string> render_png(const Problem& problem, const Plan& plan,
                               const RenderOptions& options) {
  Result<RenderedChart> rendered = make_chart(problem, plan, options);
  if (!rendered) return rendered.error();
  const Chart& chart = rendered->chart;
  auto canvas = PngCanvas::create(chart.size, chart.theme.background);
  if (!canvas || !draw_plan(*canvas, *rendered)) return no_memory();
  for (const ColoredBox& line : chart.grid) canvas->fill(line.box, line.color);
  draw_load(*canvas, *rendered);
  for (const LevelLine& line : chart.lines) draw_line(*canvas, line);
  for (const ColoredBox& box : chart.boxes) canvas->fill(box.box, box.color);
  for (const Label& label : chart.labels) draw_label(*canvas, label, chart.text_scale);
  std::optional<std::string> file = canvas->encode();
  if (!file) return no_memory();
  return *std::move(file);
}

}  // namespace stowage
