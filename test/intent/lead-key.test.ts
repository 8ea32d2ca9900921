import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyText } from '../../src/intent/lead-key.js'
import { leadKey } from '../arbitraries/intents.js'

describe('the text of a lead key', () => {
  it.each([
    [{ lookupField: 'email', value: 'ana@example.com' }, 'email=ana@example.com'],
    [{ lookupField: 'email', value: ' Ana@Example.COM ' }, 'email=ana@example.com'],
    [{ lookupField: 'userId', value: 'U1 ' }, 'userId=U1 '],
    [{ lookupField: 'id', value: 1042 }, 'id=1042'],
    [{ lookupField: 'id', value: '01042' }, 'id=1042'],
    [{ lookupField: 'id', value: ' 1042.0 ' }, 'id=1042'],
    [{ lookupField: 'id', value: 1 }, 'id=1'],
    [{ lookupField: 'id', value: '00' }, 'id=00'],
    [{ lookupField: 'id', value: '-07' }, 'id=-07'],
    [{ lookupField: 'id', value: '07.5' }, 'id=07.5'],
    [{ lookupField: 'id', value: '09007199254740993' }, 'id=09007199254740993'],
    [{ lookupField: 'id', value: 'u07' }, 'id=u07'],
    [{ lookupField: 'userId', value: '01042' }, 'userId=01042'],
    [{ lookupField: 'email', value: 7 }, 'email=7'],
    [{ lookupField: 'Email', value: 'A@b.test' }, 'Email=A@b.test']
  ])('%j is %s', (key, expected) => {
    expect(keyText(key)).toBe(expected)
  })

  it('is one text for keys that differ in the case of an email, or in the kind of a number', () => {
    fc.assert(
      fc.property(leadKey, ({ lookupField, value }) => {
        const text = keyText({ lookupField, value })
        expect(keyText({ lookupField, value: String(value) })).toBe(text)
        expect(keyText({ lookupField, value: String(value).toUpperCase() }) === text).toBe(
          lookupField === 'email' || String(value).toUpperCase() === String(value)
        )
      })
    )
  })

  it('is another text for another field or another value', () => {
    fc.assert(
      fc.property(leadKey, leadKey, (a, b) => {
        fc.pre(a.lookupField !== 'email' || b.lookupField !== 'email')
        const isSame = a.lookupField === b.lookupField && String(a.value) === String(b.value)
        expect(keyText(a) === keyText(b)).toBe(isSame)
      })
    )
  })
})
