/**
 * What starts in a browser.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { browserStart } from '../../src/v2/mapper.js'
import { excluded, left, missing, munchkinId, right } from '../cases/mapping-case.js'
import { settingsFrom } from './given.js'

const formHost = '//app-ab00.marketo.com'
const mendForm = 'nothing starts in the browser without it: copy it from the form’s embed code in Marketo'

const start = (options: unknown) =>
  right({ _tag: 'StartInBrowser', munchkinId, options, form: { formId: 1001, hostUrl: formHost } })

const cases: ReadonlyArray<readonly [string, Readonly<Record<string, unknown>>, unknown]> = [
  [
    'Munchkin with its form; no cookie for the unknown',
    { mode: 'device', formId: 1001, formHost },
    start({ asyncOnly: true, apiOnly: true, cookieAnon: false })
  ],
  [
    'the same in hybrid mode',
    { mode: 'hybrid', formId: 1001, formHost },
    start({ asyncOnly: true, apiOnly: true, cookieAnon: false })
  ],
  [
    'a cookie for everybody when anonymous activity is on',
    { mode: 'device', formId: 1001, formHost, anonymousActivity: true },
    start({ asyncOnly: true, apiOnly: true })
  ],
  [
    'further options',
    {
      mode: 'device',
      formId: 1001,
      formHost,
      anonymousActivity: true,
      munchkinOptions: { domainLevel: 2, altIds: ['123-ABC-456'], httpsOnly: true }
    },
    start({ asyncOnly: true, apiOnly: true, domainLevel: 2, altIds: ['123-ABC-456'], httpsOnly: true })
  ],
  [
    'as Segment’s own code starts it',
    { mode: 'device', formId: 1001, formHost, browserProfile: 'exact', munchkinOptions: { domainLevel: 2 } },
    start({ asyncOnly: true })
  ],
  [
    'nothing without a form',
    { mode: 'device' },
    left(missing('invalid', ['settings', 'formId'], mendForm), missing('invalid', ['settings', 'formHost'], mendForm))
  ],
  [
    'nothing without the form’s host',
    { mode: 'device', formId: 1001 },
    left(missing('invalid', ['settings', 'formHost'], mendForm))
  ],
  [
    'nothing without the form’s id',
    { mode: 'hybrid', formHost },
    left(missing('invalid', ['settings', 'formId'], mendForm))
  ],
  [
    'nothing where the server sends everything',
    { mode: 'cloud', formId: 1001, formHost },
    left(excluded(['settings', 'mode'], 'mode', 'the server sends everything in this mode: say device or hybrid'))
  ]
]

describe('what starts', () => {
  it.each(cases)('%s', (_, given, expected) => {
    expect(browserStart(settingsFrom(given))).toEqual(expected)
  })

  it('M3 is the same to the byte in whatever order the options are given', () => {
    const options = { altIds: ['a'], domainLevel: 2, httpsOnly: true, wsInfo: 'x' }
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.entries(options), { minLength: 4 }), (entries) => {
        const given = (munchkinOptions: unknown) =>
          browserStart(settingsFrom({ mode: 'device', formId: 1001, formHost, munchkinOptions }))
        expect(JSON.stringify(given(Object.fromEntries(entries)))).toBe(JSON.stringify(given(options)))
      })
    )
  })
})
