#include "pool/free_bins.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "problems/random_integer.h"
#include "stowage/base/integer.h"

namespace stowage {
namespace {

using problems::between;
using problems::one_in;
using problems::Random;

// The least size of the class of `size`, by the definition: each size below 32 for itself, each
// power of two divided by 32.
int64_t least_of_class(int64_t size) {
  int64_t width = 1;
  while (size / width >= 64) width *= 2;
  return size / width * width;
}

// Lists by the least sizes of their classes.
class NaiveBins {
 public:
  void insert(int64_t offset, int64_t size) { lists_[least_of_class(size)].push_front(offset); }

  void erase(int64_t offset, int64_t size) {
    const auto list = lists_.find(least_of_class(size));
    list->second.remove(offset);
    if (list->second.empty()) lists_.erase(list);
  }

  [[nodiscard]] std::optional<int64_t> find(int64_t size) const {
    const auto list = lists_.lower_bound(size);
    if (list == lists_.end()) return std::nullopt;
    return list->second.front();
  }

  [[nodiscard]] std::vector<int64_t> order() const {
    std::vector<int64_t> offsets;
    for (const auto& each : lists_) {
      offsets.insert(offsets.end(), each.second.begin(), each.second.end());
    }
    return offsets;
  }

 private:
  std::map<int64_t, std::list<int64_t>> lists_;
};

struct Entry {
  int64_t offset;
  int64_t size;
  uint32_t node;
};

void expect_sound(const FreeBins& bins) {
  const Status status = bins.check();
  ASSERT_FALSE(status) << status->message;
}

// Sizes at the borders of classes: near the sum of few powers of two.
int64_t random_size(Random& random, int bits) {
  const int64_t power = int64_t{1} << between(random, 0, bits - 1);
  const int64_t size = power + power / 32 * between(random, 0, 32) + between(random, -1, 1);
  return std::min(std::max<int64_t>(size, 1), kMaxInteger);
}

TEST(FreeBinsTest, IsEmptyAtFirst) {
  const FreeBins bins;
  EXPECT_EQ(bins.find(1), std::nullopt);
  EXPECT_EQ(bins.find(kMaxInteger), std::nullopt);
  EXPECT_TRUE(bins.order().empty());
  EXPECT_EQ(bins.bookkeeping_bytes(), 0);
  expect_sound(bins);
}

TEST(FreeBinsTest, FindsWhatIsSurelyLargeEnough) {
  for (int64_t power = 1; power < kMaxInteger; power *= 2) {
    for (int64_t step = 0; step < 32; ++step) {
      for (int64_t nudge = -1; nudge <= 1; ++nudge) {
        const int64_t held = power + power / 32 * step + nudge;
        if (held < 1 || held > kMaxInteger) continue;
        FreeBins bins;
        bins.insert(5, held);
        const int64_t least = least_of_class(held);
        EXPECT_EQ(bins.find(1), 5) << held;
        EXPECT_EQ(bins.find(least), 5) << held;
        EXPECT_EQ(bins.find(least + 1), std::nullopt) << held;
      }
    }
  }
}

TEST(FreeBinsTest, RoundsBeyondTheLargestSize) {
  FreeBins bins;
  bins.insert(0, kMaxInteger);
  EXPECT_EQ(bins.find(kMaxInteger), std::nullopt);
  EXPECT_EQ(bins.find(int64_t{1} << 53), std::nullopt);
  EXPECT_EQ(bins.find((int64_t{1} << 62) - 1), std::nullopt);
  EXPECT_EQ(bins.find(least_of_class(kMaxInteger)), 0);
}

TEST(FreeBinsTest, TakesTheLastOfAClassFirst) {
  FreeBins bins;
  std::vector<uint32_t> nodes;
  for (int64_t offset = 0; offset < 4; ++offset) nodes.push_back(bins.insert(offset, 100));
  EXPECT_EQ(bins.order(), (std::vector<int64_t>{3, 2, 1, 0}));
  EXPECT_EQ(bins.find(100), 3);
  bins.erase(nodes[1], 100);  // within the list
  EXPECT_EQ(bins.order(), (std::vector<int64_t>{3, 2, 0}));
  bins.erase(nodes[3], 100);  // its head
  EXPECT_EQ(bins.find(100), 2);
  bins.erase(nodes[0], 100);  // its end
  EXPECT_EQ(bins.order(), (std::vector<int64_t>{2}));
  bins.erase(nodes[2], 100);
  EXPECT_EQ(bins.find(1), std::nullopt);
  expect_sound(bins);
}

TEST(FreeBinsTest, AgreesWithListsWhateverIsDone) {
  for (const int bits : {6, 14, 53}) {
    Random random(static_cast<uint64_t>(bits));
    FreeBins bins;
    NaiveBins naive;
    std::vector<Entry> entries;
    int64_t next_offset = 0;
    for (int i = 0; i < 8000; ++i) {
      const bool inserts = entries.empty() || one_in(random, 2);
      if (inserts) {
        const int64_t size = random_size(random, bits);
        entries.push_back({next_offset, size, bins.insert(next_offset, size)});
        naive.insert(next_offset++, size);
      } else {
        std::swap(entries[random() % entries.size()], entries.back());
        const Entry erased = entries.back();
        entries.pop_back();
        ASSERT_EQ(bins.offset(erased.node), erased.offset);
        bins.erase(erased.node, erased.size);
        naive.erase(erased.offset, erased.size);
      }
      const int64_t size = random_size(random, bits);
      ASSERT_EQ(bins.find(size), naive.find(size)) << size;
      expect_sound(bins);
      if (i % 20 == 0) {
        ASSERT_EQ(bins.order(), naive.order());
      }
    }
  }
}

TEST(FreeBinsTest, IsMadeAgainFromItsOrder) {
  Random random(3);
  FreeBins bins;
  std::map<int64_t, int64_t> sizes;  // by offset
  std::vector<Entry> entries;
  for (int64_t offset = 0; offset < 3000; ++offset) {
    const int64_t size = random_size(random, 20);
    entries.push_back({offset, size, bins.insert(offset, size)});
    sizes[offset] = size;
  }
  for (size_t i = 0; i < entries.size(); i += 3) bins.erase(entries[i].node, entries[i].size);
  const std::vector<int64_t> order = bins.order();
  FreeBins again;
  for (auto offset = order.rbegin(); offset != order.rend(); ++offset) {
    again.insert(*offset, sizes[*offset]);
  }
  EXPECT_EQ(again.order(), order);
  expect_sound(again);
}

TEST(FreeBinsTest, GivesItsMemoryBackAndNeedsNoMoreInSteadyState) {
  Random random(4);
  FreeBins bins;
  for (int round = 0; round < 2; ++round) {
    std::vector<Entry> entries;
    for (int64_t offset = 0; offset < 20'000; ++offset) {
      const int64_t size = random_size(random, 40);
      entries.push_back({offset, size, bins.insert(offset, size)});
    }
    const int64_t bytes = bins.bookkeeping_bytes();
    EXPECT_LE(bytes, 16 * 20'000 + 16 * 1024);
    for (int i = 0; i < 100'000; ++i) {
      Entry& entry = entries[random() % entries.size()];
      bins.erase(entry.node, entry.size);
      entry.size = random_size(random, 40);
      entry.node = bins.insert(entry.offset, entry.size);
    }
    EXPECT_EQ(bins.bookkeeping_bytes(), bytes);
    expect_sound(bins);
    bins.clear();
    EXPECT_EQ(bins.bookkeeping_bytes(), 0);
    EXPECT_EQ(bins.find(1), std::nullopt);
    EXPECT_TRUE(bins.order().empty());
    expect_sound(bins);
  }
}

}  // namespace
}  // namespace stowage
