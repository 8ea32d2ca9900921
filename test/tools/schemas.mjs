// @ts-check
/**
 * The JSON Schemas of files that people write by hand, as the package publishes them.
 *
 *     node test/tools/schemas.mjs     writes dist/schemas/<name>.schema.json
 *
 * They are drawn by src/settings/schemas, from the tables and codecs that read those files, at every build: no copy of them is kept.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from './bundles.mjs'
import { root } from './project.mjs'

/** @returns {Promise<ReadonlyArray<{ name: string, schema: unknown }>>} */
export const schemaFiles = async () => {
  const { code } = await bundle({ entryPoints: ['src/settings/schemas/file-schemas.ts'] })
  const { schemaNames, fileSchema } = await import(
    `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`
  )
  return schemaNames.map((/** @type {string} */ name) => ({ name: `${name}.schema.json`, schema: fileSchema(name) }))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = join(root, 'dist', 'schemas')
  mkdirSync(folder, { recursive: true })
  for (const { name, schema } of await schemaFiles())
    writeFileSync(join(folder, name), `${JSON.stringify(schema, null, 2)}\n`)
}
