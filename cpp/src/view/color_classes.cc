#include "stowage/view/color_classes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <unordered_map>
#include <utility>

#include "base/text.h"

namespace stowage {
namespace {

constexpr std::array<std::pair<ColorBy, const char*>, 4> kNames = {{
    {ColorBy::kSize, "size"},
    {ColorBy::kLifetime, "lifetime"},
    {ColorBy::kAlignment, "alignment"},
    {ColorBy::kIdPrefix, "prefix"},
}};

std::string decimal(int64_t value) {
  std::string text;
  append_integer(text, value);
  return text;
}

// Exactly `bytes`, in the largest binary unit that needs no more than quarters: "48 B", "1.5 KiB".
std::string bytes_label(int64_t bytes) {
  constexpr std::array kUnits = {" B", " KiB", " MiB", " GiB", " TiB", " PiB", " EiB"};
  constexpr std::array kQuarters = {"", ".25", ".5", ".75"};
  for (size_t unit = kUnits.size() - 1; unit > 0; --unit) {
    const int64_t quarter = int64_t{1} << (10 * unit - 2);
    if (bytes < 4 * quarter || bytes % quarter != 0) continue;
    const int64_t quarters = bytes / quarter;
    return decimal(quarters / 4) + kQuarters[static_cast<size_t>(quarters % 4)] + kUnits[unit];
  }
  return decimal(bytes) + kUnits[0];
}

// The octave of a value: 0 for 0, k for values from 2^(k-1) up to, not including, 2^k.
int octave_of(int64_t value) {
  return value <= 0 ? 0 : static_cast<int>(std::bit_width(static_cast<uint64_t>(value)));
}

int64_t first_of_octave(int octave) { return octave == 0 ? 0 : int64_t{1} << (octave - 1); }

// A range of whole octaves.
struct OctaveRange {
  int lower = 0;      // the first octave
  int upper = 0;      // after the last
  int64_t least = 0;  // of the values in it
  int64_t greatest = 0;
  bool is_used = false;

  void add(int64_t value) {
    least = is_used ? std::min(least, value) : value;
    greatest = is_used ? std::max(greatest, value) : value;
    is_used = true;
  }
};

std::string size_label(const OctaveRange& range) {
  if (range.least == range.greatest) return bytes_label(range.least);
  return bytes_label(first_of_octave(range.lower)) + " to " +
         bytes_label(first_of_octave(range.upper));
}

std::string lifetime_label(const OctaveRange& range) {
  if (range.least == range.greatest) return decimal(range.least);
  return decimal(first_of_octave(range.lower)) + " to " + decimal(first_of_octave(range.upper) - 1);
}

template <typename Label>
ColorClasses by_octaves(const std::vector<int64_t>& values, Label label) {
  ColorClasses classes;
  if (values.empty()) return classes;
  const auto [least, greatest] = std::minmax_element(values.begin(), values.end());
  const int first = octave_of(*least);
  const int octaves = octave_of(*greatest) - first + 1;
  const int width = (octaves + kMaxColorClasses - 1) / kMaxColorClasses;
  std::array<OctaveRange, kMaxColorClasses> ranges;
  for (int r = 0; r < kMaxColorClasses; ++r) {
    ranges[static_cast<size_t>(r)].lower = first + r * width;
    ranges[static_cast<size_t>(r)].upper = first + (r + 1) * width;
  }
  const auto range_of = [&](int64_t value) {
    return static_cast<size_t>((octave_of(value) - first) / width);
  };
  for (const int64_t value : values) ranges[range_of(value)].add(value);

  std::array<uint8_t, kMaxColorClasses> class_of{};
  for (size_t r = 0; r < ranges.size(); ++r) {
    class_of[r] = static_cast<uint8_t>(classes.labels.size());
    if (ranges[r].is_used) classes.labels.push_back(label(ranges[r]));
  }
  classes.of_buffer.reserve(values.size());
  for (const int64_t value : values) classes.of_buffer.push_back(class_of[range_of(value)]);
  return classes;
}

// A value that several buffers share.
struct Group {
  int64_t count = 0;
  size_t first = 0;  // the first buffer with it
};

// The positions of the groups that get a class of their own, the most frequent first.
std::vector<size_t> most_frequent(const std::vector<Group>& groups) {
  std::vector<size_t> order(groups.size());
  for (size_t g = 0; g < order.size(); ++g) order[g] = g;
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return groups[a].count != groups[b].count ? groups[a].count > groups[b].count
                                              : groups[a].first < groups[b].first;
  });
  if (order.size() > kMaxColorClasses) order.resize(kMaxColorClasses - 1);
  return order;
}

// The groups of equal values.
template <typename Value>
struct Grouping {
  std::vector<Value> values;  // of each group, in the order in which they first come
  std::vector<Group> groups;
  std::vector<size_t> of_buffer;

  template <typename ValueOf>
  Grouping(const Problem& problem, ValueOf value_of) {
    std::unordered_map<Value, size_t> known;
    of_buffer.reserve(problem.buffers.size());
    for (size_t b = 0; b < problem.buffers.size(); ++b) {
      const Value value = value_of(problem.buffers[b]);
      const auto [entry, is_new] = known.try_emplace(value, groups.size());
      if (is_new) {
        values.push_back(value);
        groups.push_back({0, b});
      }
      ++groups[entry->second].count;
      of_buffer.push_back(entry->second);
    }
  }
};

// One class for each of `chosen`, and one for the rest.
template <typename Value, typename Label>
ColorClasses by_groups(const Grouping<Value>& grouping, const std::vector<size_t>& chosen,
                       Label label) {
  ColorClasses classes;
  classes.is_sequential = false;
  std::vector<uint8_t> class_of(grouping.groups.size(), static_cast<uint8_t>(chosen.size()));
  for (const size_t group : chosen) {
    class_of[group] = static_cast<uint8_t>(classes.labels.size());
    classes.labels.push_back(label(grouping.values[group]));
  }
  if (chosen.size() < grouping.groups.size()) classes.labels.emplace_back("other");
  classes.of_buffer.reserve(grouping.of_buffer.size());
  for (const size_t group : grouping.of_buffer) classes.of_buffer.push_back(class_of[group]);
  return classes;
}

ColorClasses by_alignment(const Problem& problem) {
  const Grouping<int64_t> grouping(problem, [](const Buffer& buffer) { return buffer.alignment; });
  std::vector<size_t> chosen = most_frequent(grouping.groups);
  std::sort(chosen.begin(), chosen.end(),
            [&](size_t a, size_t b) { return grouping.values[a] < grouping.values[b]; });
  return by_groups(grouping, chosen, decimal);
}

ColorClasses by_prefix(const Problem& problem) {
  const Grouping<std::string_view> grouping(
      problem, [](const Buffer& buffer) { return id_prefix(buffer.id); });
  return by_groups(grouping, most_frequent(grouping.groups),
                   [](std::string_view prefix) { return std::string(prefix); });
}

}  // namespace

const char* to_string(ColorBy by) {
  for (const auto& [value, name] : kNames) {
    if (value == by) return name;
  }
  return "";
}

std::optional<ColorBy> color_by_from_string(std::string_view name) {
  for (const auto& [value, known] : kNames) {
    if (name == known) return value;
  }
  return std::nullopt;
}

std::string_view id_prefix(std::string_view id) {
  const size_t length = id.find_first_of("/.:_-0123456789");
  return length == 0 ? id : id.substr(0, length);
}

ColorClasses classify(const Problem& problem, ColorBy by) {
  std::vector<int64_t> values;
  values.reserve(problem.buffers.size());
  switch (by) {
    case ColorBy::kSize:
      for (const Buffer& buffer : problem.buffers) values.push_back(buffer.size);
      return by_octaves(values, size_label);
    case ColorBy::kLifetime:
      for (const Buffer& buffer : problem.buffers) values.push_back(buffer.lifespan.length());
      return by_octaves(values, lifetime_label);
    case ColorBy::kAlignment:
      return by_alignment(problem);
    case ColorBy::kIdPrefix:
      return by_prefix(problem);
  }
  return {};
}

}  // namespace stowage
