// The native command `stowage`; docs/cli.md is its contract.

#include <csignal>
#include <cstdlib>
#include <new>
#include <span>

#include "cli/commands.h"
#include "cli/files.h"
#include "cli/help.h"
#include "cli/messages.h"

namespace stowage::cli {
namespace {

using Arguments = std::span<const char* const>;

int print(const std::string& text) {
  const Status error = write_output(text);
  return error ? fail(error->message) : kAnswered;
}

int print_help(Command command) {
  switch (command) {
    case Command::kSolve:
      return print(kSolveHelp);
    case Command::kValidate:
      return print(kValidateHelp);
    case Command::kStats:
      return print(kStatsHelp);
    case Command::kExplain:
      return print(kExplainHelp);
    case Command::kRender:
      return print(kRenderHelp);
    case Command::kPool:
      return print(kPoolHelp);
  }
  return kFailed;
}

int run_command(Command command, Arguments arguments) {
  const Result<Options> options = parse_options(command, arguments);
  if (!options) return fail(options.error().message + messages::see_help(to_string(command)));
  if (options->help) return print_help(command);
  switch (command) {
    case Command::kSolve:
      return run_solve(*options);
    case Command::kValidate:
      return run_validate(*options);
    case Command::kStats:
      return run_stats(*options);
    case Command::kExplain:
      return run_explain(*options);
    case Command::kRender:
      return run_render(*options);
    case Command::kPool:
      return run_pool(*options);
  }
  return kFailed;
}

int run(Arguments arguments) {
  if (arguments.empty()) return fail(messages::kNoCommand + messages::see_help(""));
  const std::string_view first = arguments[0];
  if (first == "--version") return print(std::string("stowage ") + kVersion + "\n");
  if (first == "--help" || first == "-h") return print(kHelp);
  if (first == "help") {
    if (arguments.size() == 1) return print(kHelp);
    const auto topic = command_from_string(arguments[1]);
    return topic ? print_help(*topic)
                 : fail(messages::unknown_command(arguments[1]) + messages::see_help(""));
  }
  if (const auto command = command_from_string(first)) {
    return run_command(*command, arguments.subspan(1));
  }
  // MiniMalloc's form has options only.
  if (first.starts_with('-')) return run_command(Command::kSolve, arguments);
  return fail(messages::unknown_command(first) + messages::see_help(""));
}

void give_up() {
  // Without memory for anything better.
  std::fputs("stowage: out of memory\n", stderr);
  std::_Exit(kFailed);
}

}  // namespace
}  // namespace stowage::cli

int main(int argc, char** argv) {
  std::set_new_handler(stowage::cli::give_up);
  std::signal(SIGPIPE, SIG_IGN);
  const auto count = static_cast<size_t>(argc > 0 ? argc - 1 : 0);
  return stowage::cli::run({argv + (argc > 0 ? 1 : 0), count});
}
