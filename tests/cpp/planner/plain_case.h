// Small plain problems without slack, laid out for searching, and a judge of what is found.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "planner/brute_force.h"
#include "planner/model.h"
#include "planner/overlap_rows.h"
#include "planner/random_problem.h"
#include "stowage/planner/sweep.h"
#include "stowage/planner/validate.h"

namespace stowage::testing {

// A load of 22 at every moment below 15: two buffers at a time end, and two of the same size
// together follow. Often there is no plan of that height.
inline Problem full_problem(uint64_t seed) {
  Random random(seed);
  Problem problem;
  problem.capacity = 22;
  std::vector<size_t> live;
  const auto start = [&](int64_t time, int64_t size) {
    live.push_back(problem.buffers.size());
    const std::string id = "b" + std::to_string(live.back());
    problem.buffers.push_back(buffer_of(id, time, 15, size));
  };
  const auto end = [&](int64_t time) {
    const auto ended = live.begin() + between(random, 0, std::ssize(live) - 1);
    Buffer& buffer = problem.buffers[*ended];
    buffer.lifespan.upper = time;
    live.erase(ended);
    return buffer.size;
  };
  for (const int64_t size : {4, 5, 6, 7}) start(0, size);
  for (int64_t time = 2; time < 15; time += 2) {
    const int64_t size = end(time) + end(time);
    const int64_t part = between(random, 1, size - 1);
    start(time, part);
    start(time, size - part);
  }
  return problem;
}

// The first partition of a problem, laid out for searching.
struct PlainCase {
  explicit PlainCase(const Problem& whole) {
    problem.capacity = whole.capacity;
    const Sweep all = sweep(whole);
    for (const BufferIndex b : all.partitions.front().buffers) {
      problem.buffers.push_back(whole.buffers[static_cast<size_t>(b)]);
    }
    const Sweep swept = sweep(problem);
    const Partition& partition = swept.partitions.front();
    model = make_model(problem, swept, partition, overlap_rows(problem, swept, partition));
  }

  // In units.
  [[nodiscard]] int64_t least_height() const {
    return *BruteForce(problem).least_height(60) / model.unit;
  }

  // The verdict on a plan of the search, at a capacity in units.
  Verdict check(const std::vector<int64_t>& offsets, int64_t capacity) {
    problem.capacity = capacity * model.unit;
    Plan plan;
    for (const int64_t offset : offsets) plan.offsets.push_back(offset * model.unit);
    plan.height = plan_height(problem, plan.offsets);
    return validate(problem, plan).verdict;
  }

  Problem problem;
  Model model;
};

}  // namespace stowage::testing
