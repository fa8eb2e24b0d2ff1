#include "bench/pool/measure.h"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <span>
#include <vector>

namespace stowage::bench {
namespace {

using Operations = std::span<const double>;

constexpr size_t kNumbers = 3;  // of an operation
constexpr size_t kBatch = 1024 * kNumbers;
constexpr size_t kRound = 2 * 65536 * kNumbers;

double processor_nanoseconds() {
  return static_cast<double>(std::clock()) * (1e9 / static_cast<double>(CLOCKS_PER_SEC));
}

// Plays operations with a call for each.
class Caller {
 public:
  Caller(MemoryPool& pool, int64_t slots)
      : pool_(pool), offsets_(static_cast<size_t>(slots), kNothing) {}

  Status operator()(Operations operations) {
    for (size_t i = 0; i < operations.size(); i += kNumbers) {
      int64_t& held = offsets_[static_cast<size_t>(operations[i])];
      const auto size = static_cast<int64_t>(operations[i + 1]);
      if (size > 0) {
        const auto offset = pool_.alloc(size, static_cast<int64_t>(operations[i + 2]));
        if (!offset) return offset.error();
        held = offset->value_or(kNothing);
      } else if (held != kNothing) {
        if (Status status = pool_.free(held)) return status;
        held = kNothing;
      }
    }
    return std::nullopt;
  }

 private:
  static constexpr int64_t kNothing = -1;

  MemoryPool& pool_;
  std::vector<int64_t> offsets_;
};

class Replayer {
 public:
  explicit Replayer(MemoryPool& pool) : pool_(pool) {}

  Status operator()(Operations operations) {
    return pool_.replay(operations, std::span(offsets_).first(operations.size() / kNumbers));
  }

 private:
  MemoryPool& pool_;
  std::vector<double> offsets_ = std::vector<double>(kBatch / kNumbers);
};

int64_t count_slots(Operations operations) {
  double most = 0;
  for (size_t i = 0; i < operations.size(); i += kNumbers) most = std::max(most, operations[i]);
  return static_cast<int64_t>(most) + 1;
}

// Plays in batches until all is done or `nanoseconds` have passed. Returns how many numbers were
// taken.
template <typename Player>
Result<size_t> play(Player& player, Operations operations, double nanoseconds) {
  const double start = processor_nanoseconds();
  for (size_t at = 0; at < operations.size(); at += kBatch) {
    const Operations batch = operations.subspan(at, std::min(kBatch, operations.size() - at));
    if (Status status = player(batch)) return *status;
    if (processor_nanoseconds() - start > nanoseconds) return at + batch.size();
  }
  return operations.size();
}

template <typename Player>
Status measure(Player player, const Workload& workload, double seconds,
               PoolMeasurement& measurement) {
  const Operations operations = workload.operations;
  const auto setup = static_cast<size_t>(workload.setup) * kNumbers;
  const auto set_up = play(player, operations.first(setup), HUGE_VAL);
  if (!set_up) return set_up.error();
  std::vector<double> rounds;
  double left = 1e9 * seconds;
  for (size_t at = setup; at < operations.size() && left > 0;) {
    const double start = processor_nanoseconds();
    const Operations round = operations.subspan(at, std::min(kRound, operations.size() - at));
    const auto played = play(player, round, left);
    const double nanoseconds = processor_nanoseconds() - start;
    if (!played) return played.error();
    const auto pairs = static_cast<int64_t>(*played / (2 * kNumbers));
    rounds.push_back(nanoseconds / static_cast<double>(pairs));
    measurement.pairs += pairs;
    left -= nanoseconds;
    at += *played;
  }
  std::sort(rounds.begin(), rounds.end());
  measurement.median_nanoseconds = rounds[rounds.size() / 2];
  measurement.least_nanoseconds = rounds.front();
  return std::nullopt;
}

}  // namespace

Result<PoolMeasurement> measure(const Workload& workload, PoolPolicy policy, PoolAccess access,
                                double seconds) {
  auto made = MemoryPool::make(workload.total, policy);
  if (!made) return made.error();
  MemoryPool& pool = made.value();
  PoolMeasurement measurement;
  const Status status =
      access == PoolAccess::kReplay
          ? measure(Replayer(pool), workload, seconds, measurement)
          : measure(Caller(pool, count_slots(workload.operations)), workload, seconds, measurement);
  if (status) return *status;
  measurement.stats = pool.stats();
  measurement.counters = pool.counters();
  measurement.bookkeeping_bytes = pool.bookkeeping_bytes();
  return measurement;
}

}  // namespace stowage::bench
