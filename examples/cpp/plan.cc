// Plans a CSV file and prints where each buffer goes: `plan FILE CAPACITY`.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "stowage/planner/csv.h"
#include "stowage/planner/solver.h"
#include "stowage/planner/validate.h"

namespace {

int fail(const std::string& message) {
  std::fprintf(stderr, "%s\n", message.c_str());
  return EXIT_FAILURE;
}

std::string read_file(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return fail("usage: plan FILE CAPACITY");
  const auto problem = stowage::problem_from_csv(read_file(argv[1]), std::atoll(argv[2]));
  if (!problem) return fail(to_string(problem.error()));

  const auto solver = stowage::make_solver(*problem, stowage::SolverParams{});
  if (!solver) return fail(to_string(solver.error()));

  // One slice of at most ten seconds. A program with other things to do takes shorter slices.
  using std::chrono::steady_clock;
  const stowage::Budget budget{.deadline = steady_clock::now() + std::chrono::seconds(10)};
  const stowage::SearchStatus status = (*solver)->step(budget);
  if (status == stowage::SearchStatus::kInfeasible) return fail("there is no plan");
  if (status != stowage::SearchStatus::kSolved) return fail("no answer in ten seconds");

  const stowage::Plan& plan = *(*solver)->incumbent();
  for (size_t i = 0; i < problem->buffers.size(); ++i) {
    std::printf("%s at %lld\n", problem->buffers[i].id.c_str(),
                static_cast<long long>(plan.offsets[i]));
  }
  const stowage::Validation validation = stowage::validate(*problem, plan);
  std::printf("height %lld of %s, %s\n", static_cast<long long>(plan.height), argv[2],
              to_string(validation.verdict));
  return EXIT_SUCCESS;
}
