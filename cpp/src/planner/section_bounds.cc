#include "planner/section_bounds.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "planner/partition_solver.h"

namespace stowage {
namespace {

constexpr size_t kMostSections = 4;
constexpr int64_t kMostNodes = 20'000;  // for each section

}  // namespace

SectionBounds::SectionBounds(const Problem& problem, const Model& model, const SolverParams& params,
                             int64_t goal, int64_t capacity)
    : problem_(problem), model_(model), params_(params), goal_(goal), capacity_(capacity) {
  // Plain rectangles stack up to the load; one section alone would be searched anyway.
  if (model.plain || model.section_count == 1) return;
  sections_.resize(static_cast<size_t>(model.section_count));
  std::iota(sections_.begin(), sections_.end(), size_t{0});
  std::stable_sort(sections_.begin(), sections_.end(),
                   [&](size_t a, size_t b) { return model.load[a] > model.load[b]; });
  sections_.resize(std::min(sections_.size(), kMostSections));
}

SectionBounds::~SectionBounds() = default;

bool SectionBounds::run(Slice& slice) {
  if (done()) return true;
  if (!solver_) open(sections_[next_]);
  SearchStatus status = SearchStatus::kRunning;
  while (status == SearchStatus::kRunning && nodes_left_ > 0) {
    if (slice.spent()) return false;
    nodes_left_ -= slice.limited(nodes_left_, [&](Slice& part) { status = solver_->run(part); });
    solver_->take_found();
  }
  lower_bound_ = std::max(lower_bound_, solver_->lower_bound());
  finished_ = counters();
  solver_.reset();
  ++next_;
  return true;
}

void SectionBounds::open(size_t section) {
  part_.buffers.clear();
  part_.capacity = capacity_;
  nodes_left_ = kMostNodes;
  for (int32_t i = model_.member_begin[section]; i < model_.member_begin[section + 1]; ++i) {
    const int32_t member = model_.members[static_cast<size_t>(i)].buffer;
    const BufferIndex original = model_.original[static_cast<size_t>(member)];
    part_.buffers.push_back(problem_.buffers[static_cast<size_t>(original)]);
  }
  // They are live together, so there is one partition.
  const Sweep swept = sweep(part_);
  const Partition& partition = swept.partitions.front();
  Model model = make_model(part_, swept, partition, overlap_rows(part_, swept, partition));
  solver_ = std::make_unique<PartitionSolver>(part_, std::move(model), params_, goal_, capacity_);
}

SearchCounters SectionBounds::counters() const {
  SearchCounters counters = finished_;
  if (solver_) counters += solver_->counters();
  return counters;
}

}  // namespace stowage
