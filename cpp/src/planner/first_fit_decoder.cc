#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "planner/decoder.h"
#include "planner/held_space.h"
#include "stowage/base/integer.h"

namespace stowage {
namespace {

class FirstFitDecoder : public Decoder {
 public:
  FirstFitDecoder(const Problem& problem, const Sweep& sweep, DecoderOrder order)
      : problem_(problem),
        sweep_(sweep),
        sort_(BufferSort(problem, sweep, order)),
        offsets_(initial_offsets(problem)),
        held_(sweep.sections.size()) {}

  bool run(Slice& slice) override {
    if (sort_) {
      if (!sort_->run(slice)) return false;
      order_ = sort_->take();
      sort_.reset();
      std::stable_partition(order_.begin(), order_.end(), [&](BufferIndex b) {
        return problem_.buffers[static_cast<size_t>(b)].offset.has_value();
      });
    }
    for (; next_ < order_.size(); ++next_) {
      if (abandoned()) return true;
      if (slice.spent()) return false;
      const BufferIndex b = order_[next_];
      const Buffer& buffer = problem_.buffers[static_cast<size_t>(b)];
      if (!buffer.offset) {
        offsets_[static_cast<size_t>(b)] = choose_offset(b, buffer);
        slice.work(std::exchange(looks_, 0));
        height_ = std::max(height_, offsets_[static_cast<size_t>(b)] + buffer.size);
      }
      hold(b);
    }
    return true;
  }

  void set_limit(int64_t height) override { limit_ = height; }
  [[nodiscard]] bool abandoned() const override { return height_ > limit_; }
  [[nodiscard]] const std::vector<int64_t>& offsets() const override { return offsets_; }

 private:
  // A set of held space beside a window of the buffer being placed, walked upwards.
  struct Walk {
    const SpaceSet* held;
    Window window;
    SpaceSet::const_iterator next;
  };

  [[nodiscard]] int64_t choose_offset(BufferIndex b, const Buffer& buffer) {
    if (buffer.hint && *buffer.hint % buffer.alignment == 0 &&
        lowest_free(b, *buffer.hint, buffer.alignment) == *buffer.hint) {
      return *buffer.hint;
    }
    return lowest_free(b, 0, buffer.alignment);
  }

  // The lowest from `offset` up at which the buffer overlaps nothing.
  [[nodiscard]] int64_t lowest_free(BufferIndex b, int64_t offset, int64_t alignment) {
    walks_.clear();
    for_each_span(b, [&](const SectionSpan& span) {
      held_.for_each_set(span.sections, [&](const SpaceSet& held) {
        walks_.push_back({&held, span.window, held.begin()});
      });
    });
    // In turn until all agree: `agreed` in a row have let the offset pass.
    size_t agreed = 0;
    for (size_t w = 0; agreed < walks_.size(); w = w + 1 < walks_.size() ? w + 1 : 0) {
      const int64_t free = next_free(walks_[w], offset, alignment);
      agreed = free == offset ? agreed + 1 : 1;
      offset = free;
    }
    return offset;
  }

  // The same beside one set. It can be walked on only upwards.
  [[nodiscard]] int64_t next_free(Walk& walk, int64_t offset, int64_t alignment) {
    looks_ += 16;
    const auto end = walk.held->end();
    for (;;) {
      const int64_t bottom = offset + walk.window.lower;
      walk.next = first_ending_above(walk.next, end, bottom);
      if (walk.next == end || walk.next->lower >= offset + walk.window.upper) break;
      offset = align_up(walk.next->upper - walk.window.lower, alignment);
      looks_ += 8;
    }
    return offset;
  }

  // Mostly it is among the next few, so the search is in steps that double.
  static SpaceSet::const_iterator first_ending_above(SpaceSet::const_iterator from,
                                                     SpaceSet::const_iterator end, int64_t bottom) {
    std::ptrdiff_t step = 1;
    while (end - from > step && (from + step - 1)->upper <= bottom) {
      from += step;
      step *= 2;
    }
    return std::lower_bound(
        from, from + std::min(end - from, step), bottom,
        [](const Window& interval, int64_t offset) { return interval.upper <= offset; });
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
  int64_t limit_ = std::numeric_limits<int64_t>::max();
  int64_t height_ = 0;              // of what has been placed
  std::optional<BufferSort> sort_;  // until order_ is known
  std::vector<BufferIndex> order_;
  std::vector<int64_t> offsets_;
  HeldSpace held_;
  std::vector<Walk> walks_;
  int64_t looks_ = 0;  // since the last account
  size_t next_ = 0;
};

}  // namespace

std::unique_ptr<Decoder> make_first_fit(const Problem& problem, const Sweep& sweep,
                                        DecoderOrder order) {
  return std::make_unique<FirstFitDecoder>(problem, sweep, order);
}

}  // namespace stowage
