#include <algorithm>

#include "view/raster.h"
#include "view/render_chart.h"
#include "view/svg_shapes.h"
#include "view/svg_writer.h"
#include "view/text.h"

namespace stowage {
namespace {

// So that a viewer still opens the file.
constexpr size_t kMostRectangles = 100'000;
// Of rectangles this large, the edges are drawn.
constexpr double kLeastEdged = 4;

std::string interval(int64_t lower, int64_t upper) {
  return "[" + std::to_string(lower) + ", " + std::to_string(upper) + ")";
}

std::string describe(const Buffer& buffer, int64_t offset) {
  return buffer.id + ": time " + interval(buffer.lifespan.lower, buffer.lifespan.upper) +
         ", size " + std::to_string(buffer.size) + ", offset " + std::to_string(offset);
}

std::string description(const Problem& problem, const SvgRectangles& rectangles) {
  std::string text = "A memory plan: time runs to the right, offsets run upwards. " +
                     std::to_string(problem.buffers.size()) + " buffers.";
  if (rectangles.left_out > 0) {
    text += " The smallest " + std::to_string(rectangles.left_out) + " of " +
            std::to_string(rectangles.left_out + rectangles.held.size()) +
            " rectangles are left out.";
  }
  return text;
}

void write_box(SvgWriter& svg, const PixelBox& box, Rgb color) {
  svg.raw("<rect").rectangle(box.left, box.top, box.right, box.bottom).color("fill", color);
  svg.raw("/>\n");
}

void write_pattern(SvgWriter& svg, const Chart& chart) {
  svg.raw(R"(<defs><pattern id="gap" width="6" height="6" patternUnits="userSpaceOnUse">)")
      .raw(R"(<path d="M-1 1L1 -1M0 6L6 0M5 7L7 5" stroke-width="1")")
      .color("stroke", chart.theme.gap)
      .raw("/></pattern></defs>\n");
}

class PlanWriter {
 public:
  PlanWriter(SvgWriter& svg, const Problem& problem, const Plan& plan,
             const RenderedChart& rendered)
      : svg_(svg), problem_(problem), plan_(plan), rendered_(rendered) {}

  void write_released(const SvgRectangle& each) {
    svg_.raw("<rect").rectangle(each.left, each.top, each.right, each.bottom);
    svg_.raw(" fill=\"url(#gap)\">");
    write_title(each.buffer);
  }

  void write_held(const SvgRectangle& each) {
    const auto buffer = static_cast<size_t>(each.buffer);
    const Rgb color = rendered_.palette[rendered_.classes.of_buffer[buffer]];
    const double side = std::min(each.right - each.left, each.bottom - each.top);
    const bool is_edged = side >= kLeastEdged;
    // The edge is drawn inside.
    const double inset = is_edged ? 0.5 : 0;
    svg_.raw("<rect").rectangle(each.left + inset, each.top + inset, each.right - inset,
                                each.bottom - inset);
    svg_.color("fill", color);
    if (is_edged) svg_.color("stroke", darkened(color));
    svg_.raw(">");
    write_title(each.buffer);
  }

 private:
  void write_title(BufferIndex index) {
    const auto buffer = static_cast<size_t>(index);
    svg_.raw("<title>").text(describe(problem_.buffers[buffer], plan_.offsets[buffer]));
    svg_.raw("</title></rect>\n");
  }

  SvgWriter& svg_;
  const Problem& problem_;
  const Plan& plan_;
  const RenderedChart& rendered_;
};

void write_curve(SvgWriter& svg, const std::vector<CurvePoint>& points, double CurvePoint::*value,
                 const Chart& chart, Rgb color) {
  const PixelBox& box = chart.load;
  svg.raw("<path d=\"M").number(points.front().x).raw(" ").number(box.bottom);
  for (const CurvePoint& point : points) {
    const double share = std::min(point.*value / chart.load_upper, 1.0);
    svg.raw("H").number(point.x).raw("V").number(box.bottom - share * box.height());
  }
  svg.raw("H").number(box.right).raw("V").number(box.bottom).raw("Z\"");
  svg.color("fill", color).raw("/>\n");
}

void write_load(SvgWriter& svg, const RenderedChart& rendered) {
  const Chart& chart = rendered.chart;
  if (chart.load.height() <= 0) return;
  const std::vector<CurvePoint> points = curve_of(rendered.scene.profile(), chart);
  if (points.empty()) return;
  write_curve(svg, points, &CurvePoint::top, chart, chart.theme.waste);
  write_curve(svg, points, &CurvePoint::load, chart, chart.theme.load);
}

void write_line(SvgWriter& svg, const LevelLine& line) {
  const double middle = (line.box.top + line.box.bottom) / 2.0;
  svg.raw("<path d=\"M").number(line.box.left).raw(" ").number(middle).raw("H");
  svg.number(line.box.right).raw("\"").color("stroke", line.color);
  svg.attribute("stroke-width", line.box.height());
  if (line.dash > 0) svg.attribute("stroke-dasharray", line.dash);
  svg.raw("/>\n");
}

void write_label(SvgWriter& svg, const Label& label, double scale) {
  svg.raw("<text").attribute("x", label.x).attribute("y", label.y + kCapitalHeight * scale / 2);
  if (label.anchor == Anchor::kMiddle) svg.attribute("text-anchor", "middle");
  if (label.anchor == Anchor::kRight) svg.attribute("text-anchor", "end");
  if (label.is_bold) svg.attribute("font-weight", "bold");
  svg.color("fill", label.color).raw(">").text(label.text).raw("</text>\n");
}

}  // namespace

Result<std::string> render_svg(const Problem& problem, const Plan& plan,
                               const RenderOptions& options) {
  const Result<RenderedChart> rendered = make_chart(problem, plan, options);
  if (!rendered) return rendered.error();
  const Chart& chart = rendered->chart;
  const SvgRectangles rectangles = rectangles_of(problem, plan, chart, kMostRectangles);
  SvgWriter svg(chart.size, description(problem, rectangles));
  write_pattern(svg, chart);
  write_box(svg, {0, 0, chart.size.width, chart.size.height}, chart.theme.background);
  PlanWriter writer(svg, problem, plan, *rendered);
  for (const SvgRectangle& each : rectangles.released) writer.write_released(each);
  for (const SvgRectangle& each : rectangles.held) writer.write_held(each);
  for (const ColoredBox& line : chart.grid) write_box(svg, line.box, line.color);
  write_load(svg, *rendered);
  svg.raw("<g pointer-events=\"none\">\n");
  for (const LevelLine& line : chart.lines) write_line(svg, line);
  for (const ColoredBox& box : chart.boxes) write_box(svg, box.box, box.color);
  svg.raw("</g>\n<g pointer-events=\"none\" font-family=\"system-ui, sans-serif\"");
  svg.attribute("font-size", 10 * chart.text_scale).raw(">\n");
  for (const Label& label : chart.labels) write_label(svg, label, chart.text_scale);
  svg.raw("</g>\n");
  return std::move(svg).finish();
}

}  // namespace stowage
