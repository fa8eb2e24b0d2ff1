// Loops over arrays, four floats at a time, the last up to three among them.
#pragma once

#include "tensor/simd.h"

namespace stowage {

// An operand that a loop walks along, or that is the same for all elements.
struct Along {
  const float* data;
  [[nodiscard]] Float4 at(int64_t i) const { return load(data + i); }
  [[nodiscard]] Float4 part(int64_t i, int64_t count) const {
    // 1 is harmless as a divisor and in a logarithm.
    return load_part(data + i, count, 1.0F);
  }
};

struct Repeated {
  Float4 value;
  [[nodiscard]] Float4 at(int64_t /*i*/) const { return value; }
  [[nodiscard]] Float4 part(int64_t /*i*/, int64_t /*count*/) const { return value; }
};

// out[i] = f(operands[i]...) for i < n. An operand may be the output itself. Four vectors a pass: a
// short operation would cost less than the loop itself, and of a long chain of them several then
// run side by side.
template <typename Function, typename... Operands>
inline void map(float* out, int64_t n, Function f, Operands... operands) {
  constexpr int64_t kPass = 4 * kLanes;
  int64_t i = 0;
  for (; i + kPass <= n; i += kPass) {
    // All are computed before any is stored, as the compiler cannot tell that they may be.
    const Float4 a = f(operands.at(i)...);
    const Float4 b = f(operands.at(i + kLanes)...);
    const Float4 c = f(operands.at(i + 2 * kLanes)...);
    const Float4 d = f(operands.at(i + 3 * kLanes)...);
    store(out + i, a);
    store(out + i + kLanes, b);
    store(out + i + 2 * kLanes, c);
    store(out + i + 3 * kLanes, d);
  }
  for (; i + kLanes <= n; i += kLanes) store(out + i, f(operands.at(i)...));
  if (i < n) store_part(out + i, f(operands.part(i, n - i)...), n - i);
}

}  // namespace stowage
