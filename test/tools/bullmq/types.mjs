// @ts-check
/**
 * Type-checks the files of docs/examples/bullmq against dist, and prints what the compiler has against them.
 */
import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'
import { complaintsAbout, consumerOptions } from '../compile.mjs'
import { root } from '../project.mjs'

const folder = join(root, 'docs/examples/bullmq')
const files = readdirSync(folder).filter((name) => name.endsWith('.mjs'))
const complaints = complaintsAbout(
  files.map((name) => join(folder, name)),
  {
    ...consumerOptions,
    // BullMQ's own declarations are its own business.
    ...{ skipLibCheck: true, allowJs: true, checkJs: true },
    ...{ module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext }
  }
)
for (const { file, line, message } of complaints) console.log(`${relative(root, file)}:${line} ${message}`)
