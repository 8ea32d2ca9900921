/**
 * What tests of the settings room start from: v1 settings decoded.
 */
import { describeProblem } from '../../src/ground/problem.js'
import { decodeSettings } from '../../src/v1/decode-settings.js'
import type { Settings } from '../../src/v1/settings.js'

/** Settings of v1 as somebody stores them, decoded; settings that cannot be used are a mistake of the test. */
export const v1From = (given: Readonly<Record<string, unknown>> = {}): Settings => {
  const read = decodeSettings({ munchkinId: '561-HYG-937', ...given })
  if (read._tag === 'Left') throw new Error(read.left.map(describeProblem).join('\n'))
  return read.right
}
