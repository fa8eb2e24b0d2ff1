#include <algorithm>

#include "cli/commands.h"
#include "cli/files.h"
#include "cli/json.h"
#include "stowage/base/integer.h"
#include "stowage/planner/sweep.h"

namespace stowage::cli {
namespace {

struct Stats {
  int64_t buffers = 0;
  std::optional<Lifespan> lifespan;
  int64_t sections = 0;
  int64_t partitions = 0;
  int64_t overlapping_pairs = 0;
  int64_t total_size = 0;
  int64_t max_load = 0;
  std::optional<int64_t> max_load_time;
  int64_t max_load_buffers = 0;
  int64_t aligned_buffers = 0;
  int64_t largest_alignment = 1;
  int64_t gaps = 0;
  int64_t buffers_with_gaps = 0;
  int64_t fixed = 0;
  int64_t hints = 0;
};

void count_buffer(Stats& stats, const Buffer& buffer) {
  ++stats.buffers;
  if (!stats.lifespan) stats.lifespan = buffer.lifespan;
  stats.lifespan->lower = std::min(stats.lifespan->lower, buffer.lifespan.lower);
  stats.lifespan->upper = std::max(stats.lifespan->upper, buffer.lifespan.upper);
  stats.total_size += buffer.size;
  stats.aligned_buffers += buffer.alignment != 1;
  stats.largest_alignment = std::max(stats.largest_alignment, buffer.alignment);
  stats.gaps += static_cast<int64_t>(buffer.gaps.size());
  stats.buffers_with_gaps += !buffer.gaps.empty();
  stats.fixed += buffer.offset.has_value();
  stats.hints += buffer.hint.has_value();
}

Stats collect(const Problem& problem) {
  Stats stats;
  for (const Buffer& buffer : problem.buffers) count_buffer(stats, buffer);
  const Sweep swept = sweep(problem);
  stats.sections = static_cast<int64_t>(swept.sections.size());
  stats.partitions = static_cast<int64_t>(swept.partitions.size());
  stats.overlapping_pairs = count_overlaps(problem);
  stats.max_load = swept.max_load();
  if (const SectionIndex peak = swept.peak(); peak >= 0) {
    stats.max_load_time = swept.sections[static_cast<size_t>(peak)].lifespan.lower;
    stats.max_load_buffers = static_cast<int64_t>(swept.live_in(peak).size());
  }
  return stats;
}

std::string number(int64_t value) { return std::to_string(value); }

std::string to_lines(const Stats& stats) {
  std::string text = "buffers: " + number(stats.buffers) + "\nlifespan: ";
  text += stats.lifespan
              ? "[" + number(stats.lifespan->lower) + ", " + number(stats.lifespan->upper) + ")"
              : "none";
  text += "\nsections: " + number(stats.sections);
  text += "\npartitions: " + number(stats.partitions);
  text += "\noverlapping pairs: " + number(stats.overlapping_pairs);
  text += "\ntotal size: " + number(stats.total_size);
  text += "\nmax load: " + number(stats.max_load);
  if (stats.max_load_time) {
    text += " at time " + number(*stats.max_load_time) + ", " + number(stats.max_load_buffers) +
            " buffers";
  }
  text += "\naligned buffers: " + number(stats.aligned_buffers);
  if (stats.aligned_buffers > 0) text += ", largest alignment " + number(stats.largest_alignment);
  text += "\ngaps: " + number(stats.gaps);
  if (stats.gaps > 0) text += " in " + number(stats.buffers_with_gaps) + " buffers";
  text += "\nfixed offsets: " + number(stats.fixed);
  text += "\nhints: " + number(stats.hints) + "\n";
  return text;
}

std::string to_json(const Stats& stats) {
  const std::string lifespan = stats.lifespan
                                   ? "{\"lower\":" + number(stats.lifespan->lower) +
                                         ",\"upper\":" + number(stats.lifespan->upper) + "}"
                                   : "null";
  return JsonObject()
      .add("buffers", stats.buffers)
      .add_raw("lifespan", lifespan)
      .add("sections", stats.sections)
      .add("partitions", stats.partitions)
      .add("overlappingPairs", stats.overlapping_pairs)
      .add("totalSize", stats.total_size)
      .add("maxLoad", stats.max_load)
      .add("maxLoadTime", stats.max_load_time)
      .add("maxLoadBuffers", stats.max_load_buffers)
      .add("alignedBuffers", stats.aligned_buffers)
      .add("largestAlignment", stats.largest_alignment)
      .add("gaps", stats.gaps)
      .add("buffersWithGaps", stats.buffers_with_gaps)
      .add("fixed", stats.fixed)
      .add("hints", stats.hints)
      .line();
}

}  // namespace

int run_stats(const Options& options) {
  const Result<Problem> problem = read_problem(options, kMaxInteger);
  if (!problem) return fail(to_string(problem.error()));
  const Stats stats = collect(*problem);
  const Status error = write_output(options.json ? to_json(stats) : to_lines(stats));
  return error ? fail(error->message) : kAnswered;
}

}  // namespace stowage::cli
