#include "view.h"

#include <span>
#include <utility>

#include "marshal.h"
#include "stowage/view/color_classes.h"
#include "stowage/view/render.h"
#include "stowage/view/theme.h"

namespace stowage::bindings {

using emscripten::val;

namespace {

Viewport viewport_from(const val& object) {
  return {object["timeLower"].as<double>(), object["timeUpper"].as<double>(),
          object["offsetLower"].as<double>(), object["offsetUpper"].as<double>()};
}

template <typename T, typename Get>
val doubles_by(const std::vector<T>& items, Get get) {
  std::vector<double> values;
  values.reserve(items.size());
  for (const T& item : items) values.push_back(static_cast<double>(get(item)));
  return array_of(values);
}

Scene scene_from(const val& columns, const val& offsets) {
  const Problem problem = problem_from(columns);
  if (offsets.isNull()) return {problem, nullptr};
  const Plan plan = plan_from(offsets, 0);
  return {problem, &plan};
}

std::vector<uint8_t> numbers_from(const val& array) {
  return emscripten::convertJSArrayToNumberVector<uint8_t>(array);
}

RenderOptions options_from(const val& options) {
  RenderOptions result;
  result.size = {options["width"].as<int>(), options["height"].as<int>()};
  result.color_by =
      color_by_from_string(options["colorBy"].as<std::string>()).value_or(ColorBy::kSize);
  result.is_dark = options["isDark"].as<bool>();
  result.title = options["title"].as<std::string>();
  if (!options["viewport"].isNull()) result.viewport = viewport_from(options["viewport"]);
  return result;
}

}  // namespace

val classify_buffers(const val& columns, const std::string& by) {
  const ColorClasses classes =
      classify(problem_from(columns), color_by_from_string(by).value_or(ColorBy::kSize));
  val result = val::object();
  result.set("isSequential", classes.is_sequential);
  result.set("labels", val::array(classes.labels));
  result.set("ofBuffer", array_of(classes.of_buffer));
  return result;
}

val theme_of(const std::string& name) {
  const Theme& theme = name == "dark" ? kDarkTheme : kLightTheme;
  val result = val::object();
  result.set("sequential", val::array(theme.sequential.begin(), theme.sequential.end()));
  result.set("categorical", val::array(theme.categorical.begin(), theme.categorical.end()));
  const std::pair<const char*, Rgb> colors[] = {
      {"background", theme.background}, {"text", theme.text},   {"grid", theme.grid},
      {"waste", theme.waste},           {"gap", theme.gap},     {"load", theme.load},
      {"capacity", theme.capacity},     {"bound", theme.bound}, {"height", theme.height},
  };
  for (const auto& [key, color] : colors) result.set(key, color);
  return result;
}

val render_plan(const val& columns, const val& offsets, const std::string& format,
                const val& options) {
  const Problem problem = problem_from(columns);
  Plan plan = plan_from(offsets, 0);
  plan.height = plan_height(problem, plan.offsets);
  const RenderOptions chosen = options_from(options);
  const Result<std::string> file =
      format == "svg" ? render_svg(problem, plan, chosen) : render_png(problem, plan, chosen);
  val result = val::object();
  if (file) {
    result.set("bytes", bytes_of(*file));
  } else {
    result.set("error", error_object(file.error()));
  }
  return result;
}

SceneHandle::SceneHandle(const val& columns, const val& offsets)
    : scene_(scene_from(columns, offsets)) {}

val SceneHandle::extent() const {
  const Viewport& all = scene_.extent();
  return array_of(
      std::vector<double>{all.time_lower, all.time_upper, all.offset_lower, all.offset_upper});
}

val SceneHandle::profile() const {
  const std::vector<ProfileStep>& steps = scene_.profile();
  val result = val::object();
  result.set("time", doubles_by(steps, [](const ProfileStep& step) { return step.time; }));
  result.set("load", doubles_by(steps, [](const ProfileStep& step) { return step.load; }));
  result.set("top", doubles_by(steps, [](const ProfileStep& step) { return step.top; }));
  return result;
}

val SceneHandle::profile_columns(double time_lower, double time_upper, int columns) const {
  const ProfileColumns sampled = sample(scene_.profile(), time_lower, time_upper, columns);
  val result = val::object();
  result.set("load", array_of(sampled.load));
  result.set("top", array_of(sampled.top));
  return result;
}

void SceneHandle::set_paint(const val& paint) {
  Paint next;
  next.classes = numbers_from(paint["classes"]);
  next.palette = emscripten::convertJSArrayToNumberVector<Rgb>(paint["palette"]);
  if (!paint["dimmed"].isNull()) next.dimmed = numbers_from(paint["dimmed"]);
  next.background = paint["background"].as<Rgb>();
  next.waste = paint["waste"].as<Rgb>();
  next.gap = paint["gap"].as<Rgb>();
  next.shows_waste = paint["showsWaste"].as<bool>();
  scene_.set_paint(std::move(next));
}

val SceneHandle::draw(const val& viewport, int width, int height) {
  pixels_.resize(static_cast<size_t>(width) * static_cast<size_t>(height) * 4);
  scene_.draw(viewport_from(viewport), {width, height}, pixels_);
  return val(emscripten::typed_memory_view(pixels_.size(), pixels_.data()));
}

int SceneHandle::pick(const val& viewport, int width, int height, int x, int y) const {
  return scene_.pick(viewport_from(viewport), {width, height}, x, y);
}

val SceneHandle::visible(const val& viewport, int width, int height, int least_width,
                         int least_height, int limit) const {
  const auto found =
      scene_.visible(viewport_from(viewport), {width, height}, {least_width, least_height}, limit);
  std::vector<int32_t> numbers;
  numbers.reserve(found.size() * 5);
  for (const VisibleBuffer& each : found) {
    numbers.insert(numbers.end(), {each.buffer, each.left, each.top, each.right, each.bottom});
  }
  return array_of(numbers);
}

val SceneHandle::locate(const val& viewport, int width, int height, int buffer) const {
  const VisibleBuffer found = scene_.locate(viewport_from(viewport), {width, height}, buffer);
  if (found.left == found.right) return val::null();
  return array_of(std::vector<int32_t>{found.left, found.top, found.right, found.bottom});
}

val SceneHandle::live_at(double time) const {
  return indices_of(scene_.live_at(static_cast<int64_t>(time)));
}

}  // namespace stowage::bindings
