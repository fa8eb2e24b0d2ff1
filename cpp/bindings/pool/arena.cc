// Arena as JavaScript sees it; npm/src/pool/module.ts says the same in TypeScript.
#include "stowage/pool/arena.h"

#include <emscripten/emscripten.h>

#include "bindings/exchange/exchange.h"

namespace {

using stowage::Arena;
using stowage::ArenaStats;
using stowage::bindings::integer;
using stowage::bindings::numbers;
using stowage::bindings::put;
using stowage::bindings::report;

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE Arena* stowage_arena_make(double first_chunk_size) {
  return new Arena({.first_chunk_size = integer(first_chunk_size)});
}

EMSCRIPTEN_KEEPALIVE void stowage_arena_delete(Arena* arena) { delete arena; }

// Null with a text when there is no memory.
EMSCRIPTEN_KEEPALIVE std::byte* stowage_arena_alloc(Arena* arena, double size, double alignment) {
  const auto memory = arena->alloc(integer(size), integer(alignment));
  return report(memory) ? memory->data() : nullptr;
}

EMSCRIPTEN_KEEPALIVE void stowage_arena_reset(Arena* arena) { arena->reset(); }
EMSCRIPTEN_KEEPALIVE void stowage_arena_release(Arena* arena) { arena->release(); }

EMSCRIPTEN_KEEPALIVE void stowage_arena_stats(Arena* arena) {
  const ArenaStats stats = arena->stats();
  numbers().clear();
  for (const int64_t each : {stats.used, stats.peak_used, stats.reserved, stats.num_chunks}) {
    put(each);
  }
}

}  // extern "C"
