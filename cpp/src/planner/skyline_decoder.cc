#include "planner/skyline_decoder.h"

#include <algorithm>
#include <limits>

#include "stowage/base/integer.h"

namespace stowage {
namespace {

constexpr int64_t kOpen = std::numeric_limits<int64_t>::max();

}  // namespace

SkylineDecoder::SkylineDecoder(const SkylinePart& part, const std::vector<int64_t>& keys,
                               const std::vector<WhenUncovered>& when_uncovered, int64_t limit)
    : part_(part),
      keys_(keys),
      when_uncovered_(when_uncovered),
      limit_(limit),
      fitting_(part.rectangles, part.tree),
      reach_(part.load),
      offsets_(part.rectangles.size(), 0),
      left_(part.rectangles.size()) {
  segments_.push_back({{0, part.sections.length()}, 0, kNone, kNone});
}

SkylineDecoder::Status SkylineDecoder::run(Slice& slice) {
  if (!ready_) {
    if (!fitting_.reset(keys_, slice)) return Status::kRunning;
    ready_ = true;
  }
  while (reach_.most() <= limit_) {
    if (left_ == 0) return Status::kComplete;
    if (slice.spent()) return Status::kRunning;
    if (go_down()) {
      slice.work(4);
    } else {
      fill(slice);
    }
  }
  return Status::kAbandoned;
}

// Whether there was a lower neighbour to go to.
bool SkylineDecoder::go_down() {
  const Segment& segment = at(current_);
  for (const int32_t neighbour : {segment.next, segment.previous}) {
    if (neighbour == kNone || at(neighbour).floor >= segment.floor) continue;
    current_ = neighbour;
    return true;
  }
  return false;
}

void SkylineDecoder::fill(Slice& slice) {
  const Segment segment = at(current_);
  const HeldPiece* held = part_.held.next_above(segment.range, segment.floor);
  if (held != nullptr && held->space.lower == segment.floor) {
    build_on({std::max(held->sections.lower, segment.range.lower),
              std::min(held->sections.upper, segment.range.upper)},
             held->space.upper);
    slice.work(64);
    return;
  }
  int64_t ceiling = held != nullptr ? held->space.lower : kOpen;
  for (const int32_t wall : {segment.previous, segment.next}) {
    if (wall != kNone) ceiling = std::min(ceiling, at(wall).floor);
  }
  int64_t visited = 8;
  const int32_t rectangle = choose(segment, ceiling, visited);
  slice.work(8 * visited);
  if (rectangle != FittingBuffers::kNone) {
    place(rectangle);
  } else {
    lift(ceiling);
  }
}

// What to put onto the floor of a segment; kNone when it is to be lifted to its ceiling, which is
// never so while that is open: then everything that is left fits.
int32_t SkylineDecoder::choose(const Segment& segment, int64_t ceiling, int64_t& visited) const {
  const auto is_clear = [&](int32_t rectangle) {
    const Rectangle& r = part_.rectangles[static_cast<size_t>(rectangle)];
    if (part_.held.empty()) return true;
    const HeldPiece* held = part_.held.next_above({r.lower, r.upper}, segment.floor);
    return held == nullptr || held->space.lower >= align_up(segment.floor, r.alignment) + r.size;
  };
  const SectionRange range = segment.range;
  const SectionIndex critical = reach_.most_critical(range);
  const int32_t covering = fitting_.best({range.lower, critical + 1},
                                         {critical + 1, range.upper + 1}, is_clear, visited);
  const bool may_lift =
      ceiling != kOpen && when_uncovered_[static_cast<size_t>(critical)] == WhenUncovered::kLift;
  if (covering != FittingBuffers::kNone || may_lift) return covering;
  return fitting_.best(range, {range.lower + 1, range.upper + 1}, is_clear, visited);
}

void SkylineDecoder::place(int32_t rectangle) {
  const Rectangle& placed = part_.rectangles[static_cast<size_t>(rectangle)];
  const int64_t floor = at(current_).floor;
  const int64_t offset = align_up(floor, placed.alignment);
  const SectionRange extent{placed.lower, placed.upper};
  offsets_[static_cast<size_t>(rectangle)] = offset;
  fitting_.take(rectangle);
  --left_;
  if (offset > floor) reach_.raise(extent, offset - floor);
  build_on(extent, offset + placed.size);
}

// Raises a part of the current segment, which may thereby fall into three.
void SkylineDecoder::build_on(SectionRange range, int64_t top) {
  const SectionRange whole = at(current_).range;
  const int64_t floor = at(current_).floor;
  int32_t built = current_;
  if (whole.lower < range.lower) {
    at(current_).range.upper = range.lower;
    built = insert_after(current_, range, top);
  } else {
    at(current_).range = range;
    at(current_).floor = top;
  }
  if (range.upper < whole.upper) insert_after(built, {range.upper, whole.upper}, floor);
  built = join_equal(built);
  if (whole.lower == range.lower) current_ = built;
}

void SkylineDecoder::lift(int64_t ceiling) {
  Segment& segment = at(current_);
  reach_.raise(segment.range, ceiling - segment.floor);
  segment.floor = ceiling;
  current_ = join_equal(current_);
}

int32_t SkylineDecoder::insert_after(int32_t previous, SectionRange range, int64_t floor) {
  auto index = static_cast<int32_t>(segments_.size());
  if (free_segments_.empty()) {
    segments_.emplace_back();
  } else {
    index = free_segments_.back();
    free_segments_.pop_back();
  }
  const int32_t next = at(previous).next;
  at(index) = {range, floor, previous, next};
  at(previous).next = index;
  if (next != kNone) at(next).previous = index;
  return index;
}

// Joins a segment with neighbours at its height; returns what it has become.
int32_t SkylineDecoder::join_equal(int32_t segment) {
  const int32_t next = at(segment).next;
  if (next != kNone && at(next).floor == at(segment).floor) {
    at(segment).range.upper = at(next).range.upper;
    remove(next);
  }
  const int32_t previous = at(segment).previous;
  if (previous == kNone || at(previous).floor != at(segment).floor) return segment;
  at(previous).range.upper = at(segment).range.upper;
  remove(segment);
  return previous;
}

void SkylineDecoder::remove(int32_t segment) {
  const Segment& gone = at(segment);
  if (gone.previous != kNone) at(gone.previous).next = gone.next;
  if (gone.next != kNone) at(gone.next).previous = gone.previous;
  free_segments_.push_back(segment);
}

}  // namespace stowage
