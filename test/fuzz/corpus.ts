/**
 * The corpora: what each target's inputs are made from. An input that failed once is added, and so tried for ever.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Target } from './target.js'

/** The inputs of a target's corpus; `folder` is where the corpora are. */
export const corpusOf = ({ corpus }: Target, folder: string): ReadonlyArray<unknown> => {
  const read: unknown = JSON.parse(readFileSync(join(folder, `${corpus}.json`), 'utf8'))
  return Array.isArray(read) ? read : []
}
