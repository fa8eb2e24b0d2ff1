// The lines of a text with traces: without their ends (LF or CRLF), a byte-order mark, or those
// that are blank.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace stowage::cli {

inline constexpr std::string_view kBlanks = " \t\r";

struct TraceLine {
  std::string_view text;
  int64_t number = 0;  // from 1, blank lines counted
};

class TraceLines {
 public:
  explicit TraceLines(std::string_view text) : rest_(text) {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
  }

  std::optional<TraceLine> next() {
    while (!rest_.empty()) {
      const size_t end = rest_.find('\n');
      std::string_view line = rest_.substr(0, end);
      rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
      ++number_;
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (line.find_first_not_of(kBlanks) != std::string_view::npos) return {{line, number_}};
    }
    return std::nullopt;
  }

 private:
  std::string_view rest_;
  int64_t number_ = 0;
};

}  // namespace stowage::cli
