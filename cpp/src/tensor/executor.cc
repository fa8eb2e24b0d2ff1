#include "stowage/tensor/executor.h"

#include <string>
#include <utility>

#include "stowage/base/integer.h"
#include "tensor/executor_state.h"

namespace stowage {

namespace {

Error disposed() {
  return {ErrorCode::kDisposed, "the executor was disposed of; make another, and its buffers"};
}

Status check_range(const char* name, int64_t value, int64_t least, int64_t most) {
  if (value >= least && value <= most) return {};
  return Error{ErrorCode::kInvalidArgument, std::string(name) + " is " + std::to_string(value) +
                                                "; it must be from " + std::to_string(least) +
                                                " to " + std::to_string(most)};
}

}  // namespace

Executor::Executor() : state_(std::make_shared<ExecutorState>()) {}
Executor::Executor(Executor&&) noexcept = default;
Executor& Executor::operator=(Executor&& other) noexcept {
  if (this != &other) {
    dispose();
    state_ = std::move(other.state_);
  }
  return *this;
}
Executor::~Executor() { dispose(); }

Result<ExecutorBuffer> Executor::allocate(int64_t length) {
  if (is_disposed()) return disposed();
  return ExecutorBuffer::allocate(state_, length, true);
}

Result<ExecutorBuffer> Executor::allocate_boundary(int64_t class_index, int64_t width,
                                                   int64_t height) {
  if (is_disposed()) return disposed();
  for (const Status& status : {check_range("class", class_index, 0, kBoundaryClasses - 1),
                               check_range("width", width, 1, kBoundaryWidth),
                               check_range("height", height, 1, kBoundaryHeight)}) {
    if (status) return *status;
  }
  const auto index = static_cast<int32_t>(class_index);
  if (const Status status = state_->open_boundary(index)) return *status;
  const int64_t bytes = width * height;
  return ExecutorBuffer(state_, static_cast<uint32_t>(index),
                        bytes / static_cast<int64_t>(sizeof(float)), bytes,
                        BufferPoolKind::kBoundary, index);
}

ExecutorStats Executor::stats() const { return state_ ? state_->stats() : ExecutorStats(); }

ExecutorDefragmentation Executor::defragment() {
  return is_disposed() ? ExecutorDefragmentation() : state_->defragment();
}

void Executor::dispose() {
  if (state_ != nullptr) state_->dispose();
}

bool Executor::is_disposed() const { return state_ == nullptr || state_->is_disposed(); }

ExecutorBuffer::ExecutorBuffer(std::shared_ptr<ExecutorState> state, uint32_t slot, int64_t length,
                               int64_t size_bytes, BufferPoolKind pool, int32_t class_index)
    : state_(std::move(state)),
      slot_(slot),
      length_(length),
      size_bytes_(size_bytes),
      pool_(pool),
      class_index_(class_index) {}

Result<ExecutorBuffer> ExecutorBuffer::allocate(const std::shared_ptr<ExecutorState>& state,
                                                int64_t length, bool is_zeroed) {
  constexpr auto kSize = static_cast<int64_t>(sizeof(float));
  if (const Status status = check_range("length", length, 0, kMaxInteger / kSize)) return *status;
  const Result<uint32_t> slot = state->allocate(length, is_zeroed);
  if (!slot) return slot.error();
  return ExecutorBuffer(state, *slot, length, length * kSize, BufferPoolKind::kLinear, 0);
}

Result<ExecutorBuffer> ExecutorBuffer::allocate_sibling(int64_t length) const {
  if (state_ == nullptr || state_->is_disposed()) return disposed();
  return allocate(state_, length, false);
}

ExecutorBuffer::ExecutorBuffer(ExecutorBuffer&&) noexcept = default;

ExecutorBuffer& ExecutorBuffer::operator=(ExecutorBuffer&& other) noexcept {
  if (this == &other) return *this;
  release();
  state_ = std::move(other.state_);
  slot_ = other.slot_;
  length_ = other.length_;
  size_bytes_ = other.size_bytes_;
  pool_ = other.pool_;
  class_index_ = other.class_index_;
  return *this;
}

ExecutorBuffer::~ExecutorBuffer() { release(); }

void ExecutorBuffer::release() {
  if (state_ == nullptr) return;
  if (pool_ == BufferPoolKind::kLinear) {
    state_->release(slot_);
  } else {
    state_->close_boundary(class_index_);
  }
  state_ = nullptr;
}

int64_t ExecutorBuffer::num_aliases() const {
  return pool_ == BufferPoolKind::kBoundary ? state_->boundary_buffers(class_index_) - 1 : 0;
}

Result<std::span<float>> ExecutorBuffer::data() const {
  if (state_ == nullptr || state_->is_disposed()) return disposed();
  if (pool_ == BufferPoolKind::kLinear) return state_->data(slot_);
  return std::span<float>(state_->boundary_data(class_index_), static_cast<size_t>(length_));
}

bool ExecutorBuffer::shares_memory(const ExecutorBuffer& other) const {
  return state_ == other.state_ && pool_ == other.pool_ && slot_ == other.slot_;
}

}  // namespace stowage
