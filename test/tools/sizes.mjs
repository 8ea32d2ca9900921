// @ts-check
/**
 * What a consumer pays: one import, bundled by esbuild, minified, gzip -9, with fp-ts and io-ts inside.
 *
 * Measured on dist, because that is what consumers bundle: what is put into one chunk there is paid for together. What
 * is inside is read off the sources, whose files still have names; a canary looks for the same thing in dist.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { bundle, packageOf, text } from './bundles.mjs'
import { functionFiles } from './functions.mjs'
import { entries, root } from './project.mjs'

/**
 * @typedef {object} Budget
 * @property {string} subpath
 * @property {string} name the export that is imported
 * @property {number} bytes
 * @property {ReadonlyArray<{ name: string, canary: RegExp }>} without packages of which nothing may be in it, and a text
 * that survives in any bundle they are in
 */

/** 1732584193 is the first word of SHA-1's initial state, and of no other thing we compile in. */
const hashes = { name: '@noble/hashes', canary: /1732584193|0x67452301/i }

/** @type {ReadonlyArray<Budget>} */
const budgets = [{ subpath: './v2', name: 'mapper', bytes: 15_900, without: [hashes] }]

/** @param {number} bytes */
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`

/** The heaviest files of a bundle, to see where to save. @param {import('./bundles.mjs').Bundle} bundled */
const heaviest = ({ inputs }) =>
  inputs
    .slice(0, 8)
    .map(({ path, bytes }) => `\n  ${kB(bytes)} before gzip: ${path}`)
    .join('')

/** @param {Budget} budget @returns {Promise<ReadonlyArray<string>>} */
const faultsOf = async ({ subpath, name, bytes, without }) => {
  const entry = entries.find((candidate) => candidate.subpath === subpath)
  if (entry === undefined) return [`there is no entry ${subpath}`]
  const shipped = await bundle(text(`export { ${name} } from '${entry.specifier}'`))
  const source = await bundle(text(`export { ${name} } from './${entry.source}'`))
  const packages = new Set(source.inputs.map(({ path }) => packageOf(path)))
  console.log(`note: ${name} of ${entry.specifier}: ${kB(shipped.bytes)} of ${kB(bytes)}`)
  return [
    ...(shipped.bytes > bytes
      ? [`${name} of ${entry.specifier} weighs ${kB(shipped.bytes)}, more than ${kB(bytes)}${heaviest(source)}`]
      : []),
    ...without.flatMap(({ name: stranger, canary }) => [
      ...(packages.has(stranger) ? [`${name} of ${entry.specifier} brings code of ${stranger}`] : []),
      ...(canary.test(shipped.code) ? [`${name} of ${entry.specifier}, as shipped, brings code of ${stranger}`] : [])
    ])
  ]
}

/** A file to paste as it was built, against what it may weigh. @param {import('./functions.mjs').FunctionFile} file */
const functionFaults = ({ name, bytes }) => {
  const weight = gzipSync(readFileSync(join(root, 'dist', 'segment-function', `${name}.js`)), { level: 9 }).length
  console.log(`note: segment-function/${name}.js: ${kB(weight)} of ${kB(bytes)}`)
  return weight > bytes ? [`segment-function/${name}.js weighs ${kB(weight)}, more than ${kB(bytes)}`] : []
}

const faults = [...(await Promise.all(budgets.map(faultsOf))).flat(), ...functionFiles.flatMap(functionFaults)]

const whole = await Promise.all(
  entries.map(
    async ({ subpath, specifier }) => `${subpath} ${kB((await bundle(text(`export * from '${specifier}'`))).bytes)}`
  )
)
console.log(`note: whole subpaths: ${whole.join(', ')}`)
for (const fault of faults) console.log(fault)
process.exitCode = faults.length > 0 ? 1 : 0
