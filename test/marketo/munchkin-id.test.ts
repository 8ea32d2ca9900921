import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../src/ground/problem.js'
import { isMunchkinId, MunchkinId, MunchkinIdFromText, readMunchkinId } from '../../src/marketo/munchkin-id.js'
import { munchkinIdText } from '../arbitraries/munchkin.js'

const mend = 'put the munchkin id here, as in 561-HYG-937; Marketo shows it under Admin > Integration > Munchkin'

/** How an id is written by those who paste it. */
const pasted = fc.record({
  id: munchkinIdText,
  lower: fc.boolean(),
  scheme: fc.constantFrom('', '//', 'http://', 'https://', 'HTTPS://'),
  host: fc.constantFrom('.mktorest.com', '.mktoapi.com', '.mktoresp.com', '.MktoRest.com'),
  tail: fc.constantFrom(
    '',
    '/',
    '/rest',
    '/rest/',
    '/rest/rest/v1',
    '/identity',
    '/bulk/v1',
    '/soap/mktows/2_9',
    ':443/rest',
    '?a=b',
    '#x'
  ),
  before: fc.stringMatching(/^[ \t\n]{0,2}$/),
  after: fc.stringMatching(/^[ \t\n]{0,2}$/)
})

describe('laws', () => {
  it('the canonical form is read as it is and written as it was', () => {
    fc.assert(
      fc.property(munchkinIdText, (text) => {
        for (const codec of [MunchkinId, MunchkinIdFromText]) {
          expect(E.map(codec.encode)(codec.decode(text))).toEqual(E.right(text))
        }
        expect(isMunchkinId(text)).toBe(true)
      })
    )
  })

  it('an endpoint URL in any letter case, with blanks around it, names the id in it', () => {
    fc.assert(
      fc.property(pasted, ({ id, lower, scheme, host, tail, before, after }) => {
        const text = `${before}${scheme}${lower ? id.toLowerCase() : id}${host}${tail}${after}`
        expect(MunchkinIdFromText.decode(text)).toEqual(E.right(id))
      })
    )
  })

  it('P3 any value gets a verdict, and the plain reader gives the same one as the codec', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          munchkinIdText,
          pasted.map(({ id, host }) => id + host)
        ),
        (u) => {
          const read = readMunchkinId(u, ['munchkinId'])
          const decoded = MunchkinIdFromText.decode(u)
          expect(read._tag).toBe(decoded._tag)
          if (E.isRight(read)) expect(decoded).toEqual(read)
        }
      )
    )
  })

  it('P4 an id equals its JSON round trip', () => {
    fc.assert(
      fc.property(munchkinIdText, (text) => {
        const read = readMunchkinId(text, [])
        expect(JSON.parse(JSON.stringify(read))).toEqual(read)
      })
    )
  })

  it('a text with two different ids names none', () => {
    fc.assert(
      fc.property(munchkinIdText, munchkinIdText, (a, b) => {
        const decoded = MunchkinIdFromText.decode(`https://${a}.mktorest.com/rest?was=${b}`)
        expect(decoded).toEqual(a === b ? E.right(a) : expect.objectContaining({ _tag: 'Left' }))
      })
    )
  })

  it('a canonical id that lost or gained a character is none', () => {
    fc.assert(
      fc.property(munchkinIdText, fc.nat({ max: 10 }), fc.stringMatching(/^[A-Z0-9-]$/), (id, i, extra) => {
        expect(isMunchkinId(id.slice(0, i) + id.slice(i + 1))).toBe(false)
        expect(isMunchkinId(id.slice(0, i) + extra + id.slice(i))).toBe(false)
      })
    )
  })
})

describe('near misses', () => {
  it.each([
    ['a number', 561],
    ['a list of one id', ['561-HYG-937']],
    ['blank text', '  '],
    ['letters for digits', 'ABC-561-HYG'],
    ['no hyphens', '561HYG937'],
    ['a long dash', '561–HYG–937'],
    ['a letter whose capital is ASCII', '561-ſyg-937'],
    ['a letter whose capitals are two', '561-ßg-937'],
    ['digits of another script', '٥٦١-HYG-937'],
    ['a line break inside', '561-HYG-937\n561-HYG-937'],
    ['another vendor', 'https://561-HYG-937.example.com/rest'],
    ['the id as a sub-domain of another host', 'https://561-HYG-937.mktorest.com.example.com/rest'],
    ['the id as a user of another host', 'https://561-HYG-937.mktorest.com@example.com/rest'],
    ['the id in the path', 'https://example.com/561-HYG-937.mktorest.com'],
    ['a label in front of it', 'https://www.561-HYG-937.mktorest.com/rest'],
    ['another scheme', 'ftp://561-HYG-937.mktorest.com/rest'],
    ['a scheme in front of a bare id', 'https://561-HYG-937'],
    ['a blank in the path', 'https://561-HYG-937.mktorest.com/rest v1'],
    ['the host without an id', 'https://mktorest.com/rest']
  ])('%s is no munchkin id, and the problem says where to find one', (_, u) => {
    expect(MunchkinIdFromText.decode(u)).toMatchObject({ _tag: 'Left', left: [{ message: mend }] })
    expect(readMunchkinId(u, ['munchkinId'])).toMatchObject({
      _tag: 'Left',
      left: { _tag: 'Malformed', weight: 'invalid', mend }
    })
  })

  it.each([undefined, null, ''])('%j is missing, not malformed', (u) => {
    expect(readMunchkinId(u, ['munchkinId'])).toEqual(
      E.left({ _tag: 'Missing', weight: 'invalid', at: ['munchkinId'], mend })
    )
  })

  it('the problem names the place and never the value', () => {
    const read = readMunchkinId('secret-561', ['settings', 'accountId'])
    expect(E.isLeft(read) && describeProblem(read.left)).toBe(`settings.accountId: found text; ${mend}`)
  })

  it('the canonical codec mends nothing', () => {
    expect(
      ['561-hyg-937', ' 561-HYG-937', '561-HYG-937\n', 'https://561-HYG-937.mktorest.com'].map(MunchkinId.is)
    ).toEqual([false, false, false, false])
  })
})

it('what is pasted is read, but only the canonical form is an id', () => {
  expect(['561-HYG-937', '561-hyg-937', ' 561-HYG-937', 561].map(MunchkinIdFromText.is)).toEqual([
    true,
    false,
    false,
    false
  ])
})

it('codecs carry their names into messages', () => {
  expect([MunchkinId.name, MunchkinIdFromText.name]).toEqual(['MunchkinId', 'MunchkinIdFromText'])
})
