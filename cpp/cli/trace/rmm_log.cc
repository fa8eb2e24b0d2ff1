#include <algorithm>
#include <charconv>
#include <string>

#include "base/text.h"
#include "cli/trace/recorded_trace.h"
#include "cli/trace/rmm_columns.h"
#include "cli/trace/trace_lines.h"
#include "cli/trace/trace_recorder.h"
#include "stowage/base/integer.h"

namespace stowage::cli {
namespace {

// RMM's CUDA_ALLOCATION_ALIGNMENT: every block that it hands out has at least this one.
constexpr int64_t kAlignment = 256;

// Hexadecimal, as %p prints it; 0 for no memory.
std::optional<uint64_t> parse_pointer(std::string_view text) {
  if (text == "(nil)") return 0;
  if (text.starts_with("0x") || text.starts_with("0X")) text.remove_prefix(2);
  uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  const bool is_whole = error == std::errc() && end == text.data() + text.size();
  return is_whole && !text.empty() ? std::optional(value) : std::nullopt;
}

// Digits only.
std::optional<int64_t> parse_size(std::string_view text) {
  const bool are_digits =
      std::all_of(text.begin(), text.end(), [](char each) { return '0' <= each && each <= '9'; });
  int64_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (!are_digits || result.ec != std::errc() || value > kMaxInteger) return std::nullopt;
  return value;
}

class RmmLogReader {
 public:
  Status read_row(const TraceLine& line) {
    line_ = line.number;
    split_fields(line.text, fields_);
    if (fields_.size() != kRmmColumns.size()) {
      return Error{
          ErrorCode::kParseError,
          "the row has " + decimal(static_cast<int64_t>(fields_.size())) +
              " fields but the header names 6 columns: the log was cut off here, or is damaged",
          {line_, 1}};
    }
    recorder_.begin_event(line_);
    const std::string_view action = fields_[kRmmAction].text;
    if (action == "allocate") return read_allocation();
    if (action == "free") return read_free();
    if (action != "allocate failure") {
      return fault(kRmmAction, "action", "must be allocate, allocate failure or free");
    }
    recorder_.fail();
    return std::nullopt;
  }

  RecordedTrace take() { return recorder_.take(); }

 private:
  Status read_allocation() {
    const auto pointer = parse_pointer(fields_[kRmmPointer].text);
    if (!pointer) return pointer_fault(kPointerRule);
    const auto size = parse_size(fields_[kRmmSize].text);
    // RMM answers a request for no bytes with no memory.
    if (*pointer == 0 && size == 0) return std::nullopt;
    if (!size || *size == 0) {
      return fault(kRmmSize, "size", "must be an integer from 1 to " + decimal(kMaxInteger));
    }
    if (*pointer == 0) {
      return pointer_fault(
          "must be that of a block: an allocation that failed has the action 'allocate failure'");
    }
    const auto wrong = recorder_.allocate(*pointer, {0, 0, *size, kAlignment, std::nullopt});
    return wrong ? pointer_fault(*wrong) : std::nullopt;
  }

  Status read_free() {
    const auto pointer = parse_pointer(fields_[kRmmPointer].text);
    if (!pointer) return pointer_fault(kPointerRule);
    if (*pointer == 0) return std::nullopt;
    const auto wrong = recorder_.free(*pointer);
    return wrong ? pointer_fault(*wrong) : std::nullopt;
  }

  [[nodiscard]] Status pointer_fault(const std::string& rule) const {
    return fault(kRmmPointer, "pointer", rule);
  }

  [[nodiscard]] Status fault(size_t at, const std::string& what, const std::string& rule) const {
    const TraceField& field = fields_[at];
    return Error{ErrorCode::kParseError,
                 what + " " + in_quotes(field.text) + " " + rule,
                 {line_, field.column}};
  }

  static constexpr const char* kPointerRule =
      "must be a hexadecimal number of up to 64 bits, such as 0x7f0000000200";

  TraceRecorder recorder_;
  std::vector<TraceField> fields_;
  int64_t line_ = 0;
};

}  // namespace

Result<RecordedTrace> read_rmm_log(std::string_view text) {
  TraceLines lines(text);
  lines.next();  // the header
  RmmLogReader reader;
  while (const auto line = lines.next()) {
    if (Status error = reader.read_row(*line)) return *std::move(error);
  }
  return reader.take();
}

}  // namespace stowage::cli
