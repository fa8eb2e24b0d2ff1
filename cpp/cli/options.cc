#include "cli/options.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "cli/messages.h"

namespace stowage::cli {
namespace {

// Sets in commands, as bits.
constexpr unsigned bit(Command command) { return 1U << static_cast<unsigned>(command); }
constexpr unsigned kSolve = bit(Command::kSolve);
constexpr unsigned kSearch = kSolve | bit(Command::kExplain);
constexpr unsigned kPlanned = kSearch | bit(Command::kValidate);
constexpr unsigned kRender = bit(Command::kRender);
constexpr unsigned kPool = bit(Command::kPool);
constexpr unsigned kAll = kPlanned | bit(Command::kStats) | kRender | kPool;

Error usage(std::string message) { return {ErrorCode::kInvalidArgument, std::move(message)}; }

std::optional<int64_t> parse_natural(std::string_view text) {
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (value < 0 || value > kMaxInteger) return std::nullopt;
  return value;
}

std::optional<bool> parse_switch(std::string_view text) {
  if (text == "true" || text == "1" || text == "yes") return true;
  if (text == "false" || text == "0" || text == "no") return false;
  return std::nullopt;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> words;
  while (true) {
    const size_t comma = text.find(',');
    words.emplace_back(text.substr(0, comma));
    if (comma == std::string_view::npos) return words;
    text.remove_prefix(comma + 1);
  }
}

// Stores an option's value; `name` is for the message.
using Store = Status (*)(Options& options, std::string_view name, std::string_view value);

Status store_switch(bool& target, std::string_view name, std::string_view value) {
  const auto on = parse_switch(value);
  if (!on) return usage(messages::must_be(name, messages::kSwitchRule, value));
  target = *on;
  return std::nullopt;
}

template <bool Options::*kMember>
Status store_flag(Options& options, std::string_view name, std::string_view value) {
  return store_switch(options.*kMember, name, value);
}

template <bool SolverParams::*kMember>
Status store_param(Options& options, std::string_view name, std::string_view value) {
  return store_switch(options.params.*kMember, name, value);
}

Status store_capacity(Options& options, std::string_view name, std::string_view value) {
  options.capacity = parse_natural(value);
  if (options.capacity) return std::nullopt;
  return usage(messages::must_be(name, messages::integer_rule(), value));
}

Status store_seed(Options& options, std::string_view name, std::string_view value) {
  const auto seed = parse_natural(value);
  if (!seed) return usage(messages::must_be(name, messages::integer_rule(), value));
  options.params.seed = static_cast<uint64_t>(*seed);
  return std::nullopt;
}

Status store_input(Options& options, std::string_view, std::string_view value) {
  if (options.input) return usage(messages::two_inputs(*options.input, value));
  options.input = value;
  return std::nullopt;
}

Status store_output(Options& options, std::string_view, std::string_view value) {
  options.output = value;
  return std::nullopt;
}

Status store_timeout(Options& options, std::string_view name, std::string_view value) {
  const auto seconds = parse_time(value);
  if (!seconds) return usage(messages::must_be(name, messages::kTimeRule, value));
  options.timeout_seconds = *seconds;
  return std::nullopt;
}

Status store_engine(Options& options, std::string_view name, std::string_view value) {
  const auto engine = engine_from_string(value);
  if (!engine) return usage(messages::must_be(name, messages::kEngineRule, value));
  options.params.engine = *engine;
  return std::nullopt;
}

Status store_heuristics(Options& options, std::string_view, std::string_view value) {
  options.params.preordering_heuristics = split(value);
  return check(options.params);
}

template <int PixelSize::*kMember, int kLeast>
Status store_side(Options& options, std::string_view name, std::string_view value) {
  const auto side = parse_natural(value);
  if (!side || *side < kLeast || *side > kMaxPixels) {
    return usage(messages::must_be(name, messages::side_rule(kLeast), value));
  }
  options.picture.size.*kMember = static_cast<int>(*side);
  return std::nullopt;
}

std::optional<PictureFormat> format_from_string(std::string_view name) {
  if (name == "png") return PictureFormat::kPng;
  if (name == "svg") return PictureFormat::kSvg;
  return std::nullopt;
}

Status store_format(Options& options, std::string_view name, std::string_view value) {
  options.format = format_from_string(value);
  if (options.format) return std::nullopt;
  return usage(messages::must_be(name, messages::kFormatRule, value));
}

Status store_color_by(Options& options, std::string_view name, std::string_view value) {
  const auto by = color_by_from_string(value);
  if (!by) return usage(messages::must_be(name, messages::kColorByRule, value));
  options.picture.color_by = *by;
  return std::nullopt;
}

Status store_theme(Options& options, std::string_view name, std::string_view value) {
  options.picture.is_dark = value == "dark";
  if (options.picture.is_dark || value == "light") return std::nullopt;
  return usage(messages::must_be(name, messages::kThemeRule, value));
}

Status store_title(Options& options, std::string_view, std::string_view value) {
  options.picture.title = value;
  return std::nullopt;
}

Status store_policies(Options& options, std::string_view name, std::string_view value) {
  options.policies.clear();
  for (const std::string& word : split(value)) {
    const auto policy = pool_policy_from_string(word);
    if (!policy) return usage(messages::must_be(name, messages::kPolicyRule, word));
    options.policies.push_back(*policy);
  }
  return std::nullopt;
}

struct Option {
  std::string_view name;
  unsigned commands;
  bool is_switch;  // takes a value only behind "="
  Store store;
};

constexpr Option kOptions[] = {
    {"capacity", kPlanned | kRender | kPool, false, store_capacity},
    {"input", kAll, false, store_input},
    {"output", kSearch | kRender, false, store_output},
    {"timeout", kSearch | kPool, false, store_timeout},
    {"seed", kSearch, false, store_seed},
    {"engine", kSearch, false, store_engine},
    {"minimize", kSolve, true, store_param<&SolverParams::minimize_capacity>},
    {"minimize-capacity", kSolve, true, store_param<&SolverParams::minimize_capacity>},
    {"validate", kSolve, true, store_flag<&Options::validate>},
    {"json", kSolve | bit(Command::kStats) | kPool, true, store_flag<&Options::json>},
    {"canonical-only", kSolve, true, store_param<&SolverParams::canonical_only>},
    {"section-inference", kSolve, true, store_param<&SolverParams::section_inference>},
    {"dynamic-ordering", kSolve, true, store_param<&SolverParams::dynamic_ordering>},
    {"check-dominance", kSolve, true, store_param<&SolverParams::check_dominance>},
    {"unallocated-floor", kSolve, true, store_param<&SolverParams::unallocated_floor>},
    {"static-preordering", kSolve, true, store_param<&SolverParams::static_preordering>},
    {"dynamic-decomposition", kSolve, true, store_param<&SolverParams::dynamic_decomposition>},
    {"monotonic-floor", kSolve, true, store_param<&SolverParams::monotonic_floor>},
    {"hatless-pruning", kSolve, true, store_param<&SolverParams::hatless_pruning>},
    {"preordering-heuristics", kSolve, false, store_heuristics},
    {"policy", kPool, false, store_policies},
    {"format", kRender, false, store_format},
    {"width", kRender, false, store_side<&PixelSize::width, kLeastPicture.width>},
    {"height", kRender, false, store_side<&PixelSize::height, kLeastPicture.height>},
    {"color-by", kRender, false, store_color_by},
    {"theme", kRender, false, store_theme},
    {"title", kRender, false, store_title},
};

const Option* find_option(std::string_view name, Command command) {
  for (const Option& option : kOptions) {
    if (option.name == name && (option.commands & bit(command)) != 0) return &option;
  }
  return nullptr;
}

// By how its name ends.
std::optional<PictureFormat> format_of_file(std::string_view file) {
  if (file.ends_with(".png")) return PictureFormat::kPng;
  if (file.ends_with(".svg")) return PictureFormat::kSvg;
  return std::nullopt;
}

// Goes through the arguments once.
class Parser {
 public:
  Parser(Command command, std::span<const char* const> arguments)
      : command_(command), arguments_(arguments) {}

  Status parse() {
    while (next_ < arguments_.size() && !options.help) {
      const std::string_view argument = arguments_[next_++];
      if (auto error = parse_argument(argument)) return error;
    }
    return std::nullopt;
  }

  Options options;

 private:
  Status parse_argument(std::string_view argument) {
    if (options_ended_ || argument == "-" || !argument.starts_with('-')) {
      return store_input(options, "input", argument);
    }
    if (argument == "--") {
      options_ended_ = true;
      return std::nullopt;
    }
    if (argument == "-h") return parse_long("--help");
    if (argument == "-o") return parse_long("--output");
    return parse_long(argument);
  }

  Status parse_long(std::string_view argument) {
    const size_t equals = argument.find('=');
    const std::string_view written = argument.substr(0, equals);
    std::optional<std::string_view> value;
    if (equals != std::string_view::npos) value = argument.substr(equals + 1);
    if (!written.starts_with("--")) return usage(messages::unknown_option(written));
    std::string name(written.substr(2));
    std::replace(name.begin(), name.end(), '_', '-');
    if (name == "help") {
      if (value) return usage(messages::takes_no_value(name));
      options.help = true;
      return std::nullopt;
    }
    const Option* option = find_option(name, command_);
    if (option == nullptr) return usage(messages::unknown_option(written));
    if (!value && option->is_switch) value = "true";
    if (!value && next_ < arguments_.size()) value = arguments_[next_++];
    if (!value) return usage(messages::needs_value(name));
    return option->store(options, name, *value);
  }

  Command command_;
  std::span<const char* const> arguments_;
  size_t next_ = 0;
  bool options_ended_ = false;
};

// Drops a decimal number, without sign or exponent, from the front of `text`.
std::optional<double> take_number(std::string_view& text) {
  const size_t length = std::min(text.find_first_not_of("0123456789."), text.size());
  const std::string number(text.substr(0, length));
  char* end = nullptr;
  const double value = std::strtod(number.c_str(), &end);
  if (number.empty() || end != number.c_str() + number.size()) return std::nullopt;
  text.remove_prefix(length);
  return value;
}

struct Unit {
  std::string_view name;
  double seconds;
};

// "ms" before "m".
constexpr Unit kUnits[] = {{"ms", 1e-3}, {"us", 1e-6}, {"ns", 1e-9},
                           {"h", 3600},  {"m", 60},    {"s", 1}};

// Drops a unit of time from the front of `text`: how many seconds it is.
std::optional<double> take_unit(std::string_view& text) {
  for (const Unit& unit : kUnits) {
    if (!text.starts_with(unit.name)) continue;
    text.remove_prefix(unit.name.size());
    return unit.seconds;
  }
  return std::nullopt;
}

}  // namespace

const char* to_string(Command command) {
  switch (command) {
    case Command::kSolve:
      return "solve";
    case Command::kValidate:
      return "validate";
    case Command::kStats:
      return "stats";
    case Command::kExplain:
      return "explain";
    case Command::kRender:
      return "render";
    case Command::kPool:
      return "pool";
  }
  return "unknown";
}

std::optional<Command> command_from_string(std::string_view name) {
  for (const Command command : {Command::kSolve, Command::kValidate, Command::kStats,
                                Command::kExplain, Command::kRender, Command::kPool}) {
    if (name == to_string(command)) return command;
  }
  return std::nullopt;
}

std::optional<double> parse_time(std::string_view text) {
  if (text == "inf") return std::numeric_limits<double>::infinity();
  double total = 0;
  do {
    const auto number = take_number(text);
    if (!number) return std::nullopt;
    if (text.empty() && total == 0) return number;
    const auto unit = take_unit(text);
    if (!unit) return std::nullopt;
    total += *number * *unit;
  } while (!text.empty());
  return total;
}

Result<Options> parse_options(Command command, std::span<const char* const> arguments) {
  Parser parser(command, arguments);
  if (command == Command::kPool) {
    parser.options.timeout_seconds = 1;
    parser.options.policies.assign(kPoolPolicies.begin(), kPoolPolicies.end());
  }
  if (auto error = parser.parse()) return *std::move(error);
  Options& options = parser.options;
  if (options.help) return options;
  const bool capacity_needed = (kPlanned & bit(command)) != 0 && !options.params.minimize_capacity;
  if (capacity_needed && !options.capacity) return usage(messages::is_needed("capacity"));
  if (!options.input) return usage(messages::kNoInput);
  if (command == Command::kRender && !options.format) {
    options.format = format_of_file(options.output);
    if (!options.format) return usage(messages::kNoFormat);
  }
  return options;
}

}  // namespace stowage::cli
