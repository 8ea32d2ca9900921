/**
 * What tests of the v2 room start from: settings decoded, mappers made.
 */
import { describeProblem } from '../../src/ground/problem.js'
import type { Mapped, Mapper } from '../../src/intent/mapped.js'
import { decodeSettings } from '../../src/v2/decode-settings.js'
import { browserMapper, mapper } from '../../src/v2/mapper.js'
import type { Settings } from '../../src/v2/settings.js'

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

/** The browser's mapper under these settings, in device mode with a form unless they say otherwise. */
export const deviceMapper = (given: Readonly<Record<string, unknown>> = {}): Mapper =>
  browserMapper(settingsFrom({ mode: 'device', formId: 1001, formHost: '//app-ab00.marketo.com', ...given }))

/** The intents of a verdict. */
export const intentsOf = (verdict: Mapped) => (verdict._tag === 'Left' ? [] : verdict.right)

/** The problems of a verdict. */
export const problemsOf = (verdict: Mapped) => (verdict._tag === 'Right' ? [] : verdict.left)
