import { defineConfig } from 'vite'

export default defineConfig({
  // The package finds its worker beside itself, which pre-bundling in development would move.
  optimizeDeps: { exclude: ['stowage'] },
  // Inline data: would be against the content security policy.
  build: { assetsInlineLimit: 0 },
})
