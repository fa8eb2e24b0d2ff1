#include "problems/named.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "problems/perfect.h"
#include "problems/random.h"

namespace stowage::problems {
namespace {

Error bad_name(std::string_view name) {
  return {ErrorCode::kInvalidArgument,
          '"' + std::string(name) + "\" is no KIND:BUFFERS:SEED with a kind of perfect, aligned, " +
              "fixed, gaps, windows, sprinkled, full, random, short, dense, heavy, layered, " +
              "training"};
}

// Reads a number off the front of `text`, and a colon before it.
bool take_number(std::string_view& text, uint64_t& value) {
  if (text.empty() || text.front() != ':') return false;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data() + 1, end, value);
  text = text.substr(static_cast<size_t>(rest - text.data()));
  return error == std::errc();
}

}  // namespace

Result<Problem> make_named(std::string_view name) {
  const std::string_view kind = name.substr(0, name.find(':'));
  std::string_view rest = name.substr(kind.size());
  uint64_t count = 0;
  uint64_t seed = 0;
  constexpr uint64_t kMost = uint64_t{1} << 24;
  if (!take_number(rest, count) || !take_number(rest, seed) || !rest.empty() || count == 0 ||
      count > kMost) {
    return bad_name(name);
  }
  const auto buffers = static_cast<int64_t>(count);
  if (kind == "full") return make_full(buffers, seed);
  if (kind == "random") return make_random(buffers, (buffers + 1) / 2, seed);
  if (kind == "short") return make_random(buffers, 100, seed);
  if (kind == "dense") return make_random(buffers, std::max<int64_t>(1, buffers / 18), seed);
  if (kind == "heavy") return make_heavy(buffers, seed);
  if (kind == "layered") return make_layered(buffers, seed);
  if (kind == "training") return make_training(buffers, seed);

  const bool all = kind == "sprinkled";
  const Sprinkles sprinkles{.alignments = all || kind == "aligned",
                            .fixed = all || kind == "fixed",
                            .gaps = all || kind == "gaps",
                            .windows = kind == "windows"};
  const bool has_any = sprinkles.alignments || sprinkles.fixed || sprinkles.gaps;
  if (!has_any && !sprinkles.windows && kind != "perfect") return bad_name(name);
  return std::move(sprinkle(make_perfect(buffers, seed), sprinkles, seed).problem);
}

}  // namespace stowage::problems
