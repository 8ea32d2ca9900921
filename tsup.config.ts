/**
 * The build: the library as ES modules and CommonJS with declarations, and the command as one file.
 *
 * Everything is compiled in, fp-ts and io-ts too: neither has an ES module that Node can load. Declarations still
 * import those two, which is why they are peer dependencies.
 */
import { defineConfig, type Options } from 'tsup'
import { bundling, cli, entries } from './test/tools/project.mjs'

const shared: Options = {
  target: bundling.target as 'es2020',
  noExternal: [/./],
  esbuildOptions(options) {
    options.mainFields = bundling.mainFields
    options.external = [...(options.external ?? []), ...bundling.external]
  },
  // `node:http` keeps its name, so that a bundler for browsers says what it cannot have.
  removeNodeProtocol: false
}

export default defineConfig([
  {
    ...shared,
    platform: 'neutral',
    entry: Object.fromEntries(entries.map(({ name, source }) => [name, source])),
    format: ['esm', 'cjs'],
    splitting: true,
    // tsup hands TypeScript a `baseUrl`, which TypeScript 6 refuses unless told that we know.
    dts: { compilerOptions: { ignoreDeprecations: '6.0' } }
  },
  {
    ...shared,
    platform: 'node',
    entry: { [cli.name]: cli.source },
    format: ['cjs'],
    splitting: false,
    minify: false,
    dts: false,
    banner: { js: '#!/usr/bin/env node' }
  }
])
