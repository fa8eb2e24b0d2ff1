#include "marshal.h"

#include <cmath>
#include <limits>
#include <string_view>
#include <utility>

namespace stowage::bindings {

using emscripten::val;

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

int64_t integer(double value) { return static_cast<int64_t>(value); }

std::optional<int64_t> optional_integer(double value) {
  if (std::isnan(value)) return std::nullopt;
  return integer(value);
}

double optional_double(const std::optional<int64_t>& value) {
  return value ? static_cast<double>(*value) : kNone;
}

std::vector<double> column(const val& columns, const char* name) {
  return emscripten::convertJSArrayToNumberVector<double>(columns[name]);
}

std::vector<uint32_t> row_ends(const val& columns, const char* name) {
  return emscripten::convertJSArrayToNumberVector<uint32_t>(columns[name]);
}

// One column at a time, so that only one is held twice.
template <typename Set>
void read_column(Problem& problem, const val& columns, const char* name, Set set) {
  const std::vector<double> values = column(columns, name);
  for (size_t row = 0; row < problem.buffers.size(); ++row) set(problem.buffers[row], values[row]);
}

template <typename Get>
void write_column(const Problem& problem, val& columns, const char* name, Get get) {
  std::vector<double> values;
  values.reserve(problem.buffers.size());
  for (const Buffer& buffer : problem.buffers) values.push_back(get(buffer));
  columns.set(name, array_of(values));
}

void read_ids(Problem& problem, const val& columns) {
  const std::string bytes = bytes_from(columns["idBytes"]);
  const std::vector<uint32_t> ends = row_ends(columns, "idEnds");
  size_t begin = 0;
  for (size_t row = 0; row < problem.buffers.size(); ++row) {
    problem.buffers[row].id.assign(bytes, begin, ends[row] - begin);
    begin = ends[row];
  }
}

void write_ids(const Problem& problem, val& columns) {
  std::string bytes;
  std::vector<uint32_t> ends;
  ends.reserve(problem.buffers.size());
  for (const Buffer& buffer : problem.buffers) {
    bytes += buffer.id;
    ends.push_back(static_cast<uint32_t>(bytes.size()));
  }
  columns.set("idBytes", bytes_of(bytes));
  columns.set("idEnds", array_of(ends));
}

void read_gaps(Problem& problem, const val& columns) {
  const std::vector<uint32_t> ends = row_ends(columns, "gapEnds");
  if (ends.empty() || ends.back() == 0) return;
  const std::vector<double> lower = column(columns, "gapLower");
  const std::vector<double> upper = column(columns, "gapUpper");
  const std::vector<double> window_lower = column(columns, "gapWindowLower");
  const std::vector<double> window_upper = column(columns, "gapWindowUpper");
  size_t at = 0;
  for (size_t row = 0; row < problem.buffers.size(); ++row) {
    for (; at < ends[row]; ++at) {
      Gap gap{.lifespan = {integer(lower[at]), integer(upper[at])}, .window = std::nullopt};
      if (!std::isnan(window_lower[at])) {
        gap.window = Window{integer(window_lower[at]), integer(window_upper[at])};
      }
      problem.buffers[row].gaps.push_back(gap);
    }
  }
}

void write_gaps(const Problem& problem, val& columns) {
  std::vector<uint32_t> ends;
  std::vector<double> lower;
  std::vector<double> upper;
  std::vector<double> window_lower;
  std::vector<double> window_upper;
  ends.reserve(problem.buffers.size());
  for (const Buffer& buffer : problem.buffers) {
    for (const Gap& gap : buffer.gaps) {
      lower.push_back(static_cast<double>(gap.lifespan.lower));
      upper.push_back(static_cast<double>(gap.lifespan.upper));
      window_lower.push_back(gap.window ? static_cast<double>(gap.window->lower) : kNone);
      window_upper.push_back(gap.window ? static_cast<double>(gap.window->upper) : kNone);
    }
    ends.push_back(static_cast<uint32_t>(lower.size()));
  }
  columns.set("gapEnds", array_of(ends));
  columns.set("gapLower", array_of(lower));
  columns.set("gapUpper", array_of(upper));
  columns.set("gapWindowLower", array_of(window_lower));
  columns.set("gapWindowUpper", array_of(window_upper));
}

}  // namespace

val doubles_of(const std::vector<int64_t>& values) {
  return array_of(std::vector<double>(values.begin(), values.end()));
}

val indices_of(const std::vector<BufferIndex>& values) {
  return array_of(std::vector<uint32_t>(values.begin(), values.end()));
}

val bytes_of(const std::string& text) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  return val(emscripten::typed_memory_view(text.size(), bytes)).call<val>("slice");
}

std::vector<int64_t> integers_from(const val& array) {
  const auto values = emscripten::convertJSArrayToNumberVector<double>(array);
  std::vector<int64_t> integers;
  integers.reserve(values.size());
  for (const double value : values) integers.push_back(integer(value));
  return integers;
}

std::string bytes_from(const val& array) {
  std::string text(array["length"].as<size_t>(), '\0');
  auto* bytes = reinterpret_cast<uint8_t*>(text.data());
  val(emscripten::typed_memory_view(text.size(), bytes)).call<void>("set", array);
  return text;
}

val error_object(const Error& error) {
  val object = val::object();
  object.set("code", std::string(to_string(error.code)));
  object.set("message", error.message);
  object.set("line", static_cast<double>(error.where.line));
  object.set("column", static_cast<double>(error.where.column));
  return object;
}

val status_object(const Status& status) { return status ? error_object(*status) : val::null(); }

val overload_object(const Problem& problem, const std::optional<Overload>& overload) {
  if (!overload) return val::null();
  val object = val::object();
  object.set("time", static_cast<double>(overload->time));
  object.set("load", static_cast<double>(overload->load));
  object.set("buffers", indices_of(overload->buffers));
  object.set("message", to_string(problem, *overload, problem.capacity));
  return object;
}

Problem problem_from(const val& columns) {
  Problem problem;
  problem.capacity = integer(columns["capacity"].as<double>());
  problem.buffers.resize(columns["size"]["length"].as<size_t>());
  read_ids(problem, columns);
  read_column(problem, columns, "lower",
              [](Buffer& buffer, double value) { buffer.lifespan.lower = integer(value); });
  read_column(problem, columns, "upper",
              [](Buffer& buffer, double value) { buffer.lifespan.upper = integer(value); });
  read_column(problem, columns, "size",
              [](Buffer& buffer, double value) { buffer.size = integer(value); });
  read_column(problem, columns, "alignment",
              [](Buffer& buffer, double value) { buffer.alignment = integer(value); });
  read_column(problem, columns, "offset",
              [](Buffer& buffer, double value) { buffer.offset = optional_integer(value); });
  read_column(problem, columns, "hint",
              [](Buffer& buffer, double value) { buffer.hint = optional_integer(value); });
  read_gaps(problem, columns);
  return problem;
}

val columns_of(const Problem& problem) {
  val columns = val::object();
  columns.set("capacity", static_cast<double>(problem.capacity));
  write_ids(problem, columns);
  write_column(problem, columns, "lower",
               [](const Buffer& buffer) { return static_cast<double>(buffer.lifespan.lower); });
  write_column(problem, columns, "upper",
               [](const Buffer& buffer) { return static_cast<double>(buffer.lifespan.upper); });
  write_column(problem, columns, "size",
               [](const Buffer& buffer) { return static_cast<double>(buffer.size); });
  write_column(problem, columns, "alignment",
               [](const Buffer& buffer) { return static_cast<double>(buffer.alignment); });
  write_column(problem, columns, "offset",
               [](const Buffer& buffer) { return optional_double(buffer.offset); });
  write_column(problem, columns, "hint",
               [](const Buffer& buffer) { return optional_double(buffer.hint); });
  write_gaps(problem, columns);
  return columns;
}

Plan plan_from(const val& offsets, double height) {
  return Plan{.offsets = integers_from(offsets), .height = integer(height)};
}

SolverParams params_from(const val& params) {
  const auto is_on = [&params](const char* name) { return params[name].as<bool>(); };
  SolverParams result;
  result.engine = engine_from_string(params["engine"].as<std::string>()).value_or(Engine::kAuto);
  result.canonical_only = is_on("canonicalOnly");
  result.section_inference = is_on("sectionInference");
  result.dynamic_ordering = is_on("dynamicOrdering");
  result.check_dominance = is_on("checkDominance");
  result.unallocated_floor = is_on("unallocatedFloor");
  result.static_preordering = is_on("staticPreordering");
  result.dynamic_decomposition = is_on("dynamicDecomposition");
  result.monotonic_floor = is_on("monotonicFloor");
  result.hatless_pruning = is_on("hatlessPruning");
  result.minimize_capacity = is_on("minimizeCapacity");
  result.preordering_heuristics =
      emscripten::vecFromJSArray<std::string>(params["preorderingHeuristics"]);
  result.seed = static_cast<uint64_t>(params["seed"].as<double>());
  result.racer = static_cast<uint32_t>(params["racer"].as<double>());
  return result;
}

}  // namespace stowage::bindings
