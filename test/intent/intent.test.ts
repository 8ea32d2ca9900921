import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { live } from '../../src/intent/descriptor.js'
import { type Intent, isBrowserIntent, isKeyedIntent } from '../../src/intent/intent.js'
import { browserIntent, keyedIntent, recordIntent } from '../arbitraries/intents.js'

const anyIntent: fc.Arbitrary<Intent> = fc.oneof(keyedIntent, recordIntent, browserIntent)

describe('an intent', () => {
  it('C5 runs in the lead’s own browser exactly when its name says so, and then has no key', () => {
    fc.assert(
      fc.property(anyIntent, (intent) => {
        expect(isBrowserIntent(intent)).toBe(intent._tag.endsWith('InBrowser'))
        expect(isKeyedIntent(intent)).toBe('lead' in intent)
        expect(isBrowserIntent(intent) && isKeyedIntent(intent)).toBe(false)
      })
    )
  })
})

describe('a route', () => {
  it('that Marketo serves says so, and nothing else', () => {
    expect(live).toEqual({ status: 'live' })
  })
})
