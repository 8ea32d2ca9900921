// @ts-check
/** Bundles as a consumer would, in memory, and says what came out and where it came from. */
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { bundling, root } from './project.mjs'

/**
 * @typedef {object} Bundle
 * @property {string} code
 * @property {number} bytes gzip -9
 * @property {ReadonlyArray<{ path: string, bytes: number }>} inputs the files of which something is left in it, heaviest
 * first, relative to the root
 */

/** A module's text, standing in the project's root. @param {string} contents @returns {import('esbuild').BuildOptions} */
export const text = (contents) => ({ stdin: { contents, resolveDir: root, loader: 'ts' } })

/**
 * @param {import('esbuild').BuildOptions} what what to bundle: an entry point, or a `text`
 * @returns {Promise<Bundle>}
 */
export const bundle = async (what) => {
  const result = await build({
    ...bundling,
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    metafile: true,
    minify: true,
    write: false,
    logLevel: 'silent',
    ...what
  })
  const [file] = result.outputFiles ?? []
  const inputs = Object.values(result.metafile?.outputs ?? {}).flatMap((output) =>
    Object.entries(output.inputs)
      .map(([path, { bytesInOutput }]) => ({ path, bytes: bytesInOutput }))
      .filter(({ bytes }) => bytes > 0)
      .sort((a, b) => b.bytes - a.bytes)
  )
  const code = file?.text ?? ''
  return { code, bytes: gzipSync(code, { level: 9 }).length, inputs }
}

/** The package a bundled file belongs to, or undefined for one of ours. @param {string} input */
export const packageOf = (input) => {
  const [, path] = /^.*node_modules\/(.+)$/.exec(input) ?? []
  if (path === undefined) return undefined
  const [scope = '', name = ''] = path.split('/')
  return scope.startsWith('@') ? `${scope}/${name}` : scope
}
