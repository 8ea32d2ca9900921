/**
 * How the unit tests run.
 *
 * Everything under test is a pure function, so the files share one module graph (`isolate: false`): a second file
 * costs nothing but its own tests.
 */
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/tools/setup.ts'],
    pool: 'threads',
    isolate: false,
    // Left alone vitest keeps one core to itself: of two that is half.
    maxWorkers: availableParallelism(),
    // A law may take a thousand runs on a busy machine; a test that hangs should still end.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    reporters: ['default', './test/tools/closing-line.ts'],
    coverage: { provider: 'v8', include: ['src/**/*.ts'], reporter: ['text'] }
  }
})
