// @ts-check
/** Removes dist. tsup's own `clean` would let one of its parallel builds wipe the other's files. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './project.mjs'

rmSync(join(root, 'dist'), { recursive: true, force: true })
