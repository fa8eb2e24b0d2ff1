#include "problems/perfect.h"

#include <algorithm>
#include <queue>
#include <string>
#include <utility>
#include <vector>

#include "problems/random_integer.h"

namespace stowage::problems {
namespace {

constexpr int64_t kCapacity = int64_t{1} << 20;
// Moments for each buffer: enough that few cuts coincide.
constexpr int64_t kMomentsPerBuffer = 16;
// The first cuts make bands as long as the whole, so that buffers are linked throughout.
constexpr size_t kBands = 4;

struct Rectangle {
  Lifespan time;
  Interval<int64_t> space;  // in units

  [[nodiscard]] int64_t area() const { return time.length() * space.length(); }
};

// A place to cut [lower, upper), which is longer than 1; not right beside an end if it is long.
int64_t cut_between(Random& random, int64_t lower, int64_t upper) {
  const int64_t margin = std::max<int64_t>(1, (upper - lower) / 10);
  return between(random, lower + margin, upper - margin);
}

// Cuts `rectangle` in two, at one moment or at one height, and returns the part cut off.
Rectangle cut(Random& random, Rectangle& rectangle, bool at_moment) {
  Rectangle rest = rectangle;
  if (at_moment) {
    const int64_t at = cut_between(random, rectangle.time.lower, rectangle.time.upper);
    rectangle.time.upper = rest.time.lower = at;
  } else {
    const int64_t at = cut_between(random, rectangle.space.lower, rectangle.space.upper);
    rectangle.space.upper = rest.space.lower = at;
  }
  return rest;
}

void add(ProblemAndPlan& solved, Lifespan lifespan, int64_t size, int64_t offset) {
  Buffer buffer;
  buffer.id = std::to_string(solved.problem.buffers.size());
  buffer.lifespan = lifespan;
  buffer.size = size;
  solved.problem.buffers.push_back(std::move(buffer));
  solved.plan.offsets.push_back(offset);
}

// The largest power of two up to 4096, or a smaller one, that divides `offset`.
int64_t random_alignment(Random& random, int64_t offset) {
  int64_t alignment = int64_t{1} << between(random, 0, 12);
  while (offset % alignment != 0) alignment /= 2;
  return alignment;
}

// Takes a buffer's space, or all of it but a window, away from it for a part of its lifespan, and
// gives it to a new buffer.
void add_gap(Random& random, ProblemAndPlan& solved, size_t b, bool has_window) {
  Buffer& buffer = solved.problem.buffers[b];
  const Lifespan life = buffer.lifespan;
  if (life.length() < 3 || buffer.size < 2 * kPerfectUnit) return;
  const int64_t lower = between(random, life.lower + 1, life.upper - 2);
  const Lifespan gap{lower, between(random, lower + 1, life.upper - 1)};
  const int64_t offset = solved.plan.offsets[b];
  const int64_t size = buffer.size;
  const int64_t kept = kPerfectUnit * between(random, 1, size / kPerfectUnit - 1);
  if (!has_window) {
    buffer.gaps = {{gap, std::nullopt}};
    add(solved, gap, size, offset);
  } else if (one_in(random, 2)) {
    buffer.gaps = {{gap, Window{0, kept}}};
    add(solved, gap, size - kept, offset + kept);
  } else {
    buffer.gaps = {{gap, Window{size - kept, size}}};
    add(solved, gap, size - kept, offset);
  }
}

}  // namespace

ProblemAndPlan make_perfect(int64_t buffers, uint64_t seed) {
  Random random(seed);
  const Rectangle whole = {{0, kMomentsPerBuffer * buffers}, {0, kCapacity / kPerfectUnit}};
  std::vector<Rectangle> rectangles = {whole};
  // The largest first; of equal ones the youngest.
  std::priority_queue<std::pair<int64_t, size_t>> by_area;
  by_area.emplace(whole.area(), 0);
  while (static_cast<int64_t>(rectangles.size()) < buffers) {
    const size_t largest = by_area.top().second;
    by_area.pop();
    Rectangle& rectangle = rectangles[largest];
    const bool is_long =
        rectangle.time.length() * whole.space.upper > rectangle.space.length() * whole.time.upper;
    const Rectangle rest = cut(random, rectangle, rectangles.size() >= kBands && is_long);
    rectangles.push_back(rest);
    by_area.emplace(rectangles[largest].area(), largest);
    by_area.emplace(rectangles.back().area(), rectangles.size() - 1);
  }
  // The order in which they were cut would tell which belong together.
  shuffle(random, rectangles);
  ProblemAndPlan solved;
  solved.problem.capacity = kCapacity;
  for (const auto& [time, space] : rectangles) {
    add(solved, time, kPerfectUnit * space.length(), kPerfectUnit * space.lower);
  }
  solved.plan.height = kCapacity;
  return solved;
}

ProblemAndPlan sprinkle(ProblemAndPlan solved, const Sprinkles& sprinkles, uint64_t seed) {
  Random random(seed);
  const size_t count = solved.problem.buffers.size();
  for (size_t b = 0; b < count; ++b) {
    const int64_t offset = solved.plan.offsets[b];
    if (sprinkles.alignments && one_in(random, 4)) {
      solved.problem.buffers[b].alignment = random_alignment(random, offset);
    }
    if (sprinkles.fixed && one_in(random, 16)) solved.problem.buffers[b].offset = offset;
    if (sprinkles.gaps && one_in(random, 4)) {
      add_gap(random, solved, b, false);
    } else if (sprinkles.windows && one_in(random, 4)) {
      add_gap(random, solved, b, true);
    }
  }
  return solved;
}

}  // namespace stowage::problems
