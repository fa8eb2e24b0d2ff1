#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "base/text.h"
#include "cli/trace/json_member.h"
#include "cli/trace/recorded_trace.h"
#include "cli/trace/trace_lines.h"
#include "cli/trace/trace_recorder.h"
#include "stowage/base/integer.h"

namespace stowage::cli {
namespace {

using nlohmann::json;

std::string integer_rule(int64_t least) {
  return "an integer from " + decimal(least) + " to " + decimal(kMaxInteger);
}

// Also 1e3, which is an integer too.
std::optional<int64_t> to_integer(const json& value, int64_t least) {
  if (value.is_number_float()) {
    const auto number = value.get<double>();
    if (std::trunc(number) != number) return std::nullopt;
    if (number < static_cast<double>(least) || number > static_cast<double>(kMaxInteger)) {
      return std::nullopt;
    }
    return static_cast<int64_t>(number);
  }
  if (!value.is_number_integer()) return std::nullopt;
  if (value.is_number_unsigned() && value.get<uint64_t>() > uint64_t{kMaxInteger})
    return std::nullopt;
  const auto number = value.get<int64_t>();
  return least <= number && number <= kMaxInteger ? std::optional(number) : std::nullopt;
}

// Of a member that is there; empty if it is no string.
std::string_view text_of(const json& object, const char* name) {
  const json& value = *object.find(name);
  return value.is_string() ? std::string_view(value.get_ref<const std::string&>()) : "";
}

class PoolLogReader {
 public:
  Status read_line(const TraceLine& line) {
    const bool is_first = line_.number == 0;
    line_ = line;
    // The parser would skip a byte-order mark, and stop at a NUL.
    if (line.text[begin()] != '{' || line.text.find('\0') != std::string_view::npos) {
      return malformed();
    }
    const json event = json::parse(line.text, nullptr, false);
    if (event.is_discarded()) return malformed();
    if (is_first && event.contains("stowage")) return read_header(event);
    recorder_.begin_event(line.number);
    return read_event(event);
  }

  RecordedTrace take() { return recorder_.take(); }

 private:
  Status read_header(const json& header) {
    if (text_of(header, "stowage") != "pool-log") {
      return fault("stowage", "must be \"pool-log\", as in the header of a MemoryPool's log");
    }
    const Result<int64_t> version = integer(header, "header", "version", 1);
    if (!version) return version.error();
    if (*version != 1) return fault("version", "must be 1: a newer version of Stowage wrote this");
    return header.contains("total") ? read_total(header, "header") : std::nullopt;
  }

  Status read_event(const json& event) {
    if (!event.contains("op")) return missing("line", "op", kOpRule);
    const std::string_view op = text_of(event, "op");
    if (op == "alloc" || op == "alloc-at") return read_allocation(event, op == "alloc-at");
    if (op == "free") return read_free(event);
    if (op == "grow" || op == "shrink") return read_total(event, op == "grow" ? "grow" : "shrink");
    if (op == "defragment") {
      recorder_.defragment();
    } else if (op == "clear") {
      recorder_.clear();
    } else {
      return fault("op", std::string("must be ") + kOpRule);
    }
    return std::nullopt;
  }

  Status read_allocation(const json& event, bool is_fixed) {
    const char* const op = is_fixed ? "alloc-at" : "alloc";
    const Result<int64_t> id = integer(event, op, "id", 0);
    if (!id) return id.error();
    const Result<int64_t> size = integer(event, op, "size", 1);
    if (!size) return size.error();
    const bool is_aligned = event.contains("alignment");
    const Result<int64_t> alignment = is_aligned ? integer(event, op, "alignment", 1) : 1;
    if (!alignment) return alignment.error();
    const auto offset = event.find("offset");
    if (!is_fixed && offset != event.end() && offset->is_null()) {
      return block_fault(recorder_.fail(static_cast<uint64_t>(*id)));
    }
    BlockLifetime block{0, 0, *size, *alignment, std::nullopt};
    if (is_fixed) {
      if (Status error = read_offset(event, block)) return error;
    }
    return block_fault(recorder_.allocate(static_cast<uint64_t>(*id), block));
  }

  Status read_offset(const json& event, BlockLifetime& block) {
    const Result<int64_t> offset = integer(event, "alloc-at", "offset", 0);
    if (!offset) return offset.error();
    if (*offset % block.alignment != 0) {
      return fault("offset", "must be a multiple of the alignment, " + decimal(block.alignment));
    }
    if (*offset > kMaxInteger - block.size) {
      return fault("offset", "must let the block, of size " + decimal(block.size) +
                                 ", end within " + decimal(kMaxInteger));
    }
    block.offset = *offset;
    return std::nullopt;
  }

  Status read_free(const json& event) {
    const Result<int64_t> id = integer(event, "free", "id", 0);
    if (!id) return id.error();
    return block_fault(recorder_.free(static_cast<uint64_t>(*id)));
  }

  Status read_total(const json& event, const char* of) {
    const Result<int64_t> total = integer(event, of, "total", 1);
    if (!total) return total.error();
    recorder_.resize(*total);
    return std::nullopt;
  }

  [[nodiscard]] Result<int64_t> integer(const json& event, const char* of, const char* name,
                                        int64_t least) const {
    const auto member = event.find(name);
    if (member == event.end()) return *missing(of, name, integer_rule(least));
    if (const auto value = to_integer(*member, least)) return *value;
    return *fault(name, "must be " + integer_rule(least));
  }

  [[nodiscard]] Status block_fault(const TraceRecorder::Fault& wrong) const {
    return wrong ? fault("id", *wrong) : std::nullopt;
  }

  [[nodiscard]] Status fault(const char* name, const std::string& rule) const {
    const JsonMember member = find_member(line_.text, name);
    return error(std::string(name) + " " + in_quotes(member.value) + " " + rule, member.column);
  }

  [[nodiscard]] Status missing(const std::string& of, const char* name,
                               const std::string& rule) const {
    return error("the " + of + " has no '" + name + "', which must be " + rule, begin_column());
  }

  [[nodiscard]] Status malformed() const {
    return error(in_quotes(line_.text.substr(begin())) +
                     " is not a JSON object, or not all of one: a log has an event on each line, "
                     "such as {\"op\":\"free\",\"id\":0}",
                 begin_column());
  }

  // Where the line is no longer blank.
  [[nodiscard]] size_t begin() const { return line_.text.find_first_not_of(kBlanks); }
  [[nodiscard]] int64_t begin_column() const { return static_cast<int64_t>(begin()) + 1; }

  [[nodiscard]] Error error(const std::string& message, int64_t column) const {
    return {ErrorCode::kParseError, message, {line_.number, column}};
  }

  static constexpr const char* kOpRule = "alloc, alloc-at, free, grow, shrink, defragment or clear";

  TraceRecorder recorder_;
  TraceLine line_;
};

}  // namespace

Result<RecordedTrace> read_pool_log(std::string_view text) {
  TraceLines lines(text);
  PoolLogReader reader;
  while (const auto line = lines.next()) {
    if (Status error = reader.read_line(*line)) return *std::move(error);
  }
  return reader.take();
}

}  // namespace stowage::cli
