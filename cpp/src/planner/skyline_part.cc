#include "planner/skyline_part.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace stowage {

SkylinePartBuilder::SkylinePartBuilder(const Problem& problem, const Sweep& sweep,
                                       const std::vector<BufferIndex>& buffers,
                                       SectionRange sections, const std::vector<int64_t>* offsets)
    : problem_(problem), sweep_(sweep), buffers_(buffers), offsets_(offsets) {
  part_.sections = sections;
  // Changes from one section to the next, until all are known.
  part_.load.assign(static_cast<size_t>(sections.length()) + 1, 0);
}

bool SkylinePartBuilder::run(Slice& slice) {
  for (; next_ < buffers_.size(); ++next_) {
    if (slice.spent()) return false;
    slice.work(16);
    add(buffers_[next_]);
  }
  if (!tree_) {
    std::partial_sum(part_.load.begin(), part_.load.end(), part_.load.begin());
    part_.load.pop_back();
    part_.held = HeldPieces(std::move(held_), part_.sections.length());
    tree_.emplace(part_.rectangles);
  }
  if (!tree_->run(slice)) return false;
  part_.tree = tree_->take();
  return true;
}

void SkylinePartBuilder::add(BufferIndex b) {
  const SectionRange extent = sweep_.extent(b);
  if (!extent.intersects(part_.sections)) return;
  const Buffer& buffer = problem_.buffers[static_cast<size_t>(b)];
  if (buffer.offset) {
    hold(b, *buffer.offset);
  } else if (extent.lower < part_.sections.lower || extent.upper > part_.sections.upper) {
    hold(b, (*offsets_)[static_cast<size_t>(b)]);
  } else {
    const SectionRange own{extent.lower - part_.sections.lower,
                           extent.upper - part_.sections.lower};
    part_.buffers.push_back(b);
    part_.rectangles.push_back({own.lower, own.upper, buffer.size, buffer.alignment});
    change_load(own, buffer.size);
  }
}

void SkylinePartBuilder::hold(BufferIndex b, int64_t offset) {
  for (auto i = sweep_.span_begin[static_cast<size_t>(b)];
       i < sweep_.span_begin[static_cast<size_t>(b) + 1]; ++i) {
    const SectionSpan& span = sweep_.spans[static_cast<size_t>(i)];
    const SectionRange own{
        std::max(span.sections.lower, part_.sections.lower) - part_.sections.lower,
        std::min(span.sections.upper, part_.sections.upper) - part_.sections.lower};
    if (own.empty()) continue;
    held_.push_back({own, {offset + span.window.lower, offset + span.window.upper}});
    change_load(own, span.window.length());
  }
}

void SkylinePartBuilder::change_load(SectionRange sections, int64_t size) {
  part_.load[static_cast<size_t>(sections.lower)] += size;
  part_.load[static_cast<size_t>(sections.upper)] -= size;
}

}  // namespace stowage
