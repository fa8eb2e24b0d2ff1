// A span that goes back to its pool by itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "stowage/pool/buffer_pool.h"
#include "stowage/pool/elements.h"

namespace stowage {

// Elements in a buffer of a BufferPool, which is put back when this ends, unless it was before, by
// hand or by clear(). Must end before the pool does.
template <PlainData T>
class PooledSpan {
 public:
  PooledSpan() = default;
  PooledSpan(PooledSpan&& other) noexcept
      : pool_(std::exchange(other.pool_, nullptr)),
        span_(std::exchange(other.span_, {})),
        activation_(other.activation_) {}
  PooledSpan& operator=(PooledSpan&& other) noexcept {
    std::swap(pool_, other.pool_);
    std::swap(span_, other.span_);
    std::swap(activation_, other.activation_);
    return *this;
  }
  PooledSpan(const PooledSpan&) = delete;
  PooledSpan& operator=(const PooledSpan&) = delete;
  ~PooledSpan() { reset(); }

  [[nodiscard]] std::span<T> span() const { return span_; }
  [[nodiscard]] T* data() const { return span_.data(); }
  [[nodiscard]] size_t size() const { return span_.size(); }
  [[nodiscard]] auto begin() const { return span_.begin(); }
  [[nodiscard]] auto end() const { return span_.end(); }
  T& operator[](size_t index) const { return span_[index]; }

  // Puts the buffer back now.
  void reset() {
    if (pool_ == nullptr) return;
    pool_->end(reinterpret_cast<const std::byte*>(span_.data()), activation_);
    pool_ = nullptr;
    span_ = {};
  }

 private:
  friend class PoolAllocator;
  PooledSpan(BufferPool& pool, std::span<T> span, uint64_t activation)
      : pool_(&pool), span_(span), activation_(activation) {}

  BufferPool* pool_ = nullptr;
  std::span<T> span_;
  uint64_t activation_ = 0;
};

}  // namespace stowage
