#include <algorithm>
#include <utility>

#include "planner/decoder.h"
#include "stowage/base/integer.h"

namespace stowage {
namespace {

// Held space, indexed by the sections over which it is held.
//
// A binary tree over the sections: an entry is kept in the fewest nodes that make up its range (at
// most two a level), and is passed over once by each query for each of them that the query meets.
class HeldSpace {
 public:
  explicit HeldSpace(size_t sections) {
    while (leaves_ < sections) leaves_ *= 2;
    nodes_.resize(2 * leaves_);
    occupied_.resize(2 * leaves_, 0);
  }

  void insert(SectionRange range, Window space) {
    size_t lower = leaves_ + static_cast<size_t>(range.lower);
    size_t upper = leaves_ + static_cast<size_t>(range.upper);
    for (; lower < upper; lower /= 2, upper /= 2) {
      if (lower % 2 == 1) insert_at(lower++, space);
      if (upper % 2 == 1) insert_at(--upper, space);
    }
  }

  // Calls visit(space) for everything held at some section of the range, some of it repeatedly.
  template <typename Visit>
  void for_each(SectionRange range, const Visit& visit) const {
    size_t lower = leaves_ + static_cast<size_t>(range.lower);
    size_t upper = leaves_ + static_cast<size_t>(range.upper);
    // What is held over the whole of a larger stretch is in the ancestors of the range's nodes;
    // those of its two ends are all of them.
    for_each_ancestor(lower, upper - 1, visit);
    for (; lower < upper; lower /= 2, upper /= 2) {
      if (lower % 2 == 1) for_each_below(lower++, visit);
      if (upper % 2 == 1) for_each_below(--upper, visit);
    }
  }

 private:
  void insert_at(size_t node, Window space) {
    nodes_[node].push_back(space);
    for (; node > 0; node /= 2) ++occupied_[node];
  }

  template <typename Visit>
  void for_each_ancestor(size_t first, size_t last, const Visit& visit) const {
    for (first /= 2, last /= 2; first > 0; first /= 2, last /= 2) {
      for (const Window& space : nodes_[first]) visit(space);
      if (first == last) continue;
      for (const Window& space : nodes_[last]) visit(space);
    }
  }

  // Recursion is as deep as the tree: at most 32 levels.
  template <typename Visit>
  void for_each_below(size_t node, const Visit& visit) const {
    if (node >= nodes_.size() || occupied_[node] == 0) return;
    for (const Window& space : nodes_[node]) visit(space);
    for_each_below(2 * node, visit);
    for_each_below(2 * node + 1, visit);
  }

  size_t leaves_ = 1;
  std::vector<std::vector<Window>> nodes_;
  std::vector<int32_t> occupied_;  // entries at or below a node
};

class FirstFitDecoder : public Decoder {
 public:
  FirstFitDecoder(const Problem& problem, const Sweep& sweep, DecoderOrder order)
      : problem_(problem),
        sweep_(sweep),
        order_(sorted_buffers(problem, sweep, order)),
        offsets_(initial_offsets(problem)),
        held_(sweep.sections.size()) {
    std::stable_partition(order_.begin(), order_.end(), [&](BufferIndex b) {
      return problem.buffers[static_cast<size_t>(b)].offset.has_value();
    });
  }

  bool run(Slice& slice) override {
    for (; next_ < order_.size(); ++next_) {
      if (slice.spent()) return false;
      const BufferIndex b = order_[next_];
      const Buffer& buffer = problem_.buffers[static_cast<size_t>(b)];
      if (!buffer.offset) {
        collect_forbidden(b);
        slice.work(static_cast<int64_t>(16 + 8 * forbidden_.size()));
        offsets_[static_cast<size_t>(b)] = choose_offset(buffer);
      }
      hold(b);
    }
    return true;
  }

  [[nodiscard]] const std::vector<int64_t>& offsets() const override { return offsets_; }

 private:
  // Offsets o with lower < o < upper would overlap something placed.
  void collect_forbidden(BufferIndex b) {
    forbidden_.clear();
    for_each_span(b, [&](const SectionSpan& span) {
      held_.for_each(span.sections, [&](const Window& space) {
        forbidden_.push_back({space.lower - span.window.upper, space.upper - span.window.lower});
      });
    });
    std::sort(forbidden_.begin(), forbidden_.end(), [](const Window& x, const Window& y) {
      return x.lower != y.lower ? x.lower < y.lower : x.upper < y.upper;
    });
  }

  [[nodiscard]] int64_t choose_offset(const Buffer& buffer) const {
    if (buffer.hint && *buffer.hint % buffer.alignment == 0 &&
        lowest_free(*buffer.hint, buffer.alignment) == *buffer.hint) {
      return *buffer.hint;
    }
    return lowest_free(0, buffer.alignment);
  }

  [[nodiscard]] int64_t lowest_free(int64_t offset, int64_t alignment) const {
    for (const Window& interval : forbidden_) {
      if (interval.lower >= offset) break;
      if (interval.upper > offset) offset = align_up(interval.upper, alignment);
    }
    return offset;
  }

  void hold(BufferIndex b) {
    const int64_t offset = offsets_[static_cast<size_t>(b)];
    for_each_span(b, [&](const SectionSpan& span) {
      held_.insert(span.sections, {offset + span.window.lower, offset + span.window.upper});
    });
  }

  template <typename Visit>
  void for_each_span(BufferIndex b, const Visit& visit) const {
    for (auto i = sweep_.span_begin[static_cast<size_t>(b)];
         i < sweep_.span_begin[static_cast<size_t>(b) + 1]; ++i) {
      visit(sweep_.spans[static_cast<size_t>(i)]);
    }
  }

  const Problem& problem_;
  const Sweep& sweep_;
  std::vector<BufferIndex> order_;
  std::vector<int64_t> offsets_;
  HeldSpace held_;
  std::vector<Window> forbidden_;
  size_t next_ = 0;
};

}  // namespace

std::unique_ptr<Decoder> make_first_fit(const Problem& problem, const Sweep& sweep,
                                        DecoderOrder order) {
  return std::make_unique<FirstFitDecoder>(problem, sweep, order);
}

}  // namespace stowage
