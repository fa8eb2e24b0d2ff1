#include "view/chart.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "stowage/base/integer.h"
#include "view/axis.h"
#include "view/text.h"

namespace stowage {
namespace {

// A level worth a line across the picture.
struct Level {
  const char* name;
  int64_t value;
  Rgb color;
  int dash;  // in units of text
};

// A text of the header, behind a square of a colour or not.
struct HeaderItem {
  std::string text;
  std::optional<Rgb> key;
};

// How far the height is above the max load, in percent of the latter with one digit.
std::string gap_in_percent(int64_t height, int64_t load) {
  const double share = static_cast<double>(height - load) / static_cast<double>(load);
  const int64_t tenths = std::llround(share * 1000);
  return "gap " + std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

// Half steps, so that the strokes of letters stay alike.
double text_scale_for(PixelSize size) {
  const double scale = std::min(size.width / 1000.0, size.height / 560.0);
  return std::max(1.0, std::floor(2 * scale) / 2);
}

// Whether black is read more easily on it than white: its luminance as WCAG 2 weighs it, but with
// squares, which every build calculates alike.
bool is_light(Rgb color) {
  const auto squared = [&](int shift) {
    const auto part = static_cast<int>(color >> shift & 0xFF);
    return part * part;
  };
  return 2126 * squared(16) + 7152 * squared(8) + 722 * squared(0) > 2000 * 255 * 255;
}

class Layout {
 public:
  Layout(const ChartContents& contents, const RenderOptions& options)
      : contents_(contents), options_(options), max_load_(max_load(contents.scene.profile())) {
    chart_.size = options.size;
    chart_.text_scale = text_scale_for(options.size);
    chart_.theme = options.is_dark ? kDarkTheme : kLightTheme;
    levels_ = find_levels();
    offset_upper_ = offset_upper();
    chart_.viewport = options.viewport.value_or(whole_plan());
  }

  Chart lay_out() && {
    add_header();
    place_boxes();
    add_axes();
    add_levels();
    add_buffer_labels();
    return std::move(chart_);
  }

 private:
  [[nodiscard]] int px(int units) const {
    return static_cast<int>(std::lround(units * chart_.text_scale));
  }
  [[nodiscard]] int px_width(const std::string& text) const { return px(text_width(text)); }
  [[nodiscard]] int margin() const { return px(10); }
  [[nodiscard]] int hairline() const { return px(1); }
  // Whether there is space for more than the plan and its axes.
  [[nodiscard]] bool is_wide() const { return chart_.size.width >= px(440); }
  [[nodiscard]] bool is_high() const { return chart_.size.height >= px(280); }

  [[nodiscard]] std::vector<Level> find_levels() const {
    std::vector<Level> levels;
    const Theme& theme = chart_.theme;
    const int64_t capacity = contents_.problem.capacity;
    if (capacity < kMaxInteger) levels.push_back({"capacity", capacity, theme.capacity, 0});
    levels.push_back({"height", contents_.plan.height, theme.height, 6});
    levels.push_back({"max load", max_load_, theme.bound, 2});
    return levels;
  }

  // A little above the plan, and above the capacity unless that would make the plan small.
  [[nodiscard]] double offset_upper() const {
    const auto top = static_cast<double>(std::max(contents_.plan.height, max_load_));
    const auto capacity = static_cast<double>(contents_.problem.capacity);
    const double highest = capacity > top && capacity <= 1.5 * top ? capacity : top;
    return highest > 0 ? highest * 1.04 : 1;
  }

  [[nodiscard]] Viewport whole_plan() const {
    Viewport viewport = contents_.scene.extent();
    viewport.offset_lower = 0;
    viewport.offset_upper = offset_upper_;
    return viewport;
  }

  // --- the header ---

  void add_header() {
    top_ = margin();
    const int width = chart_.size.width - 2 * margin();
    if (!options_.title.empty()) {
      const int units = static_cast<int>(width / chart_.text_scale);
      add_label(elided(options_.title, units), margin(), top_ + px(kLineHeight) / 2, Anchor::kLeft,
                true);
      top_ += px(kLineHeight + 2);
    }
    add_items(figures(), is_high() ? 2 : 1);
    if (is_high()) add_items(legend(), 3);
  }

  [[nodiscard]] std::vector<HeaderItem> figures() const {
    const size_t count = contents_.problem.buffers.size();
    std::vector<HeaderItem> items;
    items.push_back({std::to_string(count) + (count == 1 ? " buffer" : " buffers"), {}});
    items.push_back({"height " + format_exactly(contents_.plan.height), {}});
    items.push_back({"max load " + format_exactly(max_load_), {}});
    // A plan whose buffers overlap may be lower.
    if (max_load_ > 0 && contents_.plan.height >= max_load_) {
      items.push_back({gap_in_percent(contents_.plan.height, max_load_), {}});
    }
    const int64_t capacity = contents_.problem.capacity;
    if (capacity < kMaxInteger) items.push_back({"capacity " + format_exactly(capacity), {}});
    return items;
  }

  [[nodiscard]] std::vector<HeaderItem> legend() const {
    std::vector<HeaderItem> items;
    const std::vector<std::string>& labels = contents_.classes.labels;
    for (size_t i = 0; i < labels.size(); ++i) {
      items.push_back({elided(labels[i], 240), contents_.palette[i]});
    }
    if (!items.empty()) {
      items.insert(items.begin(), {std::string("colour by ") + to_string(options_.color_by), {}});
    }
    const std::vector<Buffer>& buffers = contents_.problem.buffers;
    const auto has_gaps = [](const Buffer& buffer) { return !buffer.gaps.empty(); };
    if (std::any_of(buffers.begin(), buffers.end(), has_gaps)) {
      items.push_back({"hatched: not held in a gap", chart_.theme.gap});
    }
    return items;
  }

  // In lines from left to right, at most `lines`; what does not fit is left out.
  void add_items(const std::vector<HeaderItem>& items, int lines) {
    int x = margin();
    int line = 1;
    for (const HeaderItem& item : items) {
      if (x > margin() && x + item_width(item) > chart_.size.width - margin()) {
        if (++line > lines) break;
        x = margin();
        top_ += px(kLineHeight);
      }
      x = add_item(item, x, top_ + px(kLineHeight) / 2);
    }
    top_ += px(kLineHeight);
  }

  [[nodiscard]] int key_side() const { return px(8); }
  [[nodiscard]] int item_width(const HeaderItem& item) const {
    return px_width(item.text) + (item.key ? key_side() + px(4) : 0);
  }

  // Where the next one may begin.
  int add_item(const HeaderItem& item, int x, int middle) {
    if (item.key) {
      const int top = middle - key_side() / 2;
      chart_.boxes.push_back({{x, top, x + key_side(), top + key_side()}, *item.key});
    }
    const int right = x + item_width(item);
    add_label(item.text, right - px_width(item.text), middle, Anchor::kLeft);
    return right + px(14);
  }

  // --- where the plan and the load curve go ---

  void place_boxes() {
    const int name = px(kLineHeight + 4);  // of an axis, above it
    const int top = top_ + px(4) + name;
    int bottom = chart_.size.height - margin() - px(kLineHeight + 4);
    if (is_high()) {
      const int panel = (bottom - top) / 5;
      chart_.load.bottom = bottom;
      chart_.load.top = bottom - panel;
      chart_.load_upper = offset_upper_;
      bottom = chart_.load.top - px(4) - name;
    }
    chart_.plan.top = top;
    chart_.plan.bottom = std::max(bottom, top + 1);
    const Viewport& viewport = chart_.viewport;
    offset_ticks_ = level_ticks(viewport.offset_lower, viewport.offset_upper, chart_.plan.height());
    load_ticks_ = level_ticks(0, chart_.load_upper, chart_.load.height());
    chart_.plan.left = margin() + tick_label_width() + px(8);
    chart_.plan.right = chart_.size.width - margin() - level_label_width();
    chart_.plan.right = std::max(chart_.plan.right, chart_.plan.left + 1);
    chart_.load.left = chart_.plan.left;
    chart_.load.right = chart_.plan.right;
  }

  [[nodiscard]] std::vector<Tick> level_ticks(double lower, double upper, int height) const {
    return ticks(lower, upper, std::clamp(height / px(24), 2, 12), Steps::kBinary);
  }

  [[nodiscard]] int tick_label_width() const {
    int width = px_width("offset");
    for (const Tick& tick : offset_ticks_) width = std::max(width, px_width(tick.label));
    for (const Tick& tick : load_ticks_) width = std::max(width, px_width(tick.label));
    return width;
  }

  [[nodiscard]] static std::string level_label(const Level& level) {
    return std::string(level.name) + " " + format_amount(level.value);
  }

  [[nodiscard]] int level_label_width() const {
    if (!is_wide()) return 0;
    int width = 0;
    for (const Level& level : levels_) width = std::max(width, px_width(level_label(level)));
    return width + px(6);
  }

  // --- axes ---

  void add_axes() {
    add_level_axis("offset", chart_.plan, offset_ticks_, chart_.viewport.offset_lower,
                   chart_.viewport.offset_upper);
    if (chart_.load.height() > 0) {
      for (const Tick& tick : load_ticks_) {
        const int y = row_of(tick.value, chart_.load, 0, chart_.load_upper);
        chart_.grid.push_back(
            {{chart_.load.left, y, chart_.load.right, y + hairline()}, chart_.theme.grid});
      }
      add_level_axis("load", chart_.load, load_ticks_, 0, chart_.load_upper);
      add_load_keys();
    }
    add_time_axis();
  }

  void add_load_keys() {
    int x = chart_.load.left;
    for (const HeaderItem& item :
         {HeaderItem{"in use", chart_.theme.load},
          HeaderItem{"unused below the highest end", chart_.theme.waste}}) {
      if (x + item_width(item) > chart_.load.right) return;
      x = add_item(item, x, chart_.load.top - px(kLineHeight - 3));
    }
  }

  void add_level_axis(const char* name, const PixelBox& box, const std::vector<Tick>& axis_ticks,
                      double lower, double upper) {
    const int left = box.left - hairline();
    add_box({left, box.top, box.left, box.bottom + hairline()});
    add_label(name, box.left - px(8), box.top - px(kLineHeight - 3), Anchor::kRight);
    for (const Tick& tick : axis_ticks) {
      const int y = row_of(tick.value, box, lower, upper);
      add_box({left - px(3), y, left, y + hairline()});
      add_label(tick.label, box.left - px(8), y, Anchor::kRight);
    }
    add_box({box.left, box.bottom, box.right, box.bottom + hairline()});
  }

  void add_time_axis() {
    const PixelBox& box = chart_.load.height() > 0 ? chart_.load : chart_.plan;
    const double lower = chart_.viewport.time_lower;
    const double upper = chart_.viewport.time_upper;
    const int y = box.bottom + px(5 + kLineHeight / 2);
    add_label("time", box.left - px(8), y, Anchor::kRight);
    const Projection projection(chart_.viewport, {box.width(), box.height()});
    for (const Tick& tick : time_ticks(lower, upper, box.width())) {
      const int x = box.left + std::min(projection.column(tick.value), box.width() - hairline());
      add_box({x, box.bottom, x + hairline(), box.bottom + px(4)});
      const int half = px_width(tick.label) / 2;
      add_label(tick.label, std::min(x, chart_.size.width - margin() / 2 - half), y,
                Anchor::kMiddle);
    }
  }

  // As many as there is space for between their labels.
  [[nodiscard]] std::vector<Tick> time_ticks(double lower, double upper, int width) const {
    for (int most = 24; most > 1; most = most * 3 / 4) {
      std::vector<Tick> found = ticks(lower, upper, most, Steps::kDecimal);
      int widest = 0;
      for (const Tick& tick : found) widest = std::max(widest, px_width(tick.label) + px(20));
      if (static_cast<int>(found.size()) * widest <= width) return found;
    }
    return ticks(lower, upper, 1, Steps::kDecimal);
  }

  // As the rasteriser rounds, so that a line is on the edge of what it is about.
  [[nodiscard]] static int row_of(double value, const PixelBox& box, double lower, double upper) {
    const Projection projection({0, 1, lower, upper}, {box.width(), box.height()});
    return box.top + std::clamp(projection.row(value), 0, box.height() - 1);
  }

  // --- levels ---

  void add_levels() {
    const Viewport& viewport = chart_.viewport;
    std::vector<Label> found;
    for (const Level& level : levels_) {
      const auto value = static_cast<double>(level.value);
      if (chart_.load.height() > 0) add_line(level, chart_.load, 0, chart_.load_upper);
      if (value < viewport.offset_lower || value > viewport.offset_upper) continue;
      add_line(level, chart_.plan, viewport.offset_lower, viewport.offset_upper);
      const int y = row_of(value, chart_.plan, viewport.offset_lower, viewport.offset_upper);
      found.push_back(
          {level_label(level), chart_.plan.right + px(6), y, Anchor::kLeft, level.color, false});
    }
    if (is_wide()) add_apart(std::move(found));
  }

  void add_line(const Level& level, const PixelBox& box, double lower, double upper) {
    const auto value = static_cast<double>(level.value);
    if (value < lower || value > upper) return;
    const int y = row_of(value, box, lower, upper);
    chart_.lines.push_back({{box.left, y, box.right, y + hairline()}, level.color, px(level.dash)});
  }

  // Labels of levels close to each other make way, in the order of the levels.
  void add_apart(std::vector<Label> found) {
    std::stable_sort(found.begin(), found.end(),
                     [](const Label& a, const Label& b) { return a.y < b.y; });
    int least = chart_.plan.top;
    for (Label& label : found) {
      label.y = std::max(label.y, least);
      least = label.y + px(kLineHeight);
    }
    int most = chart_.plan.bottom;
    for (size_t i = found.size(); i-- > 0;) {
      found[i].y = std::min(found[i].y, most);
      most = found[i].y - px(kLineHeight);
    }
    for (Label& label : found) chart_.labels.push_back(std::move(label));
  }

  // --- ids ---

  void add_buffer_labels() {
    constexpr int kMost = 2000;
    const PixelSize size{chart_.plan.width(), chart_.plan.height()};
    const PixelSize least{px(16), px(kCapitalHeight + 4)};
    for (const VisibleBuffer& each : contents_.scene.visible(chart_.viewport, size, least, kMost)) {
      const auto index = static_cast<size_t>(each.buffer);
      const int units = static_cast<int>((each.right - each.left) / chart_.text_scale) - 6;
      std::string text = elided(contents_.problem.buffers[index].id, units);
      if (text.empty()) continue;
      const Rgb fill = contents_.palette[contents_.classes.of_buffer[index]];
      chart_.labels.push_back({std::move(text), chart_.plan.left + (each.left + each.right) / 2,
                               chart_.plan.top + (each.top + each.bottom) / 2, Anchor::kMiddle,
                               is_light(fill) ? 0x101418U : 0xFFFFFFU, false});
    }
  }

  void add_box(const PixelBox& box) { chart_.boxes.push_back({box, chart_.theme.text}); }

  void add_label(std::string text, int x, int y, Anchor anchor, bool is_bold = false) {
    chart_.labels.push_back({std::move(text), x, y, anchor, chart_.theme.text, is_bold});
  }

  const ChartContents& contents_;
  const RenderOptions& options_;
  Chart chart_;
  int64_t max_load_;
  std::vector<Level> levels_;
  double offset_upper_ = 1;
  int top_ = 0;  // of what comes next
  std::vector<Tick> offset_ticks_;
  std::vector<Tick> load_ticks_;
};

}  // namespace

Chart lay_out(const ChartContents& contents, const RenderOptions& options) {
  return Layout(contents, options).lay_out();
}

}  // namespace stowage
