#include "planner/preorder.h"

#include <algorithm>
#include <random>

#include "stowage/base/random.h"

namespace stowage {

Preorder::Preorder(const Model& model, const PreorderingHeuristic& heuristic)
    : model_(model),
      letters_(heuristic.letters),
      stretch_(static_cast<size_t>(model.buffer_count), 1.0),
      keys_(static_cast<size_t>(model.buffer_count) * heuristic.letters.size()) {
  if (heuristic.noise <= 0) return;
  std::mt19937_64 random(heuristic.seed);
  for (double& stretch : stretch_) {
    stretch = 1.0 + heuristic.noise * random_fraction(random);
  }
}

double Preorder::value(char letter, int32_t buffer, const std::vector<int64_t>& total_load) const {
  const auto b = static_cast<size_t>(buffer);
  const Lifespan lifespan = model_.lifespan[b];
  switch (letter) {
    case 'A':
      return static_cast<double>(model_.size[b]) * static_cast<double>(lifespan.length());
    case 'C':
      return model_.end_section[b] - model_.first_section[b];
    case 'L':
      return static_cast<double>(lifespan.lower);
    case 'O':
      return static_cast<double>(model_.neighbour_begin[b + 1] - model_.neighbour_begin[b]);
    case 'T': {
      int64_t fullest = 0;
      for (int32_t i = model_.span_begin[b]; i < model_.span_begin[b + 1]; ++i) {
        const Model::Span& span = model_.spans[static_cast<size_t>(i)];
        fullest = std::max(fullest, *std::max_element(total_load.begin() + span.lower,
                                                      total_load.begin() + span.upper));
      }
      return static_cast<double>(fullest);
    }
    case 'U':
      return static_cast<double>(lifespan.upper);
    case 'W':
      return static_cast<double>(lifespan.length());
    case 'Z':
      return static_cast<double>(model_.size[b]);
    default:
      return 0;
  }
}

void Preorder::sort(int32_t* buffers, int32_t count, const std::vector<int64_t>& total_load) {
  const size_t letters = letters_.size();
  for (int32_t i = 0; i < count; ++i) {
    const auto b = static_cast<size_t>(buffers[i]);
    for (size_t k = 0; k < letters; ++k) {
      keys_[b * letters + k] = value(letters_[k], buffers[i], total_load) * stretch_[b];
    }
  }
  std::sort(buffers, buffers + count, [&](int32_t a, int32_t b) {
    const double* key_a = &keys_[static_cast<size_t>(a) * letters];
    const double* key_b = &keys_[static_cast<size_t>(b) * letters];
    for (size_t k = 0; k < letters; ++k) {
      if (key_a[k] != key_b[k]) return key_a[k] > key_b[k];
    }
    return a < b;
  });
}

}  // namespace stowage
