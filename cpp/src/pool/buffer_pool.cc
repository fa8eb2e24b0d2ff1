#include "stowage/pool/buffer_pool.h"

#include <algorithm>
#include <bit>
#include <iterator>
#include <utility>

#include "base/text.h"
#include "pool/memory_arguments.h"

namespace stowage {

namespace {

int64_t fresh_capacity(int64_t size) {
  if (size > BufferPool::kMaxCapacity) return size;
  return std::max(BufferPool::kMinCapacity,
                  static_cast<int64_t>(std::bit_ceil(static_cast<uint64_t>(size))));
}

// The bucket of the capacity, rounded down.
size_t bucket_of(int64_t capacity) {
  const auto multiple = static_cast<uint64_t>(capacity / BufferPool::kMinCapacity);
  return std::min<size_t>(static_cast<size_t>(std::bit_width(multiple)) - 1,
                          BufferPool::kNumBuckets - 1);
}

Error invalid_buffer(const std::string& reason) {
  return {ErrorCode::kInvalidArgument, "the buffer " + reason, {}};
}

}  // namespace

BufferPool::BufferPool(BufferPoolOptions options)
    : max_buffers_per_bucket_(options.max_buffers_per_bucket) {}

Result<std::optional<std::span<std::byte>>> BufferPool::get(int64_t size) {
  return get_aligned(size, 1);
}

Result<std::optional<std::span<std::byte>>> BufferPool::get_aligned(int64_t size,
                                                                    int64_t alignment) {
  if (Status status = check_memory_request(size, alignment)) return *status;
  const std::optional<Active> found = find(size, alignment);
  return found ? std::optional(found->span) : std::nullopt;
}

Result<std::span<std::byte>> BufferPool::get_or_alloc(int64_t size, int64_t alignment) {
  const Result<Active> active = activate(size, alignment);
  if (!active) return active.error();
  return active->span;
}

Result<BufferPool::Active> BufferPool::activate(int64_t size, int64_t alignment) {
  if (Status status = check_memory_request(size, alignment)) return *status;
  if (const std::optional<Active> found = find(size, alignment)) return *found;
  const int64_t capacity = fresh_capacity(size);
  AlignedMemory memory = allocate_aligned(capacity, std::max(alignment, kMinCapacity));
  if (memory == nullptr) return no_memory_for(capacity);
  const std::byte* address = memory.get();
  Buffers fresh;
  fresh.push_back({std::move(memory), capacity, 0});
  buffers_.emplace(address, fresh.begin());
  pooled_bytes_ += capacity;  // until hand_out takes it from there
  return hand_out(fresh, fresh.begin());
}

std::optional<BufferPool::Active> BufferPool::find(int64_t size, int64_t alignment) {
  // Of all buckets but the last one, all buffers are large enough.
  Buffers& bucket = buckets_[bucket_of(fresh_capacity(size))];
  const auto found = std::find_if(bucket.begin(), bucket.end(), [&](const Buffer& buffer) {
    return buffer.capacity >= size && is_aligned(buffer.memory.get(), alignment);
  });
  if (found == bucket.end()) {
    ++misses_;
    return std::nullopt;
  }
  ++hits_;
  return hand_out(bucket, found);
}

BufferPool::Active BufferPool::hand_out(Buffers& from, Buffers::iterator buffer) {
  active_.splice(active_.begin(), from, buffer);
  buffer->activation = ++activations_;
  pooled_bytes_ -= buffer->capacity;
  active_bytes_ += buffer->capacity;
  return {{buffer->memory.get(), static_cast<size_t>(buffer->capacity)}, buffer->activation};
}

Status BufferPool::put(std::span<const std::byte> buffer) { return put_aligned(buffer, 1); }

Status BufferPool::put_aligned(std::span<const std::byte> buffer, int64_t alignment) {
  if (Status status = check_power_of_two("alignment", alignment)) return status;
  const auto known = buffers_.find(buffer.data());
  if (known == buffers_.end()) {
    return invalid_buffer("is not one of this pool: no buffer of it begins at that address");
  }
  if (known->second->activation == 0) return invalid_buffer("was put back already");
  if (!is_aligned(buffer.data(), alignment)) {
    return invalid_buffer("does not begin at a multiple of " + decimal(alignment));
  }
  take_back(known->second);
  return std::nullopt;
}

void BufferPool::end(const std::byte* address, uint64_t activation) {
  const auto known = buffers_.find(address);
  if (known != buffers_.end() && known->second->activation == activation) {
    take_back(known->second);
  }
}

void BufferPool::take_back(Buffers::iterator buffer) {
  active_bytes_ -= buffer->capacity;
  Buffers& bucket = buckets_[bucket_of(buffer->capacity)];
  if (buffer->capacity > kMaxCapacity || bucket.size() >= max_buffers_per_bucket_) {
    buffers_.erase(buffer->memory.get());
    active_.erase(buffer);
    return;
  }
  buffer->activation = 0;
  pooled_bytes_ += buffer->capacity;
  bucket.splice(bucket.begin(), active_, buffer);
}

void BufferPool::clear() {
  while (!active_.empty()) take_back(std::prev(active_.end()));
}

void BufferPool::trim() {
  for (Buffers& bucket : buckets_) {
    for (const Buffer& buffer : bucket) buffers_.erase(buffer.memory.get());
    bucket.clear();
  }
  pooled_bytes_ = 0;
}

BufferPoolStats BufferPool::stats() const {
  BufferPoolStats stats{.hits = hits_,
                        .misses = misses_,
                        .pooled_buffers = std::ssize(buffers_) - std::ssize(active_),
                        .pooled_bytes = pooled_bytes_,
                        .active_buffers = std::ssize(active_),
                        .active_bytes = active_bytes_};
  if (hits_ + misses_ > 0) {
    stats.hit_rate = static_cast<double>(hits_) / static_cast<double>(hits_ + misses_);
  }
  return stats;
}

void BufferPool::reset_counters() {
  hits_ = 0;
  misses_ = 0;
}

}  // namespace stowage
