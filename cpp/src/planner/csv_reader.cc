#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "planner/csv_header.h"
#include "planner/csv_rows.h"
#include "planner/problem_rules.h"
#include "stowage/base/integer.h"
#include "stowage/planner/csv.h"

namespace stowage {
namespace {

// What does not fit in 64 bits becomes this, or its negative: out of range for the rules, which
// then say what would be right, and yet safe to add to.
constexpr int64_t kBeyond = int64_t{1} << 62;

// Reads an integer from the front of `text` and drops it from there.
std::optional<int64_t> take_integer(std::string_view& text) {
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::invalid_argument) return std::nullopt;
  if (error == std::errc::result_out_of_range) value = text[0] == '-' ? -kBeyond : kBeyond;
  text.remove_prefix(static_cast<size_t>(end - text.data()));
  return std::clamp(value, -kBeyond, kBeyond);
}

bool take(std::string_view& text, char character) {
  if (!text.starts_with(character)) return false;
  text.remove_prefix(1);
  return true;
}

// "5-7" or "9-11@0:2".
std::optional<Gap> parse_gap(std::string_view text, EndStyle style) {
  const auto lower = take_integer(text);
  if (!lower || !take(text, '-')) return std::nullopt;
  const auto upper = take_integer(text);
  if (!upper) return std::nullopt;
  Gap gap{{*lower, *upper + (style == EndStyle::kInclusive ? 1 : 0)}, std::nullopt};
  if (text.empty()) return gap;
  if (!take(text, '@')) return std::nullopt;
  const auto bottom = take_integer(text);
  if (!bottom || !take(text, ':')) return std::nullopt;
  const auto top = take_integer(text);
  if (!top || !text.empty()) return std::nullopt;
  gap.window = Window{*bottom, *top};
  return gap;
}

struct WrittenGap {
  Gap gap;
  std::string_view text;
};

bool earlier(const WrittenGap& a, const WrittenGap& b) {
  const Lifespan& x = a.gap.lifespan;
  const Lifespan& y = b.gap.lifespan;
  if (x.lower != y.lower) return x.lower < y.lower;
  if (x.upper != y.upper) return x.upper < y.upper;
  return a.text.data() < b.text.data();
}

enum class OffsetRole { kFixed, kPlan };

// Reads a whole text. Positions are kept as pointers into it; lines are counted only for an error.
class CsvReader {
 public:
  CsvReader(std::string_view text, OffsetRole role) : text_(text), role_(role) {}

  Status read(int64_t capacity);

  Problem problem;
  std::vector<int64_t> offsets;  // with OffsetRole::kPlan

 private:
  Status read_buffer();
  Status read_integer(Field field, int64_t& value) const;
  Status read_optional(Field field, std::optional<int64_t>& value) const;
  Status read_gaps(Buffer& buffer);
  Status read_planned_offset();
  [[nodiscard]] Error wrong_count() const;
  [[nodiscard]] Error wrong_value(ErrorCode code, Field field, std::string_view rule) const;
  [[nodiscard]] Error to_error(const Fault& fault) const;
  [[nodiscard]] int64_t line_of(BufferIndex buffer) const;

  // The cell of `field` in the row at hand, if its column exists.
  [[nodiscard]] const Cell* cell(Field field) const {
    const auto& position = columns_[field].position;
    return position ? &cells_[*position] : nullptr;
  }

  std::string_view text_;
  OffsetRole role_;
  Columns columns_;
  std::vector<Cell> cells_;       // of the row at hand
  std::vector<WrittenGap> gaps_;  // of the row at hand
};

Status CsvReader::read(int64_t capacity) {
  if (auto error = check_capacity(capacity)) return error;
  if (auto error = check_text(text_)) return error;
  problem.capacity = capacity;
  RowReader rows(skip_byte_order_mark(text_));
  if (!rows.next(cells_)) return rows.error();
  Result<Columns> columns = read_header(text_, cells_, role_ == OffsetRole::kPlan);
  if (!columns) return columns.error();
  columns_ = *std::move(columns);
  ProblemRules rules(problem.buffers, capacity, columns_.end_style);
  while (rows.next(cells_)) {
    if (cells_.size() != columns_.count) return wrong_count();
    if (auto error = read_buffer()) return error;
    if (const auto fault = rules.check_next()) return to_error(*fault);
  }
  return rows.error();
}

Status CsvReader::read_buffer() {
  Buffer& buffer = problem.buffers.emplace_back();
  const Cell& id = *cell(Field::kId);
  if (id.quoted) {
    buffer.id = id.value();
  } else {
    buffer.id.assign(id.text);
  }
  if (auto error = read_integer(Field::kLower, buffer.lifespan.lower)) return error;
  if (auto error = read_integer(Field::kUpper, buffer.lifespan.upper)) return error;
  if (columns_.end_style == EndStyle::kInclusive) ++buffer.lifespan.upper;
  if (auto error = read_integer(Field::kSize, buffer.size)) return error;
  if (const Cell* alignment = cell(Field::kAlignment); alignment && !alignment->text.empty()) {
    if (auto error = read_integer(Field::kAlignment, buffer.alignment)) return error;
  }
  if (auto error = read_optional(Field::kHint, buffer.hint)) return error;
  if (auto error = read_gaps(buffer)) return error;
  if (role_ == OffsetRole::kPlan) return read_planned_offset();
  return read_optional(Field::kOffset, buffer.offset);
}

Status CsvReader::read_integer(Field field, int64_t& value) const {
  std::string_view text = cell(field)->text;
  const auto integer = take_integer(text);
  if (!integer || !text.empty()) {
    return wrong_value(ErrorCode::kParseError, field, "must be an integer");
  }
  value = *integer;
  return std::nullopt;
}

Status CsvReader::read_optional(Field field, std::optional<int64_t>& value) const {
  const Cell* written = cell(field);
  if (!written || written->text.empty()) return std::nullopt;
  int64_t integer = 0;
  if (auto error = read_integer(field, integer)) return error;
  if (integer != -1) value = integer;
  return std::nullopt;
}

Status CsvReader::read_gaps(Buffer& buffer) {
  gaps_.clear();
  const Cell* written = cell(Field::kGaps);
  if (!written || written->text.empty()) return std::nullopt;
  std::string_view rest = written->text;
  while (true) {
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    if (rest.empty()) break;
    const std::string_view text = rest.substr(0, rest.find_first_of(" \t"));
    const auto gap = parse_gap(text, columns_.end_style);
    if (!gap) {
      return Error{ErrorCode::kParseError,
                   "gap " + in_quotes(text) +
                       " must be written as 5-7, or as 5-7@0:2 with the window still held",
                   locate(text_, text.data())};
    }
    gaps_.push_back({*gap, text});
    rest.remove_prefix(text.size());
  }
  std::sort(gaps_.begin(), gaps_.end(), earlier);
  for (const WrittenGap& gap : gaps_) buffer.gaps.push_back(gap.gap);
  return std::nullopt;
}

Status CsvReader::read_planned_offset() {
  std::optional<int64_t> offset;
  if (auto error = read_optional(Field::kOffset, offset)) return error;
  if (!offset) {
    return wrong_value(ErrorCode::kInvalidArgument, Field::kOffset,
                       "must be given: a plan has one for every buffer");
  }
  if (*offset < -kMaxInteger || *offset > kMaxInteger) {
    return wrong_value(ErrorCode::kInvalidArgument, Field::kOffset,
                       "must be an integer from 0 to " + std::to_string(kMaxInteger));
  }
  offsets.push_back(*offset);
  return std::nullopt;
}

Error CsvReader::wrong_count() const {
  const size_t have = cells_.size();
  const Cell& place = have > columns_.count ? cells_[columns_.count] : cells_[0];
  return {ErrorCode::kParseError,
          "the row has " + std::to_string(have) + (have == 1 ? " field" : " fields") +
              " but the header names " + std::to_string(columns_.count) + " columns",
          locate(text_, place.begin())};
}

Error CsvReader::wrong_value(ErrorCode code, Field field, std::string_view rule) const {
  const Cell& written = *cell(field);
  return {code, columns_[field].name + " " + in_quotes(written.value()) + " " + std::string(rule),
          locate(text_, written.begin())};
}

Error CsvReader::to_error(const Fault& fault) const {
  if (fault.field == Field::kGaps) {
    const std::string_view text = gaps_[fault.gap].text;
    return {ErrorCode::kInvalidArgument, "gap " + in_quotes(text) + " " + fault.rule,
            locate(text_, text.data())};
  }
  std::string rule = fault.rule;
  if (fault.duplicate_of >= 0) {
    rule += ": line " + std::to_string(line_of(fault.duplicate_of)) + " has it too";
  }
  return wrong_value(ErrorCode::kInvalidArgument, fault.field, rule);
}

// Reads the rows anew, as only an error wants to know.
int64_t CsvReader::line_of(BufferIndex buffer) const {
  RowReader rows(skip_byte_order_mark(text_));
  std::vector<Cell> cells;
  for (BufferIndex i = -1; i <= buffer; ++i) rows.next(cells);
  return locate(text_, cells[0].begin()).line;
}

}  // namespace

Result<Problem> problem_from_csv(std::string_view text, int64_t capacity) {
  CsvReader reader(text, OffsetRole::kFixed);
  if (auto error = reader.read(capacity)) return *std::move(error);
  return std::move(reader.problem);
}

Result<ProblemAndPlan> plan_from_csv(std::string_view text, int64_t capacity) {
  CsvReader reader(text, OffsetRole::kPlan);
  if (auto error = reader.read(capacity)) return *std::move(error);
  ProblemAndPlan result{std::move(reader.problem), {std::move(reader.offsets), 0}};
  result.plan.height = plan_height(result.problem, result.plan.offsets);
  return result;
}

Result<std::vector<std::string>> ignored_columns(std::string_view text) {
  if (auto error = check_text(text)) return *std::move(error);
  RowReader rows(skip_byte_order_mark(text));
  std::vector<Cell> cells;
  if (!rows.next(cells)) return *rows.error();
  Result<Columns> columns = read_header(text, cells, false);
  if (!columns) return columns.error();
  return std::move(columns.value().ignored);
}

}  // namespace stowage
