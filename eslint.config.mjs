import js from '@eslint/js'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const typed = [
  'npm/**/*.{ts,mts,mjs}',
  'web/**/*.{ts,tsx,mjs}',
  'tests/**/*.{ts,mts,mjs}',
  'scripts/**/*.mjs',
  '*.config.{ts,mts,mjs}',
]
const scripts = [
  'npm/scripts/**',
  'tests/**',
  'scripts/**',
  'examples/node/**',
  'examples/problems/**',
]

export default defineConfig(
  globalIgnores(['**/build/', '**/dist/', '**/node_modules/', 'docs/api/', 'tests/fixtures/']),
  js.configs.recommended,
  {
    files: typed,
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // tsc reports both, with its own options.
      'no-undef': 'off',
      'no-unused-vars': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    // The examples are read as they are, without a compiler.
    files: ['examples/**/*.{js,mjs,ts}'],
    extends: [tseslint.configs.base],
    rules: { 'no-undef': 'off' },
  },
  { files: scripts, rules: { 'no-console': 'off' } },
  {
    // Playwright wants a pattern even where a fixture uses no other.
    files: ['tests/web/**'],
    rules: { 'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }] },
  },
)
