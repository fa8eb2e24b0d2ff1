// The tests of the npm package, of its consumers and of the examples, on what the build made.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/{npm,consumers,examples}/**/*.test.ts'],
    // Some pack, install and build first; no test depends on how long it takes.
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
})
