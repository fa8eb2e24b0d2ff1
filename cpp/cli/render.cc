#include "stowage/view/render.h"

#include "cli/commands.h"
#include "cli/files.h"
#include "cli/messages.h"
#include "stowage/base/integer.h"
#include "stowage/planner/csv.h"
#include "stowage/planner/validate.h"

namespace stowage::cli {

int run_render(const Options& options) {
  const Result<std::string> text = read_input(options);
  if (!text) return fail(to_string(text.error()));
  Result<ProblemAndPlan> read = plan_from_csv(*text, kMaxInteger);
  if (!read) return fail(to_string(in_input(options, read.error())));
  Problem& problem = read.value().problem;
  const Plan& plan = read.value().plan;
  const Validation validation = validate(problem, plan);
  if (validation.verdict != Verdict::kGood) {
    say("stowage: " + input_name(*options.input) + ": " +
        messages::note(messages::defect(to_string(validation.verdict), validation.message)));
  }
  // Only now, as the capacity is drawn but judges nothing.
  problem.capacity = options.capacity.value_or(kMaxInteger);
  const Result<std::string> picture = options.format == PictureFormat::kSvg
                                          ? render_svg(problem, plan, options.picture)
                                          : render_png(problem, plan, options.picture);
  if (!picture) return fail(to_string(picture.error()));
  const Status error = write_file(options.output, *picture);
  return error ? fail(error->message) : kAnswered;
}

}  // namespace stowage::cli
