import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Intent, isBrowserIntent } from '../../src/intent/intent.js'
import { browserIntent, keyedIntent } from '../arbitraries/intents.js'

const anyIntent: fc.Arbitrary<Intent> = fc.oneof(keyedIntent, browserIntent)

describe('an intent', () => {
  it('C5 runs in the lead’s own browser exactly when its name says so, and has no key exactly then', () => {
    fc.assert(
      fc.property(anyIntent, (intent) => {
        expect(isBrowserIntent(intent)).toBe(intent._tag.endsWith('InBrowser'))
        expect(isBrowserIntent(intent)).toBe(!('lead' in intent))
      })
    )
  })
})
