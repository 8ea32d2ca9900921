// @ts-check
/**
 * The gates, in the order they run: cheap ones first, then those that need the build.
 *
 * A gate is a command that exits with 0 or not. Its output is shown only when it fails, but for lines that begin with
 * `note: `, which are always shown.
 */

/** Debian's Chromium, or the one that CHROMIUM names. */
export const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** Debian's Redis, or the one that REDIS_SERVER names. */
export const redisServer = process.env.REDIS_SERVER ?? '/usr/bin/redis-server'

/**
 * @typedef {object} Gate
 * @property {string} name
 * @property {string} says what is true when it passes
 * @property {ReadonlyArray<string>} needs the packages it cannot run without; a whole path is a program
 * @property {ReadonlyArray<string>} run the command; the first word is a package's command or `node`
 * @property {string} [after] the gate whose products it reads
 * @property {boolean} [onDemand] whether it runs only when asked for by name, being part of another gate
 * @property {boolean} [counts] whether it prints a closing line of its own, whose counts are added up
 */

/** @type {ReadonlyArray<Gate>} */
export const gates = [
  {
    name: 'types',
    says: 'everything compiles',
    needs: ['typescript', '@types/node'],
    run: ['tsc', '-p', 'tsconfig.json']
  },
  {
    name: 'purity',
    says: 'src apart from its adapters compiles without Node or a browser',
    needs: ['typescript'],
    run: ['tsc', '-p', 'test/tools/tsconfig.pure.json']
  },
  {
    name: 'page-types',
    says: 'the playground compiles for a browser',
    needs: ['typescript', '@types/node'],
    run: ['tsc', '-p', 'docs/playground/tsconfig.json']
  },
  {
    name: 'biome',
    says: 'format and lint',
    needs: ['@biomejs/biome'],
    run: ['biome', 'check', '--config-path=test/tools/lint.jsonc', '--error-on-warnings', '.']
  },
  {
    name: 'eslint',
    says: 'the house rules that need types or scopes',
    needs: ['eslint', 'typescript-eslint', 'typescript'],
    run: ['node', 'test/tools/eslint.mjs']
  },
  {
    name: 'regexes',
    says: 'no regular expression takes more than linear time',
    needs: ['recheck', 'typescript'],
    run: ['node', 'test/tools/regexes.mjs']
  },
  {
    name: 'architecture',
    says: 'rooms, doors and doc comments',
    needs: ['vitest', 'typescript'],
    run: ['vitest', 'run', '--config', 'test/tools/vitest.config.ts', 'test/architecture.test.ts'],
    counts: true,
    onDemand: true
  },
  {
    name: 'unit',
    says: 'unit tests, laws and architecture',
    needs: ['vitest', 'fast-check', 'typescript'],
    run: ['vitest', 'run', '--config', 'test/tools/vitest.config.ts'],
    counts: true
  },
  {
    name: 'mutation',
    says: 'what changed since it was last mutated is held by its tests',
    needs: ['@stryker-mutator/core', '@stryker-mutator/api', 'vitest', 'fast-check', 'esbuild'],
    run: ['node', 'test/tools/mutate.mjs', '--changed', '--check', '--minutes', '6'],
    counts: true
  },
  {
    name: 'build',
    says: 'dist is made',
    needs: ['tsup', 'esbuild', 'typescript'],
    run: ['npm', 'run', '--silent', 'build']
  },
  {
    name: 'packaging',
    says: 'the packed tarball installs, loads and type-checks everywhere',
    needs: ['typescript', 'publint', '@arethetypeswrong/cli', 'fp-ts', 'io-ts'],
    run: ['node', 'test/packaging/check.mjs'],
    after: 'build'
  },
  {
    name: 'examples',
    says: 'every example of the documentation compiles, runs and is right',
    needs: ['typescript', 'esbuild', 'fp-ts', 'io-ts'],
    run: ['node', 'test/tools/examples/check.mjs'],
    after: 'build'
  },
  {
    name: 'chromium',
    says: 'the page adapter makes its calls in a real browser',
    needs: ['playwright-core', 'esbuild', 'typescript', chromium],
    run: ['node', 'test/tools/chromium/check.mjs'],
    counts: true
  },
  {
    name: 'playground',
    says: 'the playground shows what the library says, is accessible, and sends nothing',
    needs: ['playwright-core', 'axe-core', 'esbuild', chromium],
    run: ['node', 'test/tools/playground/check.mjs'],
    counts: true
  },
  {
    name: 'bullmq',
    says: 'the example on queues loses and doubles nothing while workers are killed',
    needs: ['bullmq', 'ioredis', redisServer],
    run: ['node', 'test/tools/bullmq/check.mjs'],
    after: 'build',
    counts: true
  },
  {
    name: 'api',
    says: 'docs/api-report.md is what the entry points export',
    needs: ['typescript'],
    run: ['node', 'test/tools/api-report.mjs']
  },
  {
    name: 'sizes',
    says: 'bundles stay within their budgets',
    needs: ['esbuild'],
    run: ['node', 'test/tools/sizes.mjs'],
    after: 'build'
  },
  {
    name: 'docs',
    says: 'site is made, every guide has its place, and typedoc has nothing to warn of',
    needs: ['typedoc', 'typescript'],
    run: ['node', 'test/tools/docs.mjs']
  },
  {
    name: 'site',
    says: 'site has no broken link, reads well on a phone and in the dark, and is found through',
    needs: ['typedoc', 'playwright-core', 'axe-core', chromium],
    run: ['node', 'test/tools/pages/check.mjs'],
    after: 'docs',
    counts: true
  },
  {
    name: 'links',
    says: 'no relative link in the documentation is broken',
    needs: [],
    run: ['node', 'test/tools/links.mjs']
  },
  {
    name: 'notices',
    says: 'THIRD-PARTY-NOTICES.md names exactly what is compiled in',
    needs: ['esbuild'],
    run: ['node', 'test/tools/notices.mjs']
  }
]
