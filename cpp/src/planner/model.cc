#include "planner/model.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <utility>

#include "planner/forbidden_differences.h"

namespace stowage {
namespace {

bool alignment_is_implied(int64_t unit, int64_t alignment) { return unit % alignment == 0; }

// The greatest common divisor of everything that offsets are sums of. Offsets of settled plans are
// then multiples of it. An alignment that does not divide it adds itself to the sums.
int64_t common_unit(const Problem& problem, const Partition& partition) {
  int64_t unit = 0;
  for (const BufferIndex b : partition.buffers) {
    const Buffer& buffer = problem.buffers[static_cast<size_t>(b)];
    unit = std::gcd(unit, buffer.size);
    if (buffer.offset) unit = std::gcd(unit, *buffer.offset);
    for (const Gap& gap : buffer.gaps) {
      if (!gap.window) continue;
      unit = std::gcd(std::gcd(unit, gap.window->lower), gap.window->upper);
    }
  }
  assert(unit > 0);  // buffers without a size belong to no partition
  for (bool stable = false; !stable;) {
    stable = true;
    for (const BufferIndex b : partition.buffers) {
      const int64_t alignment = problem.buffers[static_cast<size_t>(b)].alignment;
      if (alignment_is_implied(unit, alignment) || alignment % unit == 0) continue;
      unit = std::gcd(unit, alignment);
      stable = false;
    }
  }
  return unit;
}

void add_buffers(const Problem& problem, const Sweep& sweep, const Partition& partition,
                 Model& model) {
  const int64_t unit = model.unit;
  model.span_begin.push_back(0);
  for (const BufferIndex b : partition.buffers) {
    const Buffer& buffer = problem.buffers[static_cast<size_t>(b)];
    const SectionRange extent = sweep.extent(b);
    const bool aligned = alignment_is_implied(unit, buffer.alignment);
    model.original.push_back(b);
    model.size.push_back(buffer.size / unit);
    model.alignment.push_back(aligned ? 1 : buffer.alignment / unit);
    model.fixed_offset.push_back(buffer.offset ? *buffer.offset / unit : kNoOffset);
    model.first_section.push_back(extent.lower - partition.sections.lower);
    model.end_section.push_back(extent.upper - partition.sections.lower);
    model.lifespan.push_back(buffer.lifespan);
    for (auto i = sweep.span_begin[static_cast<size_t>(b)];
         i < sweep.span_begin[static_cast<size_t>(b) + 1]; ++i) {
      const SectionSpan& span = sweep.spans[static_cast<size_t>(i)];
      model.spans.push_back({span.sections.lower - partition.sections.lower,
                             span.sections.upper - partition.sections.lower,
                             span.window.length() / unit, span.window.upper / unit});
    }
    model.span_begin.push_back(static_cast<int32_t>(model.spans.size()));
    if (!buffer.gaps.empty() || buffer.offset || !aligned) model.plain = false;
  }
}

void add_sections(const Sweep& sweep, const Partition& partition, Model& model) {
  const auto sections = static_cast<size_t>(model.section_count);
  std::vector<int32_t> count(sections + 1, 0);
  model.load.assign(sections, 0);
  const auto for_each_membership = [&](const auto& visit) {
    for (int32_t b = 0; b < model.buffer_count; ++b) {
      for (int32_t i = model.span_begin[static_cast<size_t>(b)];
           i < model.span_begin[static_cast<size_t>(b) + 1]; ++i) {
        const Model::Span& span = model.spans[static_cast<size_t>(i)];
        for (int32_t s = span.lower; s < span.upper; ++s) visit(b, static_cast<size_t>(s), span);
      }
    }
  };
  for_each_membership([&](int32_t, size_t s, const Model::Span& span) {
    ++count[s + 1];
    model.load[s] += span.extent;
  });
  std::partial_sum(count.begin(), count.end(), count.begin());
  model.member_begin = count;
  model.members.resize(static_cast<size_t>(count.back()));
  for_each_membership([&](int32_t b, size_t s, const Model::Span& span) {
    model.members[static_cast<size_t>(count[s]++)] = {b, span.extent};
  });
  const auto first = sweep.cuts.begin() + partition.sections.lower;
  model.cuts.assign(first, first + (model.section_count - 1));
  model.ground.assign(sections, 0);
}

void add_neighbours(const Problem& problem, const Partition& partition, OverlapRows rows,
                    Model& model) {
  const auto buffer = [&](size_t position) -> const Buffer& {
    return problem.buffers[static_cast<size_t>(partition.buffers[position])];
  };
  model.neighbours.reserve(rows.positions.size());
  for (size_t b = 0; b < partition.buffers.size(); ++b) {
    for (int64_t i = rows.begin[b]; i < rows.begin[b + 1]; ++i) {
      const int32_t position = rows.positions[static_cast<size_t>(i)];
      const auto other = static_cast<size_t>(position);
      if (!rows.either_has_gaps(b, other)) {
        model.neighbours.push_back({position, model.size[b], model.size[other]});
        continue;
      }
      model.neighbours.push_back({position, *buffer(b).effective_size(buffer(other)) / model.unit,
                                  *buffer(other).effective_size(buffer(b)) / model.unit});
      model.ordered = model.ordered &&
                      is_one_interval_around_zero(forbidden_differences(buffer(b), buffer(other)));
    }
  }
  model.neighbour_begin = std::move(rows.begin);
}

}  // namespace

int64_t plan_height(const Model& model, const std::vector<int64_t>& offsets) {
  int64_t height = 0;
  for (size_t b = 0; b < offsets.size(); ++b) height = std::max(height, offsets[b] + model.size[b]);
  return height;
}

Model make_model(const Problem& problem, const Sweep& sweep, const Partition& partition,
                 OverlapRows rows) {
  Model model;
  model.buffer_count = static_cast<int32_t>(partition.buffers.size());
  model.section_count = partition.sections.length();
  model.unit = common_unit(problem, partition);
  add_buffers(problem, sweep, partition, model);
  add_sections(sweep, partition, model);
  add_neighbours(problem, partition, std::move(rows), model);
  return model;
}

}  // namespace stowage
