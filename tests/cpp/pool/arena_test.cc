#include "stowage/pool/arena.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "stowage/base/integer.h"

namespace stowage {
namespace {

using ::testing::HasSubstr;

using Span = std::span<std::byte>;

Span taken(Arena& arena, int64_t size, int64_t alignment = 1) {
  return arena.alloc(size, alignment).value();
}

template <typename T>
Error error_of(const Result<T>& result) {
  return result.ok() ? Error{} : result.error();
}

TEST(ArenaTest, PutsOneBehindTheOther) {
  Arena arena({.first_chunk_size = 1024});
  const Span first = taken(arena, 100);
  EXPECT_EQ(taken(arena, 10).data(), first.data() + 100);
  EXPECT_EQ(taken(arena, 8, 8).data(), first.data() + 112);
  EXPECT_EQ(arena.stats(),
            (ArenaStats{.used = 118, .peak_used = 118, .reserved = 1024, .num_chunks = 1}));
}

TEST(ArenaTest, HandsOutElements) {
  Arena arena;
  static_cast<void>(taken(arena, 1));
  const std::span<double> data = arena.alloc_array<double>(1000).value();
  EXPECT_TRUE(is_aligned(data.data(), alignof(double)));
  std::fill(data.begin(), data.end(), 1.0);
  EXPECT_EQ(arena.stats().used, 8001);
}

TEST(ArenaTest, GrowsByChunksTwiceAsLarge) {
  Arena arena({.first_chunk_size = 100});
  for (int i = 0; i < 7; ++i) taken(arena, 100);
  EXPECT_EQ(arena.stats().num_chunks, 3);
  EXPECT_EQ(arena.stats().reserved, 100 + 200 + 400);
  taken(arena, 10'000);
  EXPECT_EQ(arena.stats().reserved, 100 + 200 + 400 + 10'000);
}

TEST(ArenaTest, ResetKeepsTheMemoryAndUsesItAgain) {
  Arena arena({.first_chunk_size = 100});
  const auto fill = [&] {
    std::vector<std::byte*> addresses;
    for (int i = 1; i < 50; ++i) addresses.push_back(taken(arena, i * 7, 16).data());
    return addresses;
  };
  const std::vector<std::byte*> first = fill();
  const ArenaStats full = arena.stats();
  arena.reset();
  EXPECT_EQ(arena.stats(),
            (ArenaStats{
                .peak_used = full.used, .reserved = full.reserved, .num_chunks = full.num_chunks}));
  EXPECT_EQ(fill(), first);
  EXPECT_EQ(arena.stats(), full);
}

TEST(ArenaTest, ReleaseGivesTheMemoryBack) {
  Arena arena;
  taken(arena, 100);
  arena.release();
  EXPECT_EQ(arena.stats(), (ArenaStats{.peak_used = 100}));
  EXPECT_EQ(taken(arena, 100).size(), 100);
}

TEST(ArenaTest, RefusesBadInputAndStaysAsItWas) {
  Arena arena({.first_chunk_size = -5});
  taken(arena, 60);
  const ArenaStats before = arena.stats();
  for (const int64_t size : {int64_t{0}, int64_t{-1}, kMaxInteger + 1}) {
    EXPECT_THAT(error_of(arena.alloc(size)).message, HasSubstr("size is "));
  }
  for (const int64_t alignment : {int64_t{0}, int64_t{-8}, int64_t{12}}) {
    EXPECT_THAT(error_of(arena.alloc(1, alignment)).message, HasSubstr("a power of two"));
  }
  EXPECT_THAT(error_of(arena.alloc_array<float>(0)).message, HasSubstr("count is 0"));
  EXPECT_EQ(error_of(arena.alloc(int64_t{1} << 50)).code, ErrorCode::kOutOfMemory);
  EXPECT_EQ(error_of(arena.alloc(1, int64_t{1} << 62)).code, ErrorCode::kOutOfMemory);
  EXPECT_EQ(arena.stats(), before);
  taken(arena, 4);
  EXPECT_EQ(arena.stats().num_chunks, 1);  // The first chunk, of 64 bytes, was still being filled.
}

TEST(ArenaPropertyTest, HandsOutNothingTwice) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    std::mt19937_64 random(seed);
    Arena arena({.first_chunk_size = 64});
    for (int round = 0; round < 5; ++round) {
      std::vector<std::pair<Span, std::byte>> handed_out;
      int64_t used = 0;
      for (int i = 0; i < 200; ++i) {
        const auto size = static_cast<int64_t>(1 + random() % 300);
        const int64_t alignment = int64_t{1} << (random() % 9);
        const Span span = taken(arena, size, alignment);
        ASSERT_EQ(std::ssize(span), size);
        ASSERT_TRUE(is_aligned(span.data(), alignment));
        const auto value = static_cast<std::byte>(random());
        std::fill(span.begin(), span.end(), value);
        handed_out.emplace_back(span, value);
        used += size;
      }
      for (const auto& [span, value] : handed_out) {
        ASSERT_TRUE(std::all_of(span.begin(), span.end(),
                                [value = value](std::byte each) { return each == value; }));
      }
      ASSERT_EQ(arena.stats().used, used);
      arena.reset();
    }
  }
}

}  // namespace
}  // namespace stowage
