#include "planner/upper_part.h"

#include <algorithm>

namespace stowage {
namespace {

std::vector<int32_t> from_the_bottom(const std::vector<int64_t>& offsets) {
  std::vector<int32_t> order;
  for (size_t b = 0; b < offsets.size(); ++b) {
    if (offsets[b] != kNoOffset) order.push_back(static_cast<int32_t>(b));
  }
  std::sort(order.begin(), order.end(), [&](int32_t x, int32_t y) {
    const int64_t at_x = offsets[static_cast<size_t>(x)];
    const int64_t at_y = offsets[static_cast<size_t>(y)];
    return at_x != at_y ? at_x < at_y : x < y;
  });
  return order;
}

// By section of the model, those of a model on a ground: a new one begins where a buffer of it
// starts or ends, or the ground changes.
std::vector<int32_t> merged_sections(const Model& model, const std::vector<int32_t>& buffers,
                                     const std::vector<int64_t>& ground) {
  const auto sections = static_cast<size_t>(model.section_count);
  std::vector<bool> begins(sections + 1, false);
  for (const int32_t buffer : buffers) {
    const auto b = static_cast<size_t>(buffer);
    begins[static_cast<size_t>(model.first_section[b])] = true;
    begins[static_cast<size_t>(model.end_section[b])] = true;
  }
  std::vector<int32_t> merged(sections + 1, 0);
  for (size_t s = 1; s <= sections; ++s) {
    const bool is_new = s == sections || begins[s] || ground[s] != ground[s - 1];
    merged[s] = merged[s - 1] + (is_new ? 1 : 0);
  }
  return merged;
}

}  // namespace

std::vector<int64_t> extend_upward(const Model& model, const std::vector<int64_t>& offsets,
                                   const std::vector<int64_t>& most_waste,
                                   std::vector<bool>& taken) {
  const auto sections = static_cast<size_t>(model.section_count);
  std::vector<int64_t> ground(sections, 0);
  std::vector<int64_t> waste(sections, 0);
  std::vector<bool> is_below_taken(sections, false);
  for (const int32_t buffer : from_the_bottom(offsets)) {
    const auto b = static_cast<size_t>(buffer);
    const auto first = static_cast<size_t>(model.first_section[b]);
    const auto end = static_cast<size_t>(model.end_section[b]);
    for (size_t s = first; s < end && !taken[b]; ++s) {
      taken[b] = is_below_taken[s] || waste[s] + offsets[b] - ground[s] > most_waste[s];
    }
    for (size_t s = first; s < end; ++s) {
      if (taken[b]) {
        is_below_taken[s] = true;
      } else {
        waste[s] += offsets[b] - ground[s];
        ground[s] = offsets[b] + model.size[b];
      }
    }
  }
  return ground;
}

Model model_on_ground(const Model& model, const std::vector<int32_t>& buffers,
                      const std::vector<int64_t>& ground) {
  const std::vector<int32_t> merged = merged_sections(model, buffers, ground);
  Model part;
  part.buffer_count = static_cast<int32_t>(buffers.size());
  part.section_count = merged.back();
  part.unit = model.unit;
  part.span_begin.push_back(0);
  const auto sections = static_cast<size_t>(part.section_count);
  std::vector<int64_t> load(sections + 1, 0);  // each less that of the section before
  std::vector<int32_t> cuts(sections + 1, 0);
  for (const int32_t buffer : buffers) {
    const auto b = static_cast<size_t>(buffer);
    const int32_t first = merged[static_cast<size_t>(model.first_section[b])];
    const int32_t end = merged[static_cast<size_t>(model.end_section[b])];
    part.original.push_back(model.original[b]);
    part.size.push_back(model.size[b]);
    part.alignment.push_back(1);
    part.fixed_offset.push_back(kNoOffset);
    part.first_section.push_back(first);
    part.end_section.push_back(end);
    part.lifespan.push_back(model.lifespan[b]);
    part.spans.push_back({first, end, model.size[b], model.size[b]});
    part.span_begin.push_back(static_cast<int32_t>(part.spans.size()));
    load[static_cast<size_t>(first)] += model.size[b];
    load[static_cast<size_t>(end)] -= model.size[b];
    ++cuts[static_cast<size_t>(first)];
    --cuts[static_cast<size_t>(end) - 1];
  }
  for (size_t s = 1; s < sections; ++s) {
    load[s] += load[s - 1];
    cuts[s] += cuts[s - 1];
  }
  part.load.assign(load.begin(), load.end() - 1);
  part.cuts.assign(cuts.begin(), cuts.end() - 2);
  part.ground.resize(sections);
  for (size_t s = 0; s < ground.size(); ++s) {
    part.ground[static_cast<size_t>(merged[s])] = ground[s];
  }
  return part;
}

void settle(const Model& model, std::vector<int64_t>& offsets) {
  std::vector<int64_t> floor(static_cast<size_t>(model.section_count), 0);
  for (const int32_t buffer : from_the_bottom(offsets)) {
    const auto b = static_cast<size_t>(buffer);
    const auto begin = floor.begin() + model.first_section[b];
    const auto end = floor.begin() + model.end_section[b];
    offsets[b] = *std::max_element(begin, end);
    std::fill(begin, end, offsets[b] + model.size[b]);
  }
}

}  // namespace stowage
