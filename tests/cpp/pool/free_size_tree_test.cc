#include "pool/free_size_tree.h"

#include <gtest/gtest.h>

#include <cmath>
#include <iterator>
#include <optional>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "problems/random_integer.h"
#include "stowage/base/integer.h"
#include "stowage/base/random.h"

namespace stowage {
namespace {

using problems::between;
using problems::one_in;
using problems::Random;
using Key = std::pair<int64_t, int64_t>;  // size, offset
using Keys = std::set<Key>;

std::optional<FreeBlock> expected(const Keys& keys, int64_t size, int64_t offset) {
  const auto found = keys.lower_bound({size, offset});
  if (found == keys.end()) return std::nullopt;
  return FreeBlock{found->second, found->first};
}

void expect_sound(const FreeSizeTree& tree) {
  const Status status = tree.check();
  ASSERT_FALSE(status) << status->message;
}

// By walking up from the least.
void expect_holds(const FreeSizeTree& tree, const Keys& keys) {
  ASSERT_EQ(tree.size(), static_cast<int64_t>(keys.size()));
  std::optional<FreeBlock> at = tree.first_at_least(0);
  for (const auto& [size, offset] : keys) {
    ASSERT_EQ(at, (FreeBlock{offset, size}));
    at = tree.first_at_least(size, offset + 1);
  }
  ASSERT_EQ(at, std::nullopt);
}

// Log-uniform in [64, 4096].
int64_t random_size(Random& random, int64_t multiple) {
  const auto size = static_cast<int64_t>(64 * std::exp2(6 * random_fraction(random)));
  return align_up(size, multiple);
}

TEST(FreeSizeTreeTest, IsEmptyAtFirst) {
  const FreeSizeTree tree;
  expect_holds(tree, {});
  expect_sound(tree);
  EXPECT_EQ(tree.bookkeeping_bytes(), 0);
}

TEST(FreeSizeTreeTest, HoldsTheLargestSizesAndOffsets) {
  FreeSizeTree tree;
  Keys keys;
  for (const auto& [size, offset] :
       {Key{kMaxInteger, 0}, Key{kMaxInteger - 1, 1}, Key{1, kMaxInteger - 1}, Key{1, 2},
        Key{kMaxInteger, 3}, Key{kMaxInteger, kMaxInteger}}) {
    tree.insert(offset, size);
    keys.emplace(size, offset);
    expect_sound(tree);
  }
  expect_holds(tree, keys);
  EXPECT_EQ(tree.first_at_least(2), (FreeBlock{1, kMaxInteger - 1}));
  EXPECT_EQ(tree.first_at_least(kMaxInteger, 4), (FreeBlock{kMaxInteger, kMaxInteger}));
  EXPECT_EQ(tree.first_at_least(kMaxInteger + 1), std::nullopt);
}

// Few different sizes and offsets, so that many blocks have one size and the same ones come back.
// No two are at one offset, as in a pool.
TEST(FreeSizeTreeTest, AgreesWithASetWhateverIsDone) {
  for (uint64_t seed = 0; seed < 12; ++seed) {
    Random random(seed);
    const int64_t sizes = seed % 3 == 0 ? 3 : seed % 3 == 1 ? 40 : kMaxInteger;
    FreeSizeTree tree;
    Keys keys;
    std::set<int64_t> offsets;
    bool growing = true;
    for (int i = 0; i < 6000; ++i) {
      if (keys.empty() || one_in(random, 1000)) growing = true;
      if (keys.size() > 1500 || one_in(random, 2000)) growing = false;
      const Key key{between(random, 1, sizes), between(random, 0, 4000)};
      const bool inserts = one_in(random, 4) != growing;
      if (inserts && offsets.insert(key.second).second) {
        tree.insert(key.second, key.first);
        keys.insert(key);
      }
      if (!inserts) {
        auto erased = keys.lower_bound(key);
        if (erased == keys.end()) erased = keys.begin();
        if (erased != keys.end()) {
          tree.erase(erased->second, erased->first);
          offsets.erase(erased->second);
          keys.erase(erased);
        }
      }
      const int64_t size = between(random, 1, sizes);
      const int64_t offset = between(random, 0, 4000);
      ASSERT_EQ(tree.first_at_least(size, offset), expected(keys, size, offset));
      ASSERT_EQ(tree.size(), static_cast<int64_t>(keys.size()));
      if (keys.size() < 300 || i % 50 == 0) expect_sound(tree);
      if (i % 500 == 0) expect_holds(tree, keys);
    }
    while (!keys.empty()) {
      const auto erased = std::next(keys.begin(), static_cast<int64_t>(random() % keys.size()));
      tree.erase(erased->second, erased->first);
      keys.erase(erased);
      if (keys.size() < 300) expect_sound(tree);
    }
    expect_holds(tree, {});
  }
}

// In turn: in from one end, out from the same or the other.
TEST(FreeSizeTreeTest, FillsAndEmptiesFromEitherEnd) {
  constexpr int64_t kCount = 20'000;
  FreeSizeTree tree;
  for (int way = 0; way < 4; ++way) {
    const auto size_of = [](bool ascending, int64_t i) { return ascending ? i + 1 : kCount - i; };
    for (int64_t i = 0; i < kCount; ++i) {
      const int64_t size = size_of(way % 2 == 0, i);
      tree.insert(3 * size, size);
    }
    expect_sound(tree);
    ASSERT_EQ(tree.size(), kCount);
    ASSERT_LE(tree.bookkeeping_bytes(), 26 * kCount);
    for (int64_t size = 1; size <= kCount; ++size) {
      ASSERT_EQ(tree.first_at_least(size), (FreeBlock{3 * size, size}));
    }
    for (int64_t i = 0; i < kCount; ++i) {
      const int64_t size = size_of(way / 2 == 0, i);
      tree.erase(3 * size, size);
      const int64_t next = way / 2 == 0 ? size + 1 : 1;
      ASSERT_EQ(tree.first_at_least(1),
                i + 1 < kCount ? std::optional(FreeBlock{3 * next, next}) : std::nullopt);
      if (i % 1000 == 0) expect_sound(tree);
    }
    ASSERT_EQ(tree.size(), 0);
  }
}

TEST(FreeSizeTreeTest, GivesItsMemoryBackAndStartsAgain) {
  FreeSizeTree tree;
  for (int round = 0; round < 3; ++round) {
    Keys keys;
    for (int64_t i = 0; i < 1000; ++i) {
      tree.insert(i, 1000 - i % 100);
      keys.emplace(1000 - i % 100, i);
    }
    expect_holds(tree, keys);
    expect_sound(tree);
    EXPECT_GT(tree.bookkeeping_bytes(), 0);
    tree.clear();
    EXPECT_EQ(tree.bookkeeping_bytes(), 0);
    expect_holds(tree, {});
    expect_sound(tree);
  }
}

// A pool that is in use keeps as many free blocks, of other sizes and places.
TEST(FreeSizeTreeTest, NeedsNoMoreMemoryInSteadyState) {
  for (const int64_t multiple : {1, 64}) {
    Random random(5);
    FreeSizeTree tree;
    std::vector<Key> keys;
    for (int64_t i = 0; i < 20'000; ++i) {
      keys.emplace_back(random_size(random, multiple), i * 4096);
      tree.insert(keys.back().second, keys.back().first);
    }
    const auto churn = [&](int count) {
      for (int i = 0; i < count; ++i) {
        Key& key = keys[random() % keys.size()];
        tree.erase(key.second, key.first);
        key.first = random_size(random, multiple);
        tree.insert(key.second, key.first);
      }
    };
    churn(200'000);
    const int64_t bytes = tree.bookkeeping_bytes();
    EXPECT_LE(bytes, 26 * static_cast<int64_t>(keys.size()));
    churn(400'000);
    EXPECT_EQ(tree.bookkeeping_bytes(), bytes);
    expect_sound(tree);
    expect_holds(tree, Keys(keys.begin(), keys.end()));
  }
}

}  // namespace
}  // namespace stowage
