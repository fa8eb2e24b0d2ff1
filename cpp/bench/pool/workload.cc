#include "bench/pool/workload.h"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "problems/random_integer.h"

namespace stowage::bench {
namespace {

constexpr uint64_t kSeed = 1;
constexpr int64_t kPairs = 1 << 20;
constexpr double kLeastSize = 64;
constexpr double kLargestSize = 4096;
constexpr double kRoom = 2.5;  // with 2, worst fit finds no place for some blocks

class Operations {
 public:
  void alloc(int64_t slot, int64_t size, int64_t alignment = 1) {
    numbers_.push_back(static_cast<double>(slot));
    numbers_.push_back(static_cast<double>(size));
    numbers_.push_back(static_cast<double>(alignment));
  }
  void free(int64_t slot) { alloc(slot, 0); }

  [[nodiscard]] int64_t count() const { return static_cast<int64_t>(numbers_.size()) / 3; }
  [[nodiscard]] std::vector<double> take() { return std::move(numbers_); }

 private:
  std::vector<double> numbers_;
};

// Log-uniform from the least size to the largest.
int64_t random_size(problems::Random& random) {
  const double fraction = static_cast<double>(random() >> 11) * 0x1p-53;
  return static_cast<int64_t>(kLeastSize * std::pow(kLargestSize / kLeastSize, fraction));
}

Workload make_churn(int64_t blocks, int64_t alignment) {
  const double mean_size = (kLargestSize - kLeastSize) / std::log(kLargestSize / kLeastSize) +
                           static_cast<double>(alignment - 1) / 2;
  problems::Random random(kSeed);
  Operations operations;
  const auto churn = [&](int64_t pairs) {
    for (int64_t i = 0; i < pairs; ++i) {
      const int64_t slot = problems::between(random, 0, blocks - 1);
      operations.free(slot);
      operations.alloc(slot, random_size(random), alignment);
    }
  };
  for (int64_t slot = 0; slot < blocks; ++slot)
    operations.alloc(slot, random_size(random), alignment);
  churn(2 * blocks);
  Workload workload;
  workload.total = static_cast<int64_t>(kRoom * mean_size * static_cast<double>(blocks));
  workload.setup = operations.count();
  churn(kPairs);
  workload.operations = operations.take();
  return workload;
}

// Any policy fills an empty pool from the bottom.
Workload make_holes(int64_t count, int64_t size, int64_t alignment) {
  constexpr int64_t kUnit = 256;
  problems::Random random(kSeed);
  Operations operations;
  int64_t end = 0;
  const auto place = [&](int64_t slot, int64_t bytes) {
    operations.alloc(slot, bytes);
    end += bytes;
  };
  for (int64_t i = 0; i < count; ++i) {
    // The hole begins past a multiple of the unit and ends less than a unit behind the next.
    const int64_t begin = problems::between(random, 1, kUnit - 1);
    place(2 * i, kUnit - end % kUnit + begin);
    place(2 * i + 1, problems::between(random, kUnit, 2 * kUnit - begin - 1));
  }
  const int64_t slot = 2 * count;
  place(slot, 1);
  for (int64_t i = 0; i < count; ++i) operations.free(2 * i + 1);
  Workload workload;
  workload.total = end + 2 * (size + alignment);
  // In the pairs the free comes first.
  operations.alloc(slot + 1, size, alignment);
  workload.setup = operations.count();
  for (int64_t i = 0; i < kPairs; ++i) {
    operations.free(slot + 1);
    operations.alloc(slot + 1, size, alignment);
  }
  workload.operations = operations.take();
  return workload;
}

// The numbers between the colons behind the kind; those missing are 1.
bool read_numbers(std::string_view text, std::array<int64_t, 3>& numbers) {
  const char* at = text.data();
  const char* const end = at + text.size();
  for (int64_t& number : numbers) {
    if (at == end) return &number != numbers.data();
    if (*at != ':') return false;
    const auto [rest, error] = std::from_chars(at + 1, end, number);
    if (error != std::errc() || number < 1) return false;
    at = rest;
  }
  return at == end;
}

}  // namespace

Result<Workload> make_workload(std::string_view name) {
  const std::string_view kind = name.substr(0, name.find(':'));
  std::array<int64_t, 3> numbers = {1, 1, 1};
  const bool is_read = read_numbers(name.substr(kind.size()), numbers);
  const auto [count, second, third] = numbers;
  Workload workload;
  if (is_read && kind == "churn" && third == 1) {
    workload = make_churn(count, second);
  } else if (is_read && kind == "holes") {
    workload = make_holes(count, second, third);
  } else {
    return Error{ErrorCode::kInvalidArgument,
                 "no workload " + std::string(name) +
                     ": there are churn:BLOCKS[:ALIGNMENT] and holes:COUNT:SIZE[:ALIGNMENT]"};
  }
  workload.name = name;
  return workload;
}

}  // namespace stowage::bench
