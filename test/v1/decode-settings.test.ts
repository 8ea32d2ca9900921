import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../src/ground/problem.js'
import { decodeCredentials } from '../../src/v1/credentials.js'
import { decodeSettings, SettingsFromJson } from '../../src/v1/decode-settings.js'
import { settingRows } from '../../src/v1/setting-names.js'
import { hostileValue } from '../arbitraries/events.js'
import { givenSettings, settings } from '../arbitraries/v1-settings.js'
import { conflict, malformed, missing, risky, unknown } from '../cases/mapping-case.js'
import { munchkinId, settingsFrom } from './given.js'

const problemsIn = (given: unknown) => {
  const read = decodeSettings(given)
  return read._tag === 'Right' ? [] : read.left
}

describe('laws', () => {
  it('P1, P2 the same settings decode alike, and stay as they were', () => {
    fc.assert(
      fc.property(givenSettings, (given) => {
        const before = structuredClone(given)
        expect(decodeSettings(structuredClone(given))).toEqual(decodeSettings(given))
        expect(given).toEqual(before)
      })
    )
  })

  it('P3 any value is settings or is refused with reasons', () => {
    fc.assert(
      fc.property(hostileValue, (u) => {
        const read = decodeSettings(u)
        expect(read._tag === 'Right' || read.left.length > 0).toBe(true)
        expect(['Left', 'Right', 'Both']).toContain(decodeCredentials(u)._tag)
      })
    )
  })

  it('decoded settings decode to themselves, as a codec too', () => {
    fc.assert(
      fc.property(settings, (of) => {
        expect(decodeSettings(of)).toEqual({ _tag: 'Right', right: of })
        expect(SettingsFromJson.is(of)).toBe(true)
        expect(SettingsFromJson.decode(of)).toEqual(E.right(of))
        expect(JSON.parse(JSON.stringify(of))).toStrictEqual(of)
      })
    )
  })

  it('S3 what is refused or remarked is not shown', () => {
    const secret = fc.stringMatching(/^[a-zA-Z0-9]{24}$/)
    const name = fc.constantFrom(
      ...Object.keys(settingRows),
      'accountId',
      'host',
      'privateKey',
      'soapUserId',
      'encryptionKey'
    )
    const wrong = fc.oneof(
      secret,
      secret.map((text) => [text]),
      secret.map((text) => ({ a: text })),
      fc.constant(7)
    )
    fc.assert(
      fc.property(givenSettings, fc.dictionary(name, wrong, { minKeys: 1 }), (given, odd) => {
        const texts = JSON.stringify(odd).match(/[a-zA-Z0-9]{24}/g) ?? []
        const both = [decodeSettings({ ...given, ...odd }), decodeCredentials({ ...given, ...odd })]
        for (const read of both) {
          if (read._tag === 'Right') continue
          const said = JSON.stringify(read.left) + read.left.map(describeProblem).join('\n')
          for (const text of texts) expect(said).not.toContain(text)
        }
      })
    )
  })

  it('S3 no credential stays in the settings', () => {
    const read = decodeSettings({ munchkinId, privateKey: 'K1', soapUserId: 'K2', encryptionKey: 'K3' })
    expect(JSON.stringify(read)).not.toMatch(/K[123]/)
    expect(read._tag).toBe('Both')
  })
})

describe('defaults', () => {
  it('every setting has the default that its page names', () => {
    const expected = Object.fromEntries(
      Object.entries(settingRows).map(([name, { fallback }]) => [name, fallback === undefined ? munchkinId : fallback])
    )
    expect(settingsFrom()).toEqual(expected)
  })

  it('Segment’s own names are read', () => {
    expect(
      settingsFrom({ accountId: '111-aaa-222', projectId: 'PROJ', host: 'https://sign.example.com/' })
    ).toMatchObject({
      munchkinId: '111-AAA-222',
      projectId: 'PROJ',
      signerOrigin: 'https://sign.example.com'
    })
  })

  it.each(
    Object.entries(settingRows).flatMap(([name, { takes }]) =>
      /^[\w-]+(?:, [\w-]+)+$/.test(takes) ? takes.split(', ').map((word) => [name, word] as const) : []
    )
  )('%s may be %s, as its page says', (name, word) => {
    expect(settingsFrom({ [name]: word })).toHaveProperty(name, word)
  })

  it('the codec has its name', () => {
    expect(SettingsFromJson.name).toBe('SettingsFromJson')
  })

  it('null means none where it may', () => {
    expect(settingsFrom({ userAgent: null, pageOrigin: null, projectId: ' ', cookiePath: null })).toMatchObject({
      userAgent: null,
      pageOrigin: null,
      projectId: null,
      cookiePath: null
    })
  })
})

describe('mistakes', () => {
  it.each([
    ['no id', {}, [missing('invalid', ['munchkinId'], 'give the Munchkin account id (Marketo: Admin, Munchkin)')]],
    ['no object', 7, [malformed('invalid', [], 'a number', 'expected an object')]],
    [
      'a name that is nearly one',
      { munchkinId, trackUrls: 'x' },
      [unknown('warning', ['trackUrls'], 'trackUrl', 'nothing reads it: correct the name or take it out')]
    ],
    [
      'both names of one setting',
      { munchkinId, accountId: '111-AAA-222' },
      [
        conflict(
          'warning',
          ['accountId'],
          ['munchkinId'],
          'two names of one setting: the first counts, take the other one out'
        )
      ]
    ],
    [
      'a word that is none',
      { munchkinId, trackParams: 'cleaned' },
      [unknown('invalid', ['trackParams'], 'clean', 'expected one of encoded, clean')]
    ],
    [
      'a project id that is no part of an address',
      { munchkinId, projectId: '..' },
      [malformed('invalid', ['projectId'], 'a dot segment', 'expected the id of the project, a part of an address')]
    ],
    [
      'a signer with a path',
      { munchkinId, host: 'https://a.test/sign' },
      [
        malformed(
          'invalid',
          ['host'],
          'text that is no origin',
          'expected scheme and host only, such as https://www.example.com'
        )
      ]
    ],
    [
      'a user agent that no header holds',
      { munchkinId, userAgent: 'a\nb' },
      [malformed('invalid', ['userAgent'], 'text that no header can hold', 'expected printable text in one line')]
    ],
    [
      'a project id and a user agent that are no text',
      { munchkinId, projectId: 7, userAgent: [] },
      [
        malformed('invalid', ['projectId'], 'a number', 'expected text that is not blank'),
        malformed('invalid', ['userAgent'], 'a list', 'expected text that is not blank')
      ]
    ],
    [
      'two ids for one field',
      { munchkinId, anonymousIdField: 'UserId' },
      [conflict('invalid', ['anonymousIdField'], ['userIdField'], 'two settings name one lead field: name another one')]
    ],
    [
      'a field name that is none',
      { munchkinId, userIdField: '__proto__' },
      [
        malformed(
          'invalid',
          ['userIdField'],
          'text that is no field name',
          'copy the API name from Marketo: a letter, then letters, digits and _'
        )
      ]
    ],
    [
      'a private key',
      { munchkinId, privateKey: 'k' },
      [
        risky(
          ['privateKey'],
          'key-in-browser',
          'these settings go to pages, where everybody can read them: keep the key with your signer'
        )
      ]
    ],
    [
      'all of them at once',
      {
        postalCode: 'zip',
        zone: 1,
        browserZone: 'x',
        userIdField: 'Id__c',
        anonymousIdField: 'Id__c',
        privateKey: 'k'
      },
      [
        unknown('warning', ['zone'], null, 'nothing reads it: correct the name or take it out'),
        missing('invalid', ['munchkinId'], 'give the Munchkin account id (Marketo: Admin, Munchkin)'),
        malformed('invalid', ['postalCode'], 'text', 'expected a list'),
        malformed('invalid', ['browserZone'], 'text', 'expected a whole number from -1080 to 1080'),
        conflict(
          'invalid',
          ['anonymousIdField'],
          ['userIdField'],
          'two settings name one lead field: name another one'
        ),
        risky(
          ['privateKey'],
          'key-in-browser',
          'these settings go to pages, where everybody can read them: keep the key with your signer'
        )
      ]
    ]
  ])('%s', (_, given, expected) => {
    expect(problemsIn(given)).toEqual(expected)
    const isUsable = expected.every(({ weight }) => weight === 'warning')
    expect(decodeSettings(given)._tag).toBe(isUsable ? 'Both' : 'Left')
    expect(SettingsFromJson.decode(given)._tag).toBe(isUsable ? 'Right' : 'Left')
  })
})

describe('credentials', () => {
  const none = { client: null, server: null }

  it.each([
    ['none', {}, none],
    ['the client’s', { privateKey: 'k' }, { client: { privateKey: 'k' }, server: null }],
    [
      'the server’s',
      { soapUserId: 'u', encryptionKey: 'e' },
      { client: null, server: { soapUserId: 'u', encryptionKey: 'e' } }
    ],
    [
      'both, among the settings',
      { munchkinId, host: 'https://a.test', trackUrl: 'dashed', privateKey: 'k', soapUserId: 'u', encryptionKey: 'e' },
      { client: { privateKey: 'k' }, server: { soapUserId: 'u', encryptionKey: 'e' } }
    ],
    ['blank ones', { privateKey: ' ', soapUserId: '' }, none]
  ])('%s', (_, given, expected) => {
    expect(decodeCredentials(given)).toEqual({ _tag: 'Right', right: expected })
  })

  it('a name that is nearly one is pointed out', () => {
    expect(decodeCredentials({ privatKey: 'k' })).toEqual({
      _tag: 'Both',
      left: [unknown('warning', ['privatKey'], 'privateKey', 'nothing reads it: correct the name or take it out')],
      right: none
    })
  })

  it.each([
    [
      'a user without a key',
      { soapUserId: 'u' },
      [missing('invalid', ['encryptionKey'], 'SOAP wants both: the user id and the encryption key')]
    ],
    [
      'a key without a user',
      { encryptionKey: 'e' },
      [missing('invalid', ['soapUserId'], 'SOAP wants both: the user id and the encryption key')]
    ],
    [
      'one key for both sides',
      { privateKey: 'k', soapUserId: 'u', encryptionKey: 'k' },
      [
        conflict(
          'invalid',
          ['encryptionKey'],
          ['privateKey'],
          'Munchkin’s private key and SOAP’s encryption key are two credentials: copy each from its own screen'
        )
      ]
    ],
    [
      'a key that is no text',
      { privateKey: 7 },
      [malformed('invalid', ['privateKey'], 'a number', 'expected text that is not blank')]
    ],
    ['no object', [], [malformed('invalid', [], 'a list', 'expected an object')]]
  ])('%s', (_, given, expected) => {
    expect(decodeCredentials(given)).toEqual({ _tag: 'Left', left: expected })
  })
})
