#include <algorithm>
#include <limits>
#include <queue>

#include "planner/decoder.h"
#include "stowage/base/integer.h"

namespace stowage {
namespace {

constexpr int32_t kNone = -1;
constexpr int32_t kNoRank = std::numeric_limits<int32_t>::max();

// Finds, among the buffers not yet taken, the first in order that fits into a range of sections.
//
// A complete binary tree over the buffers sorted by first section. A node knows the best rank and
// the least end below it, which prunes both whole subtrees that reach too far and those that
// cannot improve on what is found.
class FittingBuffers {
 public:
  struct Item {
    SectionRange extent;
    int32_t rank;
  };

  explicit FittingBuffers(std::vector<Item> items) : items_(std::move(items)) {
    std::sort(items_.begin(), items_.end(), [](const Item& a, const Item& b) {
      return a.extent.lower != b.extent.lower ? a.extent.lower < b.extent.lower : a.rank < b.rank;
    });
    leaves_ = 1;
    while (leaves_ < items_.size()) leaves_ *= 2;
    nodes_.assign(2 * leaves_, {kNoRank, std::numeric_limits<SectionIndex>::max()});
    position_.resize(items_.size());
    for (size_t i = 0; i < items_.size(); ++i) {
      nodes_[leaves_ + i] = {items_[i].rank, items_[i].extent.upper};
      position_[static_cast<size_t>(items_[i].rank)] = i;
    }
    for (size_t node = leaves_ - 1; node > 0; --node) pull(node);
  }

  // The rank, or kNoRank. Counts the nodes it looks at in `visited`.
  int32_t best_within(SectionRange range, int64_t& visited) {
    const auto first =
        std::lower_bound(items_.begin(), items_.end(), range.lower,
                         [](const Item& item, SectionIndex s) { return item.extent.lower < s; });
    const auto last =
        std::lower_bound(first, items_.end(), range.upper,
                         [](const Item& item, SectionIndex s) { return item.extent.lower < s; });
    begin_ = static_cast<size_t>(first - items_.begin());
    end_ = static_cast<size_t>(last - items_.begin());
    int32_t best = kNoRank;
    if (begin_ < end_) search(1, 0, leaves_, range.upper, best, visited);
    return best;
  }

  void take(int32_t rank) {
    size_t node = leaves_ + position_[static_cast<size_t>(rank)];
    nodes_[node] = {kNoRank, std::numeric_limits<SectionIndex>::max()};
    for (node /= 2; node > 0; node /= 2) pull(node);
  }

 private:
  struct Node {
    int32_t best_rank;
    SectionIndex least_end;
  };

  void pull(size_t node) {
    const Node& left = nodes_[2 * node];
    const Node& right = nodes_[2 * node + 1];
    nodes_[node] = {std::min(left.best_rank, right.best_rank),
                    std::min(left.least_end, right.least_end)};
  }

  // Recursion is as deep as the tree: at most 31 levels.
  void search(size_t node, size_t lower, size_t upper, SectionIndex end, int32_t& best,
              int64_t& visited) const {
    ++visited;
    if (upper <= begin_ || end_ <= lower) return;
    if (nodes_[node].best_rank >= best || nodes_[node].least_end > end) return;
    if (node >= leaves_) {
      best = nodes_[node].best_rank;
      return;
    }
    const size_t middle = (lower + upper) / 2;
    const bool left_first = nodes_[2 * node].best_rank <= nodes_[2 * node + 1].best_rank;
    for (const bool left : {left_first, !left_first}) {
      if (left) {
        search(2 * node, lower, middle, end, best, visited);
      } else {
        search(2 * node + 1, middle, upper, end, best, visited);
      }
    }
  }

  std::vector<Item> items_;
  std::vector<size_t> position_;  // by rank
  size_t leaves_ = 1;
  std::vector<Node> nodes_;
  size_t begin_ = 0;  // of the query
  size_t end_ = 0;
};

class SkylineDecoder : public Decoder {
 public:
  SkylineDecoder(const Problem& problem, const Sweep& sweep, DecoderOrder order)
      : problem_(problem),
        sweep_(sweep),
        order_(sorted_buffers(problem, sweep, order)),
        fitting_(items(sweep, order_)),
        offsets_(initial_offsets(problem)),
        left_(order_.size()) {
    if (left_ == 0) return;
    segments_.push_back({{0, static_cast<SectionIndex>(sweep.sections.size())}, 0, kNone, kNone});
    lowest_.push({0, 0, 0});
  }

  bool run(Slice& slice) override {
    while (left_ > 0) {
      if (slice.spent()) return false;
      const Entry entry = lowest_.top();
      lowest_.pop();
      const auto index = static_cast<size_t>(entry.segment);
      const Segment& segment = segments_[index];
      if (segment.dead || segment.floor != entry.floor || segment.range.lower != entry.lower) {
        continue;
      }
      int64_t visited = 1;
      const int32_t rank = fitting_.best_within(segment.range, visited);
      slice.work(8 * visited);
      if (rank == kNoRank) {
        lift(entry.segment);
      } else {
        place(entry.segment, rank);
      }
    }
    return true;
  }

  [[nodiscard]] const std::vector<int64_t>& offsets() const override { return offsets_; }

 private:
  // A maximal stretch of sections with the same floor.
  struct Segment {
    SectionRange range;
    int64_t floor;
    int32_t previous;
    int32_t next;
    bool dead = false;
  };
  // Stale once the segment has changed.
  struct Entry {
    int64_t floor;
    SectionIndex lower;
    int32_t segment;
    bool operator>(const Entry& other) const {
      return floor != other.floor ? floor > other.floor : lower > other.lower;
    }
  };

  static std::vector<FittingBuffers::Item> items(const Sweep& sweep,
                                                 const std::vector<BufferIndex>& order) {
    std::vector<FittingBuffers::Item> items;
    items.reserve(order.size());
    for (size_t rank = 0; rank < order.size(); ++rank) {
      items.push_back({sweep.extent(order[rank]), static_cast<int32_t>(rank)});
    }
    return items;
  }

  Segment& at(int32_t segment) { return segments_[static_cast<size_t>(segment)]; }
  void announce(int32_t segment) {
    lowest_.push({at(segment).floor, at(segment).range.lower, segment});
  }

  // Inserts a segment after `previous` (not kNone).
  int32_t insert_after(int32_t previous, SectionRange range, int64_t floor) {
    const auto index = static_cast<int32_t>(segments_.size());
    const int32_t next = at(previous).next;
    segments_.push_back({range, floor, previous, next});
    at(previous).next = index;
    if (next != kNone) at(next).previous = index;
    return index;
  }

  void place(int32_t index, int32_t rank) {
    const BufferIndex buffer = order_[static_cast<size_t>(rank)];
    const Buffer& placed = problem_.buffers[static_cast<size_t>(buffer)];
    const SectionRange extent = sweep_.extent(buffer);
    const SectionRange range = at(index).range;
    const int64_t floor = at(index).floor;
    const int64_t offset = align_up(floor, placed.alignment);
    offsets_[static_cast<size_t>(buffer)] = offset;
    fitting_.take(rank);
    --left_;
    int32_t top = index;
    if (range.lower < extent.lower) {
      at(index).range.upper = extent.lower;
      announce(index);
      top = insert_after(index, extent, offset + placed.size);
    } else {
      at(index).range = extent;
      at(index).floor = offset + placed.size;
    }
    if (extent.upper < range.upper) {
      announce(insert_after(top, {extent.upper, range.upper}, floor));
    }
    merge_equal(top);
  }

  // Raises a segment that nothing fits into to its lower wall.
  void lift(int32_t index) {
    const Segment& segment = at(index);
    int64_t wall = std::numeric_limits<int64_t>::max();
    if (segment.previous != kNone) wall = std::min(wall, at(segment.previous).floor);
    if (segment.next != kNone) wall = std::min(wall, at(segment.next).floor);
    at(index).floor = wall;
    merge_equal(index);
  }

  // Joins a segment with neighbours at its height and announces the result.
  void merge_equal(int32_t index) {
    const int32_t next = at(index).next;
    if (next != kNone && at(next).floor == at(index).floor) {
      at(index).range.upper = at(next).range.upper;
      remove(next);
    }
    const int32_t previous = at(index).previous;
    if (previous != kNone && at(previous).floor == at(index).floor) {
      at(index).range.lower = at(previous).range.lower;
      remove(previous);
    }
    announce(index);
  }

  void remove(int32_t index) {
    const Segment& segment = at(index);
    if (segment.previous != kNone) at(segment.previous).next = segment.next;
    if (segment.next != kNone) at(segment.next).previous = segment.previous;
    at(index).dead = true;
  }

  const Problem& problem_;
  const Sweep& sweep_;
  std::vector<BufferIndex> order_;
  FittingBuffers fitting_;
  std::vector<int64_t> offsets_;
  size_t left_;
  std::vector<Segment> segments_;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> lowest_;
};

}  // namespace

std::unique_ptr<Decoder> make_skyline(const Problem& problem, const Sweep& sweep,
                                      DecoderOrder order) {
  return std::make_unique<SkylineDecoder>(problem, sweep, order);
}

}  // namespace stowage
