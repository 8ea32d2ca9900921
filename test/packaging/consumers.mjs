// @ts-check
/**
 * TypeScript consumers of the installed package, with `skipLibCheck: false`: the only setting under which our own
 * declarations are read in full, and faults of the declaration bundler show.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { complaintsAbout, consumerOptions, showComplaint } from '../tools/compile.mjs'
import { entries } from '../tools/project.mjs'

/** @param {(specifier: string, name: string) => string} load */
const program = (load) => {
  const lines = entries.map(({ specifier }, index) => load(specifier, `entry${index}`))
  return `${lines.join('\n')}\nexport const all = [${entries.map((_, index) => `entry${index}`).join(', ')}]\n`
}

const importing = program((specifier, name) => `import * as ${name} from '${specifier}'`)
const requiring = program((specifier, name) => `import ${name} = require('${specifier}')`)

const nodeNext = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext }
const bundler = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }

const consumers = [
  { file: 'consumer.mts', text: importing, options: nodeNext },
  { file: 'consumer.cts', text: requiring, options: nodeNext },
  { file: 'consumer.ts', text: importing, options: bundler }
]

/** Every fault, with the consumer that met it. @param {string} folder */
export const consumerFaults = (folder) =>
  consumers.flatMap(({ file, text, options }) => {
    const path = join(folder, file)
    writeFileSync(path, text)
    // `types: []`: a consumer need not have Node's types, and our declarations must not need them.
    return complaintsAbout([path], { ...consumerOptions, types: [], ...options }).map(
      (complaint) => `${file}: ${showComplaint(folder)(complaint)}`
    )
  })
