// BufferPool as JavaScript sees it; npm/src/pool/module.ts says the same in TypeScript.
#include "stowage/pool/buffer_pool.h"

#include <emscripten/emscripten.h>

#include <span>

#include "bindings/exchange/exchange.h"

namespace {

using stowage::BufferPool;
using stowage::BufferPoolStats;
using stowage::bindings::integer;
using stowage::bindings::numbers;
using stowage::bindings::put;
using stowage::bindings::report;

// Its address, and its size as a number.
std::byte* give(std::span<std::byte> buffer) {
  numbers().clear();
  put(std::ssize(buffer));
  return buffer.data();
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE BufferPool* stowage_buffer_pool_make(uint32_t max_buffers_per_bucket) {
  return new BufferPool({.max_buffers_per_bucket = max_buffers_per_bucket});
}

EMSCRIPTEN_KEEPALIVE void stowage_buffer_pool_delete(BufferPool* pool) { delete pool; }

// Null for none.
EMSCRIPTEN_KEEPALIVE std::byte* stowage_buffer_pool_get(BufferPool* pool, double size,
                                                        double alignment) {
  const auto buffer = pool->get_aligned(integer(size), integer(alignment));
  return buffer.ok() && buffer->has_value() ? give(**buffer) : nullptr;
}

// Null with a text when there is no memory.
EMSCRIPTEN_KEEPALIVE std::byte* stowage_buffer_pool_get_or_alloc(BufferPool* pool, double size,
                                                                 double alignment) {
  const auto buffer = pool->get_or_alloc(integer(size), integer(alignment));
  return report(buffer) ? give(*buffer) : nullptr;
}

// 1, or 0 with a text.
EMSCRIPTEN_KEEPALIVE int stowage_buffer_pool_put(BufferPool* pool, const std::byte* address,
                                                 double alignment) {
  return report(pool->put_aligned({address, 1}, integer(alignment))) ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE void stowage_buffer_pool_clear(BufferPool* pool) { pool->clear(); }
EMSCRIPTEN_KEEPALIVE void stowage_buffer_pool_trim(BufferPool* pool) { pool->trim(); }

EMSCRIPTEN_KEEPALIVE void stowage_buffer_pool_stats(BufferPool* pool) {
  const BufferPoolStats stats = pool->stats();
  numbers().clear();
  put(stats.hits);
  put(stats.misses);
  put(stats.hit_rate);
  for (const int64_t each :
       {stats.pooled_buffers, stats.pooled_bytes, stats.active_buffers, stats.active_bytes}) {
    put(each);
  }
}

EMSCRIPTEN_KEEPALIVE void stowage_buffer_pool_reset_counters(BufferPool* pool) {
  pool->reset_counters();
}

}  // extern "C"
