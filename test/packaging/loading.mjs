// @ts-check
/**
 * Whether plain Node loads the installed package. This is the one gate that finds an ES module which imports
 * `fp-ts/Either`: compilers, bundlers and the package linters all accept it, and Node does not.
 */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { entries, manifest } from '../tools/project.mjs'
import { schemaFiles } from '../tools/schemas.mjs'

/** Prints the names each subpath exports, one JSON line. @param {string} load */
const script = (load) => `
const names = {}
for (const specifier of ${JSON.stringify(entries.map(({ specifier }) => specifier))}) {
  try { names[specifier] = Object.keys(${load}).filter((name) => name !== 'default').sort() }
  catch (error) { names[specifier] = String(error) }
}
console.log(JSON.stringify(names))
`

/** @param {string} folder @param {string} name @param {string} text @returns {Record<string, string[] | string>} */
const namesFrom = (folder, name, text) => {
  writeFileSync(join(folder, name), text)
  const { stdout, stderr, status } = spawnSync(process.execPath, [name], { cwd: folder, encoding: 'utf8' })
  return status === 0 ? JSON.parse(stdout) : Object.fromEntries(entries.map(({ specifier }) => [specifier, stderr]))
}

/** Every subpath by `import` and by `require`, with the same names. @param {string} folder */
export const loadingFaults = (folder) => {
  const esm = namesFrom(folder, 'load.mjs', script('await import(specifier)'))
  const cjs = namesFrom(folder, 'load.cjs', script('require(specifier)'))
  return entries.flatMap(({ specifier }) => {
    const [imported, required] = [esm[specifier], cjs[specifier]]
    if (!Array.isArray(imported)) return [`import '${specifier}': ${imported}`]
    if (!Array.isArray(required)) return [`require('${specifier}'): ${required}`]
    if (imported.length === 0) return [`${specifier} exports nothing`]
    return imported.join() === required.join() ? [] : [`${specifier}: import and require give different names`]
  })
}

/** The installed command answers `--help`. @param {string} folder */
export const commandFaults = (folder) =>
  Object.keys(manifest.bin).flatMap((name) => {
    const bin = join(folder, 'node_modules', '.bin', name)
    const { status, stdout, stderr, error } = spawnSync(bin, ['--help'], { cwd: folder, encoding: 'utf8' })
    const fine = status === 0 && stdout.includes(name)
    return fine ? [] : [`${name} --help: ${error?.message ?? `exit ${status}`}\n${stdout}${stderr}`]
  })

/** Every schema loads by the name that the package exports it under, and is what the sources say. @param {string} folder */
export const schemaFaults = async (folder) => {
  const files = await schemaFiles()
  const load = `const all = {}
for (const name of ${JSON.stringify(files.map(({ name }) => name))}) all[name] = require('${manifest.name}/schemas/' + name)
console.log(JSON.stringify(all))`
  writeFileSync(join(folder, 'schemas.cjs'), load)
  const { stdout, stderr, status } = spawnSync(process.execPath, ['schemas.cjs'], { cwd: folder, encoding: 'utf8' })
  if (status !== 0) return [`schemas: ${stderr}`]
  const loaded = JSON.parse(stdout)
  return files
    .filter(({ name, schema }) => JSON.stringify(loaded[name]) !== JSON.stringify(schema))
    .map(({ name }) => `${name} in the package is not what src/settings/schemas says`)
}
