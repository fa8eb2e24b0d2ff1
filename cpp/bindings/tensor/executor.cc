// Executor and ExecutorBuffer as JavaScript sees them; npm/src/tensor/module.ts says the same in
// TypeScript.
#include "stowage/tensor/executor.h"

#include <emscripten/emscripten.h>

#include "bindings/exchange/exchange.h"
#include "bindings/tensor/bound_executor.h"
#include "stowage/tensor/buffer_operations.h"

namespace {

using stowage::BinaryOperation;
using stowage::ExecutorBuffer;
using stowage::Loss;
using stowage::Reduction;
using stowage::Result;
using stowage::Status;
using stowage::UnaryOperation;
using stowage::bindings::BoundExecutor;
using stowage::bindings::float_or_error;
using stowage::bindings::integer;
using stowage::bindings::kNoNumber;
using stowage::bindings::numbers;
using stowage::bindings::put;
using stowage::bindings::report;

int32_t hold(BoundExecutor* executor, Result<ExecutorBuffer> buffer) {
  if (!report(buffer)) return kNoNumber;
  return executor->buffers.add(std::make_shared<const ExecutorBuffer>(std::move(*buffer)));
}

// 1, or 0 with an error.
int done(const Status& status) { return report(status) ? 1 : 0; }

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE BoundExecutor* stowage_executor_make() { return new BoundExecutor(); }

EMSCRIPTEN_KEEPALIVE void stowage_executor_delete(BoundExecutor* executor) {
  // First, as what ends after it need not be given back.
  executor->executor.dispose();
  delete executor;
}

EMSCRIPTEN_KEEPALIVE void stowage_executor_stats(BoundExecutor* executor) {
  const stowage::ExecutorStats stats = executor->executor.stats();
  numbers().clear();
  for (const int64_t each : {stats.num_buffers, stats.used_bytes, stats.peak_used_bytes,
                             stats.reserved_bytes, stats.largest_free}) {
    put(each);
  }
  put(stats.fragmentation);
  put(stats.num_regions);
}

EMSCRIPTEN_KEEPALIVE void stowage_executor_defragment(BoundExecutor* executor) {
  const auto report_of = executor->executor.defragment();
  numbers().clear();
  for (const int64_t each :
       {report_of.moved_buffers, report_of.moved_bytes, report_of.released_bytes}) {
    put(each);
  }
}

EMSCRIPTEN_KEEPALIVE int32_t stowage_buffer_allocate(BoundExecutor* executor, double length) {
  return hold(executor, executor->executor.allocate(integer(length)));
}

EMSCRIPTEN_KEEPALIVE int32_t stowage_buffer_allocate_boundary(BoundExecutor* executor,
                                                              double class_index, double width,
                                                              double height) {
  return hold(executor, executor->executor.allocate_boundary(integer(class_index), integer(width),
                                                             integer(height)));
}

EMSCRIPTEN_KEEPALIVE void stowage_buffer_release(BoundExecutor* executor, int32_t buffer) {
  executor->buffers.remove(buffer);
}

EMSCRIPTEN_KEEPALIVE double stowage_buffer_num_aliases(BoundExecutor* executor, int32_t buffer) {
  return static_cast<double>(executor->buffer(buffer).num_aliases());
}

// Leaves its length, its bytes, whether it is a boundary buffer, and its class.
EMSCRIPTEN_KEEPALIVE void stowage_buffer_describe(BoundExecutor* executor, int32_t number) {
  const ExecutorBuffer& buffer = executor->buffer(number);
  numbers().clear();
  put(buffer.length());
  put(buffer.size_bytes());
  put(buffer.pool() == stowage::BufferPoolKind::kBoundary ? 1 : 0);
  put(buffer.class_index());
}

// Where its elements are until the next call.
EMSCRIPTEN_KEEPALIVE float* stowage_buffer_data(BoundExecutor* executor, int32_t buffer) {
  return executor->buffer(buffer).data()->data();
}

EMSCRIPTEN_KEEPALIVE int stowage_buffer_fill(BoundExecutor* executor, int32_t buffer, float value,
                                             double length) {
  return done(fill(executor->buffer(buffer), value, integer(length)));
}

EMSCRIPTEN_KEEPALIVE int stowage_buffer_copy(BoundExecutor* executor, int32_t in, int32_t out,
                                             double length) {
  return done(copy(executor->buffer(in), executor->buffer(out), integer(length)));
}

EMSCRIPTEN_KEEPALIVE int stowage_buffer_unary(BoundExecutor* executor, int operation, int32_t in,
                                              int32_t out, double length) {
  return done(apply(static_cast<UnaryOperation>(operation), executor->buffer(in),
                    executor->buffer(out), integer(length)));
}

EMSCRIPTEN_KEEPALIVE int stowage_buffer_binary(BoundExecutor* executor, int operation, int32_t a,
                                               int32_t b, int32_t out, double length) {
  return done(apply(static_cast<BinaryOperation>(operation), executor->buffer(a),
                    executor->buffer(b), executor->buffer(out), integer(length)));
}

EMSCRIPTEN_KEEPALIVE int stowage_buffer_binary_scalar(BoundExecutor* executor, int operation,
                                                      int32_t a, float b, int32_t out,
                                                      double length) {
  return done(apply(static_cast<BinaryOperation>(operation), executor->buffer(a), b,
                    executor->buffer(out), integer(length)));
}

EMSCRIPTEN_KEEPALIVE int stowage_buffer_clip(BoundExecutor* executor, int32_t in, float lo,
                                             float hi, int32_t out, double length) {
  return done(clip(executor->buffer(in), lo, hi, executor->buffer(out), integer(length)));
}

EMSCRIPTEN_KEEPALIVE int stowage_buffer_softmax(BoundExecutor* executor, int32_t in, int32_t out,
                                                double length) {
  return done(softmax(executor->buffer(in), executor->buffer(out), integer(length)));
}

// kNoFloat with an error.
EMSCRIPTEN_KEEPALIVE double stowage_buffer_reduce(BoundExecutor* executor, int reduction,
                                                  int32_t in, int32_t out, double length) {
  return float_or_error(reduce(static_cast<Reduction>(reduction), executor->buffer(in),
                               executor->buffer(out), integer(length)));
}

EMSCRIPTEN_KEEPALIVE double stowage_buffer_loss(BoundExecutor* executor, int kind,
                                                int32_t predictions, int32_t targets, int32_t out,
                                                double length, float epsilon) {
  return float_or_error(loss(static_cast<Loss>(kind), executor->buffer(predictions),
                             executor->buffer(targets), executor->buffer(out), integer(length),
                             epsilon));
}

EMSCRIPTEN_KEEPALIVE int stowage_buffer_gemm(BoundExecutor* executor, int32_t a, int32_t b,
                                             int32_t c, double m, double n, double k) {
  return done(gemm(executor->buffer(a), executor->buffer(b), executor->buffer(c), integer(m),
                   integer(n), integer(k)));
}

EMSCRIPTEN_KEEPALIVE int stowage_buffer_matvec(BoundExecutor* executor, int32_t a, int32_t x,
                                               int32_t y, double m, double n) {
  return done(matvec(executor->buffer(a), executor->buffer(x), executor->buffer(y), integer(m),
                     integer(n)));
}

}  // extern "C"
