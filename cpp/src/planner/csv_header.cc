#include "planner/csv_header.h"

#include "base/text.h"

namespace stowage {
namespace {

struct Name {
  std::string_view text;
  Field field;
};

constexpr std::array kNames = {
    Name{"id", Field::kId},         Name{"buffer", Field::kId},
    Name{"buffer_id", Field::kId},  Name{"lower", Field::kLower},
    Name{"start", Field::kLower},   Name{"begin", Field::kLower},
    Name{"upper", Field::kUpper},   Name{"end", Field::kUpper},
    Name{"size", Field::kSize},     Name{"alignment", Field::kAlignment},
    Name{"hint", Field::kHint},     Name{"gaps", Field::kGaps},
    Name{"offset", Field::kOffset},
};

std::string lower_case(std::string text) {
  for (char& character : text) {
    if (character >= 'A' && character <= 'Z') character = static_cast<char>(character + 32);
  }
  return text;
}

std::optional<Field> find_field(std::string_view name) {
  for (const Name& known : kNames) {
    if (known.text == name) return known.field;
  }
  return std::nullopt;
}

// "'lower', 'start' or 'begin'".
std::string spellings(Field field) {
  std::vector<std::string> names;
  for (const Name& known : kNames) {
    if (known.field == field) names.push_back(in_quotes(known.text));
  }
  std::string text = names[0];
  for (size_t i = 1; i < names.size(); ++i)
    text += (i + 1 < names.size() ? ", " : " or ") + names[i];
  return text;
}

Error missing_column(std::string_view text, const std::vector<Cell>& cells, Field field) {
  std::string message = "the header must name a column " + spellings(field) + "; it has ";
  for (size_t i = 0; i < cells.size() && i < 10; ++i) {
    message += (i > 0 ? ", " : "") + in_quotes(cells[i].value());
  }
  if (cells.size() > 10) message += ", ...";
  return {ErrorCode::kParseError, std::move(message), locate(text, cells[0].begin())};
}

}  // namespace

Result<Columns> read_header(std::string_view text, const std::vector<Cell>& cells,
                            bool offset_required) {
  Columns columns;
  columns.count = cells.size();
  for (size_t i = 0; i < cells.size(); ++i) {
    const std::string name = cells[i].value();
    const std::string key = lower_case(name);
    const auto field = find_field(key);
    if (!field) {
      columns.ignored.push_back(name);
      continue;
    }
    Columns::Column& column = columns.fields[static_cast<size_t>(*field)];
    if (column.position) {
      return Error{ErrorCode::kParseError,
                   "columns " + in_quotes(column.name) + " and " + in_quotes(name) +
                       " mean the same: keep one of them",
                   locate(text, cells[i].begin())};
    }
    column = {i, name};
    if (key == "end") columns.end_style = EndStyle::kInclusive;
  }
  for (const Field field : {Field::kId, Field::kLower, Field::kUpper, Field::kSize}) {
    if (!columns[field].position) return missing_column(text, cells, field);
  }
  if (offset_required && !columns[Field::kOffset].position) {
    return missing_column(text, cells, Field::kOffset);
  }
  return columns;
}

}  // namespace stowage
