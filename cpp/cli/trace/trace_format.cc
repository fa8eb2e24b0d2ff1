#include "cli/trace/recorded_trace.h"
#include "cli/trace/rmm_columns.h"
#include "cli/trace/trace_lines.h"

namespace stowage::cli {

TraceFormat format_of(std::string_view text) {
  const std::optional<TraceLine> first = TraceLines(text).next();
  if (!first) return TraceFormat::kProblem;
  const char begin = first->text[first->text.find_first_not_of(kBlanks)];
  if (begin == '{' || begin == '[') return TraceFormat::kPoolLog;
  return is_rmm_header(first->text) ? TraceFormat::kRmmLog : TraceFormat::kProblem;
}

}  // namespace stowage::cli
