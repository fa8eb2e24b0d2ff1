#include "stowage/view/theme.h"

namespace stowage {
namespace {

// Okabe and Ito, but for black, which would be lost on a dark background. Instead a grey, for what
// has no colour of its own, comes last: as light or dark as it has to be to differ from the others.
constexpr Palette categorical(Rgb grey) {
  return {0x0072b2, 0xe69f00, 0x009e73, 0xcc79a7, 0x56b4e9, 0xd55e00, 0xf0e442, grey};
}

}  // namespace

const Theme kLightTheme = {
    .sequential = {0x440154, 0x46327e, 0x365c8d, 0x277f8e, 0x1fa187, 0x4ac16d, 0xa0da39, 0xfde725},
    .categorical = categorical(0x6e6e6e),
    .background = 0xffffff,
    .text = 0x1f2328,
    .grid = 0xd8dee4,
    .waste = 0xd0d4da,
    .gap = 0x7d8590,
    .load = 0x57606a,
    .capacity = 0xb3261e,
    .bound = 0x00695c,
    .height = 0x1f4fb4,
};

// The darkest steps of the sequential palette would be lost on the background.
const Theme kDarkTheme = {
    .sequential = {0x5a4a94, 0x46589a, 0x2c728e, 0x21918c, 0x28ae80, 0x5ec962, 0xaddc30, 0xfde725},
    .categorical = categorical(0xbdbdbd),
    .background = 0x14171c,
    .text = 0xe6e9ee,
    .grid = 0x30363d,
    .waste = 0x363c45,
    .gap = 0x8b949e,
    .load = 0x9aa4b0,
    .capacity = 0xff8a80,
    .bound = 0x5fd4c4,
    .height = 0x8ab4f8,
};

}  // namespace stowage
