/**
 * What tests of the v1 room start from: settings decoded, mappers made.
 */
import { describeProblem } from '../../src/ground/problem.js'
import type { Mapped, Mapper } from '../../src/intent/mapped.js'
import { decodeSettings } from '../../src/v1/decode-settings.js'
import { browserMapper, mapper } from '../../src/v1/mapper.js'
import type { Settings } from '../../src/v1/settings.js'

/** The instance that most tests map for. */
export const munchkinId = '561-HYG-937'

/** Settings as a customer stores them, decoded; settings that cannot be used are a mistake of the test. */
export const settingsFrom = (given: Readonly<Record<string, unknown>> = {}): Settings => {
  const read = decodeSettings('accountId' in given ? given : { munchkinId, ...given })
  if (read._tag === 'Left') throw new Error(read.left.map(describeProblem).join('\n'))
  return read.right
}

/** The server's mapper under these settings. */
export const serverMapper = (given: Readonly<Record<string, unknown>> = {}): Mapper => mapper(settingsFrom(given))

/** The browser's mapper under these settings, with a signer unless they say otherwise. */
export const pageMapper = (given: Readonly<Record<string, unknown>> = {}): Mapper =>
  browserMapper(settingsFrom({ projectId: 'p1', ...given }))

/** The intents of a verdict. */
export const intentsOf = (verdict: Mapped) => (verdict._tag === 'Left' ? [] : verdict.right)

/** The problems of a verdict. */
export const problemsOf = (verdict: Mapped) => (verdict._tag === 'Right' ? [] : verdict.left)
