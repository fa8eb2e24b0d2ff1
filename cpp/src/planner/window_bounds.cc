#include "planner/window_bounds.h"

#include <algorithm>
#include <utility>

#include "planner/partition_solver.h"

namespace stowage {
namespace {

constexpr int32_t kFirstWidth = 4;
constexpr int64_t kFirstNodes = 4'000;
constexpr int64_t kMoreNodes = 8;  // times as many in each round
constexpr int64_t kWorkToOpen = 64;

}  // namespace

bool WindowBounds::accepts(const Model& model) {
  return model.plain && model.section_count > kFirstWidth;
}

WindowBounds::WindowBounds(const Model& model, const SolverParams& params)
    : model_(model), params_(params), width_(kFirstWidth), node_limit_(kFirstNodes) {
  params_.minimize_capacity = true;
}

WindowBounds::~WindowBounds() = default;

void WindowBounds::run(Slice& slice, int64_t floor, int64_t ceiling) {
  if (!solver_) {
    open(floor, ceiling);
    slice.work(kWorkToOpen * (model_.buffer_count + model_.section_count));
    slice.look();
  }
  SearchStatus status = SearchStatus::kRunning;
  while (status == SearchStatus::kRunning && nodes_left_ > 0) {
    if (slice.spent()) return;
    nodes_left_ -= slice.limited(nodes_left_, [&](Slice& part) { status = solver_->run(part); });
    solver_->take_found();
    lower_bound_ = std::max(lower_bound_, solver_->lower_bound());
  }
  all_decided_ = all_decided_ && status != SearchStatus::kRunning;
  finished_ = counters();
  solver_.reset();
  next();
}

// Sections stand in for moments.
void WindowBounds::open(int64_t floor, int64_t ceiling) {
  const Lifespan window{begin_, std::min(begin_ + width_, model_.section_count)};
  part_.buffers.clear();
  part_.capacity = ceiling;
  for (size_t b = 0; b < model_.size.size(); ++b) {
    Buffer buffer;
    buffer.lifespan = {std::max<int64_t>(model_.first_section[b], window.lower),
                       std::min<int64_t>(model_.end_section[b], window.upper)};
    buffer.size = model_.size[b];
    if (buffer.lifespan.lower < buffer.lifespan.upper) part_.buffers.push_back(std::move(buffer));
  }
  // Neighbouring sections of a partition share buffers, so the window is one partition.
  const Sweep swept = sweep(part_);
  const Partition& partition = swept.partitions.front();
  Model model = make_model(part_, swept, partition, overlap_rows(part_, swept, partition));
  solver_ = std::make_unique<PartitionSolver>(part_, std::move(model), params_, floor, ceiling);
  nodes_left_ = node_limit_;
}

// Windows overlap by half.
void WindowBounds::next() {
  begin_ += width_ / 2;
  if (begin_ + width_ / 2 < model_.section_count) return;
  begin_ = 0;
  width_ *= 2;
  if (width_ < model_.section_count) return;
  width_ = kFirstWidth;
  node_limit_ *= kMoreNodes;
  done_ = all_decided_;
  all_decided_ = true;
}

SearchCounters WindowBounds::counters() const {
  SearchCounters counters = finished_;
  if (solver_) counters += solver_->counters();
  return counters;
}

}  // namespace stowage
