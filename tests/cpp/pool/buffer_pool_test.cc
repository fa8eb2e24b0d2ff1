#include "stowage/pool/buffer_pool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "stowage/base/integer.h"
#include "stowage/pool/pool_allocator.h"

namespace stowage {
namespace {

using ::testing::HasSubstr;

using Span = std::span<std::byte>;

Span taken(BufferPool& pool, int64_t size, int64_t alignment = 1) {
  return pool.get_or_alloc(size, alignment).value();
}

template <typename T>
Error error_of(const Result<T>& result) {
  return result.ok() ? Error{} : result.error();
}

TEST(BufferPoolTest, HasNothingToGetAtFirst) {
  BufferPool pool;
  EXPECT_EQ(pool.get(4096).value().has_value(), false);
  EXPECT_EQ(pool.stats(), (BufferPoolStats{.misses = 1}));
}

TEST(BufferPoolTest, GivesABufferAgainThatWasPut) {
  BufferPool pool;
  const Span first = taken(pool, 4096);
  EXPECT_EQ(first.size(), 4096);
  EXPECT_EQ(pool.put(first), std::nullopt);
  const auto second = pool.get(4000).value();
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(second->data(), first.data());
  EXPECT_EQ(second->size(), 4096);
  EXPECT_EQ(
      pool.stats(),
      (BufferPoolStats{
          .hits = 1, .misses = 1, .hit_rate = 0.5, .active_buffers = 1, .active_bytes = 4096}));
}

TEST(BufferPoolTest, NeverAnswersWithLessThanWasAskedFor) {
  BufferPool pool;
  ASSERT_EQ(pool.put(taken(pool, 65)), std::nullopt);
  EXPECT_EQ(pool.get(129).value().has_value(), false);
  EXPECT_EQ(pool.get(128).value()->size(), 128);
}

TEST(BufferPoolTest, KeepsABucketForEachPowerOfTwo) {
  BufferPool pool;
  for (int i = 0; i < BufferPool::kNumBuckets; ++i) {
    const int64_t capacity = int64_t{64} << i;
    EXPECT_EQ(std::ssize(taken(pool, capacity)), capacity);
    EXPECT_EQ(std::ssize(taken(pool, capacity / 2 + 1)), capacity);
    pool.clear();
    // A request for one byte more does not find them, that for the capacity finds both.
    EXPECT_EQ(pool.get(capacity + 1).value().has_value(), false);
    EXPECT_EQ(pool.get(capacity).value().has_value(), true);
    EXPECT_EQ(pool.get(capacity).value().has_value(), true);
    EXPECT_EQ(pool.get(capacity).value().has_value(), false);
    pool.clear();
    pool.trim();
  }
}

TEST(BufferPoolTest, ServesSmallRequestsFromTheFirstBucket) {
  BufferPool pool;
  const Span buffer = taken(pool, 1);
  EXPECT_EQ(buffer.size(), 64);
  EXPECT_EQ(pool.put(buffer), std::nullopt);
  EXPECT_EQ(pool.get(64).value()->data(), buffer.data());
}

TEST(BufferPoolTest, LooksThroughTheLastBucketForWhatIsLargeEnough) {
  constexpr int64_t kMebibyte = 1 << 20;
  BufferPool pool;
  const Span large = taken(pool, 65 * kMebibyte);
  EXPECT_EQ(std::ssize(large), 128 * kMebibyte);
  const Span small = taken(pool, 64 * kMebibyte);
  EXPECT_EQ(pool.put(large), std::nullopt);
  EXPECT_EQ(pool.put(small), std::nullopt);
  EXPECT_EQ(pool.get(65 * kMebibyte).value()->data(), large.data());
  EXPECT_EQ(pool.get(128 * kMebibyte).value().has_value(), false);
}

TEST(BufferPoolTest, DoesNotPoolWhatIsBeyondTheLastBucket) {
  BufferPool pool;
  const int64_t size = BufferPool::kMaxCapacity + 1;
  const Span buffer = taken(pool, size);
  EXPECT_EQ(std::ssize(buffer), size);
  EXPECT_EQ(pool.put(buffer), std::nullopt);
  EXPECT_EQ(pool.get(size).value().has_value(), false);
  EXPECT_EQ(pool.stats(), (BufferPoolStats{.misses = 2}));
  taken(pool, size);
  pool.clear();
  EXPECT_EQ(pool.stats(), (BufferPoolStats{.misses = 3}));
}

TEST(BufferPoolTest, TakesTheBufferPutBackLast) {
  BufferPool pool;
  const Span first = taken(pool, 100);
  const Span second = taken(pool, 100);
  EXPECT_EQ(pool.put(second), std::nullopt);
  EXPECT_EQ(pool.put(first), std::nullopt);
  EXPECT_EQ(taken(pool, 100).data(), first.data());
  EXPECT_EQ(taken(pool, 100).data(), second.data());
}

TEST(BufferPoolTest, AlignsWhatItAllocatesAndWhatItGives) {
  BufferPool pool;
  std::vector<Span> buffers;
  for (int64_t alignment = 1; alignment <= 65536; alignment *= 2) {
    const Span buffer = taken(pool, 100, alignment);
    EXPECT_TRUE(is_aligned(buffer.data(), std::max<int64_t>(alignment, 64)));
    EXPECT_EQ(buffer.size(), 128);
    buffers.push_back(buffer);
  }
  for (const Span buffer : buffers) EXPECT_EQ(pool.put(buffer), std::nullopt);
  for (int64_t alignment = 65536; alignment >= 1; alignment /= 2) {
    const auto buffer = pool.get_aligned(100, alignment).value();
    ASSERT_TRUE(buffer.has_value());
    EXPECT_TRUE(is_aligned(buffer->data(), alignment));
  }
}

TEST(BufferPoolTest, GetsNoBufferThatIsNotAligned) {
  BufferPool pool;
  // Of two neighbouring multiples of 64, one is not a multiple of 128.
  std::vector<Span> buffers;
  while (buffers.empty() || is_aligned(buffers.back().data(), 128)) {
    buffers.push_back(taken(pool, 64));
  }
  const Span misaligned = buffers.back();
  EXPECT_EQ(pool.put(misaligned), std::nullopt);
  EXPECT_EQ(pool.get_aligned(64, 128).value().has_value(), false);
  EXPECT_EQ(pool.get_aligned(64, 64).value()->data(), misaligned.data());
  EXPECT_THAT(pool.put_aligned(misaligned, 128)->message, HasSubstr("a multiple of 128"));
  EXPECT_EQ(pool.put_aligned(misaligned, 64), std::nullopt);
}

TEST(BufferPoolTest, ClearPutsBackAllThatIsActiveAndKeepsTheMemory) {
  BufferPool pool;
  const Span first = taken(pool, 100);
  const Span second = taken(pool, 100);
  pool.clear();
  EXPECT_EQ(pool.stats().pooled_bytes, 256);
  EXPECT_EQ(pool.stats().active_buffers, 0);
  EXPECT_EQ(taken(pool, 100).data(), second.data());
  EXPECT_EQ(taken(pool, 100).data(), first.data());
  EXPECT_EQ(pool.stats().hits, 2);
}

TEST(BufferPoolTest, TrimFreesWhatIsPooledOnly) {
  BufferPool pool;
  const Span active = taken(pool, 100);
  ASSERT_EQ(pool.put(taken(pool, 1000)), std::nullopt);
  pool.trim();
  EXPECT_EQ(pool.stats().pooled_buffers, 0);
  EXPECT_EQ(pool.stats().pooled_bytes, 0);
  EXPECT_EQ(pool.get(1000).value().has_value(), false);
  EXPECT_EQ(pool.put(active), std::nullopt);
}

TEST(BufferPoolTest, KeepsNoMoreInABucketThanItsLimit) {
  BufferPool pool({.max_buffers_per_bucket = 2});
  for (int i = 0; i < 5; ++i) taken(pool, 100);
  taken(pool, 1000);
  pool.clear();
  EXPECT_EQ(pool.stats().pooled_buffers, 3);
  EXPECT_EQ(pool.stats().pooled_bytes, 2 * 128 + 1024);
}

TEST(BufferPoolTest, ResetsItsCounters) {
  BufferPool pool;
  taken(pool, 100);
  pool.reset_counters();
  EXPECT_EQ(pool.stats(), (BufferPoolStats{.active_buffers = 1, .active_bytes = 128}));
}

TEST(BufferPoolTest, RefusesBadInputAndStaysAsItWas) {
  BufferPool pool;
  const Span buffer = taken(pool, 100);
  const BufferPoolStats before = pool.stats();
  for (const int64_t size : {int64_t{0}, int64_t{-1}, kMaxInteger + 1}) {
    EXPECT_THAT(error_of(pool.get(size)).message, HasSubstr("size is "));
    EXPECT_THAT(error_of(pool.get_or_alloc(size)).message, HasSubstr("size is "));
  }
  for (const int64_t alignment : {int64_t{0}, int64_t{-4}, int64_t{3}, int64_t{96}}) {
    EXPECT_THAT(error_of(pool.get_aligned(1, alignment)).message, HasSubstr("a power of two"));
    EXPECT_THAT(error_of(pool.get_or_alloc(1, alignment)).message, HasSubstr("a power of two"));
    EXPECT_THAT(pool.put_aligned(buffer, alignment)->message, HasSubstr("a power of two"));
  }
  std::byte foreign{};
  EXPECT_THAT(pool.put({&foreign, 1})->message, HasSubstr("is not one of this pool"));
  EXPECT_THAT(pool.put(buffer.subspan(1))->message, HasSubstr("is not one of this pool"));
  EXPECT_THAT(pool.put({})->message, HasSubstr("is not one of this pool"));
  EXPECT_EQ(pool.stats(), before);
  EXPECT_EQ(pool.put(buffer), std::nullopt);
  EXPECT_THAT(pool.put(buffer)->message, HasSubstr("was put back already"));
}

TEST(BufferPoolTest, SaysWhenThereIsNoMemory) {
  BufferPool pool;
  const Span kept = taken(pool, 100);
  for (const int64_t size : {int64_t{1} << 50, kMaxInteger}) {
    const Error error = error_of(pool.get_or_alloc(size));
    EXPECT_EQ(error.code, ErrorCode::kOutOfMemory);
    EXPECT_THAT(error.message, HasSubstr(std::to_string(size) + " bytes"));
  }
  EXPECT_EQ(error_of(pool.get_or_alloc(1, int64_t{1} << 62)).code, ErrorCode::kOutOfMemory);
  EXPECT_EQ(pool.put(kept), std::nullopt);
  EXPECT_EQ(pool.get(100).value()->data(), kept.data());
}

// Against the definitions: buckets that are vectors, and what each buffer must still hold.
class BufferPoolPropertyTest : public ::testing::TestWithParam<uint64_t> {};

TEST_P(BufferPoolPropertyTest, AgreesWithItsDefinition) {
  std::mt19937_64 random(GetParam());
  const uint32_t limit = GetParam() % 2 == 0 ? UINT32_MAX : 3;
  BufferPool pool({.max_buffers_per_bucket = limit});
  std::map<size_t, std::vector<std::byte*>> pooled;  // by capacity, the last one put back last
  std::vector<std::pair<Span, std::byte>> active;    // with what was written into each
  const auto fill = [&](Span buffer) {
    const auto value = static_cast<std::byte>(random());
    std::fill(buffer.begin(), buffer.end(), value);
    active.emplace_back(buffer, value);
  };
  const auto put_back = [&](Span buffer) {
    auto& bucket = pooled[buffer.size()];
    if (bucket.size() < limit) bucket.push_back(buffer.data());
  };
  for (int i = 0; i < 5000; ++i) {
    const uint64_t choice = random() % 100;
    if (choice < 50) {
      const auto size = static_cast<int64_t>(1 + random() % (uint64_t{1} << (random() % 14)));
      const size_t capacity = std::max<size_t>(64, std::bit_ceil(static_cast<size_t>(size)));
      auto& bucket = pooled[capacity];
      const Span buffer = taken(pool, size);
      ASSERT_EQ(buffer.size(), capacity);
      if (!bucket.empty()) {
        ASSERT_EQ(buffer.data(), bucket.back());
        bucket.pop_back();
      }
      fill(buffer);
    } else if (choice < 97 && !active.empty()) {
      const size_t index = random() % active.size();
      const auto [buffer, value] = active[index];
      ASSERT_TRUE(std::all_of(buffer.begin(), buffer.end(),
                              [value = value](std::byte each) { return each == value; }));
      ASSERT_EQ(pool.put(buffer), std::nullopt);
      put_back(buffer);
      active.erase(active.begin() + static_cast<std::ptrdiff_t>(index));
    } else if (choice == 98) {
      pool.clear();
      for (const auto& [buffer, value] : active) put_back(buffer);
      active.clear();
    } else if (choice == 99) {
      pool.trim();
      pooled.clear();
    }
    BufferPoolStats expected;
    for (const auto& [capacity, bucket] : pooled) {
      expected.pooled_buffers += std::ssize(bucket);
      expected.pooled_bytes += static_cast<int64_t>(capacity * bucket.size());
    }
    for (const auto& [buffer, value] : active) expected.active_bytes += std::ssize(buffer);
    const BufferPoolStats stats = pool.stats();
    ASSERT_EQ(stats.pooled_buffers, expected.pooled_buffers);
    ASSERT_EQ(stats.pooled_bytes, expected.pooled_bytes);
    ASSERT_EQ(stats.active_buffers, std::ssize(active));
    ASSERT_EQ(stats.active_bytes, expected.active_bytes);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, BufferPoolPropertyTest, ::testing::Range<uint64_t>(0, 6));

TEST(PoolAllocatorTest, HandsOutTypedSpans) {
  PoolAllocator allocator;
  const std::span<float> data = allocator.alloc<float>(1024).value();
  EXPECT_EQ(data.size(), 1024);
  std::fill(data.begin(), data.end(), 1.0F);
  EXPECT_EQ(allocator.free(data), std::nullopt);
  EXPECT_EQ(static_cast<void*>(allocator.alloc<double>(512).value().data()), data.data());
  allocator.clear();
  EXPECT_EQ(allocator.pool().stats().pooled_bytes, 4096);
}

TEST(PoolAllocatorTest, AlignsForItsElements) {
  struct alignas(256) Line {
    std::byte bytes[256];
  };
  PoolAllocator allocator;
  for (int i = 0; i < 4; ++i) {
    EXPECT_TRUE(is_aligned(allocator.alloc<Line>(3).value().data(), 256));
  }
}

TEST(PoolAllocatorTest, RefusesWhatIsNotACount) {
  PoolAllocator allocator;
  EXPECT_THAT(error_of(allocator.alloc<float>(0)).message, HasSubstr("count is 0"));
  EXPECT_THAT(error_of(allocator.alloc<float>(-1)).message, HasSubstr("count is -1"));
  EXPECT_THAT(error_of(allocator.alloc<double>(kMaxInteger / 4)).message,
              HasSubstr("elements of 8 bytes"));
  std::vector<float> foreign(16);
  EXPECT_THAT(allocator.free(std::span(foreign))->message, HasSubstr("not one of this pool"));
}

TEST(PooledSpanTest, PutsItsBufferBackWhenItEnds) {
  PoolAllocator allocator;
  {
    const PooledSpan<float> data = allocator.borrow<float>(16).value();
    data[3] = 2;
    EXPECT_EQ(data.size(), 16);
    EXPECT_EQ(*(data.begin() + 3), 2);
    EXPECT_EQ(allocator.pool().stats().active_buffers, 1);
  }
  EXPECT_EQ(allocator.pool().stats().active_buffers, 0);
}

TEST(PooledSpanTest, MovesWithItsBuffer) {
  PoolAllocator allocator;
  PooledSpan<float> first = std::move(allocator.borrow<float>(16).value());
  PooledSpan<float> second = std::move(first);
  EXPECT_EQ(allocator.pool().stats().active_buffers, 1);
  second = std::move(allocator.borrow<float>(1000).value());
  EXPECT_EQ(allocator.pool().stats().active_buffers, 1);
  EXPECT_EQ(second.size(), 1000);
  second.reset();
  EXPECT_EQ(second.size(), 0);
  EXPECT_EQ(allocator.pool().stats().active_buffers, 0);
}

TEST(PooledSpanTest, LeavesABufferAloneThatSomeoneElseHasByNow) {
  PoolAllocator allocator;
  PooledSpan<float> before = std::move(allocator.borrow<float>(16).value());
  allocator.clear();
  const std::span<float> after = allocator.alloc<float>(16).value();
  EXPECT_EQ(after.data(), before.data());
  before.reset();
  EXPECT_EQ(allocator.pool().stats().active_buffers, 1);
  EXPECT_EQ(allocator.free(after), std::nullopt);
}

}  // namespace
}  // namespace stowage
