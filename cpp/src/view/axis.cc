#include "view/axis.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"

namespace stowage {
namespace {

struct Unit {
  int64_t size;
  const char* name;
};

constexpr std::array kUnits = {
    Unit{int64_t{1} << 50, " PiB"}, Unit{int64_t{1} << 40, " TiB"}, Unit{int64_t{1} << 30, " GiB"},
    Unit{int64_t{1} << 20, " MiB"}, Unit{int64_t{1} << 10, " KiB"},
};

// Smaller amounts are read more easily as they are.
constexpr int64_t kLeastInUnits = int64_t{8} << 10;

// The least round step that is not below `least`.
double decimal_step(double least) {
  double power = 1;
  while (power * 10 <= least) power *= 10;
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (power * factor >= least) return power * factor;
  }
  return power * 10;
}

double binary_step(double least) {
  double step = 1;
  while (step < least) step *= 2;
  return step;
}

double count_ticks(double lower, double upper, double step) {
  return std::floor(upper / step) - std::ceil(lower / step) + 1;
}

// Appends ".25" for 25 hundredths, ".5" for 50, nothing for 0.
void append_hundredths(std::string& text, int64_t hundredths) {
  if (hundredths == 0) return;
  text += '.';
  text += static_cast<char>('0' + hundredths / 10);
  if (hundredths % 10 != 0) text += static_cast<char>('0' + hundredths % 10);
}

std::string in_unit(int64_t hundredths, const char* name) {
  std::string text;
  append_integer(text, hundredths / 100);
  append_hundredths(text, hundredths % 100);
  return text + name;
}

// The unit for multiples of `step` up to `largest`: none of them needs more than two digits after
// the point.
const Unit* unit_of_ticks(double step, double largest) {
  if (largest < static_cast<double>(kLeastInUnits)) return nullptr;
  for (const Unit& unit : kUnits) {
    const auto size = static_cast<double>(unit.size);
    if (size <= largest && size <= 4 * step) return &unit;
  }
  return nullptr;
}

std::string tick_label(double value, const Unit* unit) {
  const auto whole = static_cast<int64_t>(value);
  if (unit == nullptr || whole == 0) return std::to_string(whole);
  const int64_t quarters = std::abs(whole) / (unit->size / 4);
  return (whole < 0 ? "-" : "") + in_unit(quarters * 25, unit->name);
}

}  // namespace

std::vector<Tick> ticks(double lower, double upper, int most, Steps steps) {
  const bool is_binary = steps == Steps::kBinary;
  const auto next = is_binary ? binary_step : decimal_step;
  double step = next((upper - lower) / most);
  while (count_ticks(lower, upper, step) > most) step = next(step * 1.5);
  const double largest = std::max(std::abs(lower), std::abs(upper));
  const Unit* unit = is_binary ? unit_of_ticks(step, largest) : nullptr;
  std::vector<Tick> result;
  for (double n = std::ceil(lower / step); n * step <= upper; ++n) {
    result.push_back({n * step, tick_label(n * step, unit)});
  }
  return result;
}

std::string format_amount(int64_t amount) {
  if (amount < kLeastInUnits) return std::to_string(amount);
  for (const Unit& unit : kUnits) {
    if (amount < unit.size) continue;
    const int64_t whole = amount / unit.size;
    const int64_t rest = amount % unit.size;
    const double fraction = static_cast<double>(rest) / static_cast<double>(unit.size);
    const int64_t hundredths = whole * 100 + std::llround(fraction * 100);
    if (whole < 10) return in_unit(hundredths, unit.name);
    if (whole < 100) return in_unit((hundredths + 5) / 10 * 10, unit.name);
    return in_unit((hundredths + 50) / 100 * 100, unit.name);
  }
  return std::to_string(amount);
}

std::string format_exactly(int64_t amount) {
  const std::string digits = std::to_string(amount);
  return amount < kLeastInUnits ? digits : digits + " (" + format_amount(amount) + ")";
}

}  // namespace stowage
