#include "stowage/pool/memory_resource.h"

#include <gtest/gtest.h>

#ifdef __cpp_lib_memory_resource

#include <cstdint>
#include <memory_resource>
#include <numeric>
#include <string>
#include <unordered_map>
#include <vector>

namespace stowage {
namespace {

// Fills containers of the standard library, and checks what they hold.
void use(std::pmr::memory_resource& resource) {
  std::pmr::vector<int64_t> numbers(&resource);
  for (int64_t i = 0; i < 1000; ++i) numbers.push_back(i);
  EXPECT_EQ(std::accumulate(numbers.begin(), numbers.end(), int64_t{0}), 499'500);
  std::pmr::unordered_map<int, std::pmr::string> names(&resource);
  for (int i = 0; i < 100; ++i) names[i] = std::string(static_cast<size_t>(i), 'x');
  for (int i = 0; i < 100; ++i) EXPECT_EQ(names.at(i).size(), static_cast<size_t>(i));
}

TEST(MemoryResourceTest, ServesContainersFromABufferPool) {
  BufferPool pool;
  BufferPoolResource resource(pool);
  use(resource);
  EXPECT_EQ(pool.stats().active_buffers, 0);
  const int64_t misses = pool.stats().misses;
  use(resource);
  EXPECT_EQ(pool.stats().misses, misses);  // The second time, all memory was there.
}

TEST(MemoryResourceTest, ServesContainersFromAnArena) {
  Arena arena;
  ArenaResource resource(arena);
  use(resource);
  const ArenaStats stats = arena.stats();
  EXPECT_GT(stats.used, 8000);
  arena.reset();
  use(resource);
  EXPECT_EQ(arena.stats(), stats);
}

TEST(MemoryResourceTest, IsEqualToItselfOnly) {
  BufferPool pool;
  const BufferPoolResource first(pool);
  const BufferPoolResource second(pool);
  EXPECT_TRUE(first.is_equal(first));
  EXPECT_FALSE(first.is_equal(second));
}

TEST(MemoryResourceTest, AlignsAndTakesRequestsForNothing) {
  BufferPool pool;
  BufferPoolResource resource(pool);
  void* nothing = resource.allocate(0, 1);
  void* aligned = resource.allocate(100, 4096);
  EXPECT_NE(nothing, nullptr);
  EXPECT_TRUE(is_aligned(aligned, 4096));
  resource.deallocate(aligned, 100, 4096);
  resource.deallocate(nothing, 0, 1);
  EXPECT_EQ(pool.stats().active_buffers, 0);
}

}  // namespace
}  // namespace stowage

#endif  // __cpp_lib_memory_resource
