#include "planner/ejection_search.h"

#include <algorithm>
#include <cmath>

#include "stowage/base/integer.h"

namespace stowage {
namespace {

// All weights come to about kTotalWeight, and no difficulty exceeds kMostDifficulty, so that
// whatever can be ejected costs less than one held piece. Of those a million may be in the way
// before sums overflow.
constexpr int64_t kTotalWeight = int64_t{1} << 30;
constexpr int32_t kMostDifficulty = 1 << 10;
constexpr int64_t kHeldCost = int64_t{1} << 42;
// After so many, attempts do not aim at less, but go on for longer.
constexpr int kMostHalvings = 7;
// Operations without success after which an attempt is given up at first.
constexpr int64_t kPatience = int64_t{1} << 23;
constexpr int64_t kMostPatience = int64_t{1} << 40;

}  // namespace

EjectionSearch::EjectionSearch(const SkylinePart& part, uint64_t seed)
    : part_(part),
      random_(seed),
      bound_(part.load.empty() ? 0 : *std::max_element(part.load.begin(), part.load.end())),
      sort_(std::in_place, starts(), std::less<>{}),
      patience_(std::max(kPatience, 8 * static_cast<int64_t>(part.rectangles.size()))) {
  set_weight_unit();
}

std::vector<EjectionSearch::Start> EjectionSearch::starts() const {
  std::vector<Start> starts;
  starts.reserve(part_.rectangles.size() + part_.held.pieces().size());
  const auto add = [&](SectionIndex lower) {
    starts.emplace_back(lower, static_cast<int32_t>(starts.size()));
  };
  for (const Rectangle& rectangle : part_.rectangles) add(rectangle.lower);
  for (const HeldPiece& piece : part_.held.pieces()) add(piece.sections.lower);
  return starts;
}

// A weight is the share of an area in the areas of all.
void EjectionSearch::set_weight_unit() {
  int shift = 0;
  while ((bound_ >> shift) >= int64_t{1} << 31) ++shift;
  int64_t total = 0;
  for (const int64_t load : part_.load) total += (load >> shift) + 1;
  const double weight = std::ldexp(static_cast<double>(kTotalWeight), -shift);
  weight_unit_ = weight / static_cast<double>(std::max<int64_t>(1, total));
}

void EjectionSearch::start_from(const std::vector<int64_t>& offsets) {
  best_ = offsets;
  height_ = 0;
  for (size_t r = 0; r < offsets.size(); ++r) {
    height_ = std::max(height_, offsets[r] + part_.rectangles[r].size);
  }
  attempting_ = false;
  waiting_.clear();
  touched_.clear();
  halvings_ = 1;
  for (Item& item : items_) {
    if (item.rectangle != kHeld) item.offset = best_offset(item);
  }
}

bool EjectionSearch::run(Slice& slice, int64_t goal) {
  if (!prepare(slice)) return false;
  const int64_t least = std::max(goal, bound_);
  for (;;) {
    if (height_ <= least) return true;
    if (slice.spent()) return false;
    if (!attempting_) {
      begin_attempt(least);
      slice.work(4 * static_cast<int64_t>(items_.size()));
    } else if (waiting_.empty()) {
      finish_attempt();
      slice.work(4 * static_cast<int64_t>(items_.size()));
    } else if (fruitless_ > patience_) {
      give_up();
    } else {
      place_next(slice);
    }
  }
}

const std::vector<int64_t>* EjectionSearch::take_found() {
  return std::exchange(found_, false) ? &best_ : nullptr;
}

// Whether all is laid out.
bool EjectionSearch::prepare(Slice& slice) {
  if (prepared_) return true;
  if (!overlaps_) {
    if (sorted_.empty()) {
      if (!sort_->run(slice)) return false;
      sorted_ = sort_->take();
      sort_.reset();
      items_.reserve(sorted_.size());
    }
    while (items_.size() < sorted_.size()) {
      if (slice.spent()) return false;
      slice.work(16);
      add_item(sorted_[items_.size()].second);
    }
    sorted_ = std::vector<Start>();  // gives the memory back
    std::vector<SectionRange> extents;
    extents.reserve(items_.size());
    for (const Item& item : items_) extents.push_back(item.sections);
    overlaps_.emplace(std::move(extents), part_.sections.length());
    slice.look();
  }
  prepared_ = overlaps_->run(slice);
  return prepared_;
}

// The products are rounded alike everywhere: no sum follows that could be fused with them.
void EjectionSearch::add_item(int32_t index) {
  const auto rectangles = static_cast<int32_t>(part_.rectangles.size());
  Item item;
  if (index >= rectangles) {
    const HeldPiece& piece = part_.held.pieces()[static_cast<size_t>(index - rectangles)];
    item.sections = piece.sections;
    item.size = piece.space.length();
    item.offset = piece.space.lower;
    item.weight = kHeldCost;
    item.rectangle = kHeld;
  } else {
    const Rectangle& rectangle = part_.rectangles[static_cast<size_t>(index)];
    item.sections = {rectangle.lower, rectangle.upper};
    item.size = rectangle.size;
    item.alignment = rectangle.alignment;
    item.rectangle = index;
    item.offset = best_offset(item);
    const double area =
        static_cast<double>(item.size) * static_cast<double>(item.sections.length());
    item.weight = std::max<int64_t>(1, static_cast<int64_t>(area * weight_unit_));
  }
  items_.push_back(item);
}

void EjectionSearch::begin_attempt(int64_t least) {
  attempting_ = true;
  target_ = height_ - std::max<int64_t>(1, (height_ - least) >> halvings_);
  waiting_weight_ = 0;
  for (size_t i = 0; i < items_.size(); ++i) {
    const Item& item = items_[i];
    if (item.top() > target_ && item.rectangle != kHeld) take_out(static_cast<int32_t>(i));
  }
  least_waiting_weight_ = waiting_weight_;
  fruitless_ = 0;
}

void EjectionSearch::finish_attempt() {
  attempting_ = false;
  for (const int32_t i : touched_) best_offset(at(i)) = at(i).offset;
  touched_.clear();
  height_ = 0;
  for (const Item& item : items_) {
    if (item.rectangle != kHeld) height_ = std::max(height_, item.top());
  }
  found_ = true;
  halvings_ = std::max(1, halvings_ - 1);
}

void EjectionSearch::give_up() {
  attempting_ = false;
  for (const int32_t i : touched_) at(i).offset = best_offset(at(i));
  touched_.clear();
  waiting_.clear();
  if (++halvings_ <= kMostHalvings) return;
  halvings_ = 1;
  patience_ = std::min(2 * patience_, kMostPatience);
}

// The one with the most weight goes first: the others have more places to go to.
void EjectionSearch::place_next(Slice& slice) {
  Item& item = at(waiting_.front().second);
  gather_edges(item, slice);
  const Place place = cheapest_place(item);
  if (place.offset == kTakenOut || place.cost >= kHeldCost) {
    give_up();
    return;
  }
  std::pop_heap(waiting_.begin(), waiting_.end());
  waiting_.pop_back();
  waiting_weight_ -= item.weight;
  if (place.cost > 0) {
    item.difficulty = std::min(item.difficulty + 1, kMostDifficulty);
    eject_for(item, place.offset);
  }
  item.offset = place.offset;
  // Less than a thousandth is hardly a success.
  if (waiting_weight_ >= least_waiting_weight_ - least_waiting_weight_ / 1024) return;
  least_waiting_weight_ = waiting_weight_;
  fruitless_ = 0;
}

void EjectionSearch::gather_edges(const Item& item, Slice& slice) {
  beside_.clear();
  bottoms_.clear();
  tops_.clear();
  const int64_t looks = overlaps_->for_each(item.sections, [&](int32_t index) {
    const Item& other = at(index);
    if (other.offset == kTakenOut || other.offset >= target_) return;
    if (other.rectangle != kHeld) beside_.push_back(index);
    bottoms_.push_back({other.offset, other.cost()});
    tops_.push_back({std::min(other.top(), target_), other.cost()});
  });
  sort_by_offset(bottoms_);
  sort_by_offset(tops_);
  const int64_t work = 64 + 2 * looks + 16 * static_cast<int64_t>(bottoms_.size());
  fruitless_ += work;
  slice.work(work);
}

// On the ground or on top of something: from any other place it could be lowered to such a one, and
// have nothing more in the way. What is in the way is all that starts below the top of the place,
// less all that ends at its bottom or lower. The first place without a cost is taken; otherwise one
// of the cheapest, by lot.
EjectionSearch::Place EjectionSearch::cheapest_place(const Item& item) {
  Place best;
  auto bottom = bottoms_.begin();
  auto top = tops_.begin();
  int64_t cost = 0;
  uint64_t ties = 1;
  for (int64_t offset = 0; offset + item.size <= target_;) {
    for (; bottom != bottoms_.end() && bottom->offset < offset + item.size; ++bottom) {
      cost += bottom->cost;
    }
    for (; top != tops_.end() && top->offset <= offset; ++top) cost -= top->cost;
    const bool first = best.offset == kTakenOut || cost < best.cost;
    const bool tied = !first && cost == best.cost;
    if (first) ties = 1;
    if (first || (tied && random_() % ++ties == 0)) best = {offset, cost};
    if (cost == 0 || top == tops_.end()) break;
    offset = align_up(top->offset, item.alignment);
  }
  return best;
}

void EjectionSearch::eject_for(const Item& item, int64_t offset) {
  for (const int32_t index : beside_) {
    const Item& other = at(index);
    if (other.offset < offset + item.size && other.top() > offset) take_out(index);
  }
}

void EjectionSearch::take_out(int32_t index) {
  Item& item = at(index);
  item.offset = kTakenOut;
  touched_.push_back(index);
  waiting_weight_ += item.weight;
  waiting_.emplace_back(item.weight, index);
  std::push_heap(waiting_.begin(), waiting_.end());
}

// By buckets, about as many as there are edges: mostly each gets but a few, as offsets are spread
// over the height.
void EjectionSearch::sort_by_offset(std::vector<Edge>& edges) {
  int shift = 0;
  while ((target_ >> shift) > 2 * static_cast<int64_t>(edges.size())) ++shift;
  const auto bucket = [&](const Edge& edge) { return static_cast<size_t>(edge.offset >> shift); };
  bucket_end_.assign(static_cast<size_t>(target_ >> shift) + 2, 0);
  for (const Edge& edge : edges) ++bucket_end_[bucket(edge) + 1];
  for (size_t b = 1; b < bucket_end_.size(); ++b) bucket_end_[b] += bucket_end_[b - 1];
  unsorted_.swap(edges);
  edges.resize(unsorted_.size());
  for (const Edge& edge : unsorted_) edges[bucket_end_[bucket(edge)]++] = edge;
  size_t begin = 0;
  for (const size_t end : bucket_end_) {
    if (end - begin > 1) {
      std::sort(edges.begin() + static_cast<std::ptrdiff_t>(begin),
                edges.begin() + static_cast<std::ptrdiff_t>(end),
                [](const Edge& a, const Edge& b) { return a.offset < b.offset; });
    }
    begin = end;
  }
}

}  // namespace stowage
