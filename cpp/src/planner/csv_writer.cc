#include "base/text.h"
#include "planner/problem_rules.h"
#include "stowage/planner/csv.h"

namespace stowage {
namespace {

constexpr std::string_view kBlanks = " \t\r";

// Blanks at either end would be trimmed when read.
bool needs_quotes(std::string_view text) {
  if (text.find_first_of(",\"\n") != std::string_view::npos) return true;
  return !text.empty() && (kBlanks.find(text.front()) != std::string_view::npos ||
                           kBlanks.find(text.back()) != std::string_view::npos);
}

void append_text(std::string& csv, std::string_view text) {
  if (!needs_quotes(text)) {
    csv += text;
    return;
  }
  csv += '"';
  for (const char character : text) {
    if (character == '"') csv += '"';
    csv += character;
  }
  csv += '"';
}

void append_gaps(std::string& csv, const std::vector<Gap>& gaps) {
  for (size_t i = 0; i < gaps.size(); ++i) {
    if (i > 0) csv += ' ';
    csv += gap_text(gaps[i], EndStyle::kExclusive);
  }
}

void append_optional(std::string& csv, const std::optional<int64_t>& value) {
  if (value) append_integer(csv, *value);
}

// The optional columns to write: those in which any buffer says something.
struct Extent {
  bool alignment = false;
  bool hint = false;
  bool gaps = false;
  bool offset = false;
};

Extent find_extent(const Problem& problem, const Plan* plan) {
  Extent extent{.offset = plan != nullptr};
  for (const Buffer& buffer : problem.buffers) {
    extent.alignment |= buffer.alignment != 1;
    extent.hint |= buffer.hint.has_value();
    extent.gaps |= !buffer.gaps.empty();
    extent.offset |= buffer.offset.has_value();
  }
  return extent;
}

void append_header(std::string& csv, const Extent& extent) {
  csv += "id,lower,upper,size";
  if (extent.alignment) csv += ",alignment";
  if (extent.hint) csv += ",hint";
  if (extent.gaps) csv += ",gaps";
  if (extent.offset) csv += ",offset";
  csv += '\n';
}

void append_row(std::string& csv, const Buffer& buffer, const Extent& extent,
                const std::optional<int64_t>& offset) {
  append_text(csv, buffer.id);
  for (const int64_t value : {buffer.lifespan.lower, buffer.lifespan.upper, buffer.size}) {
    csv += ',';
    append_integer(csv, value);
  }
  if (extent.alignment) {
    csv += ',';
    append_integer(csv, buffer.alignment);
  }
  if (extent.hint) {
    csv += ',';
    append_optional(csv, buffer.hint);
  }
  if (extent.gaps) {
    csv += ',';
    append_gaps(csv, buffer.gaps);
  }
  if (extent.offset) {
    csv += ',';
    append_optional(csv, offset);
  }
  csv += '\n';
}

}  // namespace

std::string to_csv(const Problem& problem, const Plan* plan) {
  const Extent extent = find_extent(problem, plan);
  std::string csv;
  append_header(csv, extent);
  for (size_t i = 0; i < problem.buffers.size(); ++i) {
    const Buffer& buffer = problem.buffers[i];
    append_row(csv, buffer, extent, plan ? std::optional(plan->offsets[i]) : buffer.offset);
  }
  return csv;
}

}  // namespace stowage
