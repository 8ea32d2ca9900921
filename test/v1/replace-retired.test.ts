import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeInBrowser } from '../../src/browser/describe.js'
import { describeSteps } from '../../src/endpoints/steps.js'
import type { Lifecycle } from '../../src/intent/descriptor.js'
import { type Intent, isBrowserIntent } from '../../src/intent/intent.js'
import { leadFields } from '../../src/marketo/lead-fields.js'
import { isMunchkinId } from '../../src/marketo/munchkin-id.js'
import { browserMapper, mapper } from '../../src/v1/mapper.js'
import { type ReplaceOptions, replaceRetired, replacingRetired } from '../../src/v1/replace-retired.js'
import { encounter, settings } from '../arbitraries/v1-settings.js'
import { both, conflict, key, left, malformed, missing, right, risky, unknown, upsert } from '../cases/mapping-case.js'
import { intentsOf, munchkinId, problemsOf, serverMapper } from './given.js'

const id = isMunchkinId(munchkinId) ? munchkinId : undefined
if (id === undefined) throw new Error('no Munchkin id')

const email = 'ana@corp.test'
const cookie = `id:${munchkinId}&token:_mch-example.com-1374552656411-90718`
const lead = key('email', email)

const sync = (attributes: Readonly<Record<string, string | number | boolean | null>>, more = {}): Intent => ({
  _tag: 'SyncLeadOverSoap',
  munchkinId: id,
  lead: { lookupField: 'email', value: email },
  email,
  attributes,
  cookie: null,
  ...more
})

const associate = (fields: Readonly<Record<string, string | number | boolean | null | { a: number }>>): Intent => ({
  _tag: 'AssociateLeadInBrowser',
  munchkinId: id,
  fields,
  signature: { _tag: 'Signed', signature: '0' }
})

const joined = { _tag: 'AssociateCookie', munchkinId, lead, visitor: { _tag: 'Cookie', cookie } }
const noCookie = missing(
  'warning',
  ['cookie'],
  'give the page’s Munchkin cookie as an option: without it nothing says whose browser this is'
)
const mendEmail = 'REST writes no lead by its cookie: send the email, or name a lookupField that the record has'
const mendForm = 'over REST a form takes only fields that stand on it: put each of these on the form'

const cases: ReadonlyArray<readonly [string, Intent, ReplaceOptions, unknown]> = [
  [
    'SOAP names become REST names, custom ones stay',
    sync({
      FirstName: 'Ana',
      PostalCode: '1',
      SICCode: '7',
      DateofBirth: '1990-01-02',
      FavoriteColor: 'Blue',
      UserId: 'u1'
    }),
    {},
    right(
      upsert(lead, {
        email,
        firstName: 'Ana',
        postalCode: '1',
        sicCode: '7',
        dateOfBirth: '1990-01-02',
        FavoriteColor: 'Blue',
        UserId: 'u1'
      })
    )
  ],
  [
    'a cookie becomes an association behind the lead',
    sync({}, { cookie, lead: { lookupField: 'cookies', value: cookie } }),
    {},
    right(upsert(lead, { email }), joined)
  ],
  [
    'a record that only a cookie names cannot be written',
    sync({ UserId: 'u1' }, { email: null, cookie }),
    {},
    left(missing('invalid', ['email'], mendEmail))
  ],
  [
    'unless a field addresses the lead',
    sync({ UserId: 'u1' }, { email: null, cookie }),
    { lookupField: 'UserId' },
    right(upsert(key('UserId', 'u1'), { UserId: 'u1' }), { ...joined, lead: key('UserId', 'u1') })
  ],
  [
    'which the record has to have',
    sync({}, { email: null }),
    { lookupField: 'UserId' },
    left(missing('invalid', ['email'], mendEmail))
  ],
  [
    'an email comes before that field',
    sync({ UserId: 'u1' }),
    { lookupField: 'UserId' },
    right(upsert(lead, { email, UserId: 'u1' }))
  ],
  ['null and empty text are left out', sync({ City: null, State: '' }), {}, right(upsert(lead, { email }))],
  [
    'custom fields that there are',
    sync({ FavoriteColor: 'Blue', FavoritColor: 'Red', City: 'Lyon' }),
    { customFields: ['FavoriteColor'] },
    both(
      [
        unknown(
          'dropped',
          ['attributes', 'FavoritColor'],
          'FavoriteColor',
          'REST refuses a record with a field that it does not know: create the field, or leave the trait out'
        )
      ],
      upsert(lead, { email, FavoriteColor: 'Blue', city: 'Lyon' })
    )
  ],
  [
    'a value that its field cannot take',
    sync({ NumberOfEmployees: 'many' }),
    {},
    both(
      [
        malformed(
          'dropped',
          ['attributes', 'NumberOfEmployees'],
          'text',
          'send a whole number, as a number or in plain digits'
        )
      ],
      upsert(lead, { email })
    )
  ],
  [
    'the lead of a browser, whose cookie is not told',
    associate({ Email: email, userId: 'u1', id: 'u1', Phone: '+1' }),
    {},
    both([noCookie], upsert(lead, { email, userId: 'u1', phone: '+1' }))
  ],
  [
    'the same with its cookie',
    associate({ Email: email }),
    { cookie: encodeURIComponent(cookie) },
    right(upsert(lead, { email }), joined)
  ],
  [
    'a cookie that names nobody',
    associate({ Email: email }),
    { cookie: 'x' },
    both(
      [
        malformed(
          'dropped',
          ['cookie'],
          'text that is no Munchkin cookie',
          'give the value of the _mkto_trk cookie that this Marketo instance set'
        )
      ],
      upsert(lead, { email })
    )
  ],
  [
    'a cookie of another instance',
    associate({ Email: email }),
    { cookie: cookie.replace(munchkinId, '111-AAA-222') },
    both(
      [
        malformed(
          'dropped',
          ['cookie'],
          'the cookie of another Marketo instance',
          'give the value of the _mkto_trk cookie that this Marketo instance set'
        )
      ],
      upsert(lead, { email })
    )
  ],
  [
    'what REST has no field for',
    associate({ Email: email, name: 'Ana', id: 'x', Company: { a: 1 }, own__c: { a: 1 } }),
    { cookie },
    both(
      [
        malformed(
          'dropped',
          ['fields', 'name'],
          'a full name',
          'REST has no field for a full name: send firstName and lastName'
        ),
        malformed(
          'dropped',
          ['fields', 'id'],
          'the name id',
          'over REST id is the lead’s own number: send the value under another name'
        ),
        malformed(
          'dropped',
          ['fields', 'Company'],
          'an object',
          'send one text, number or boolean; a list or an object never becomes text'
        ),
        malformed(
          'dropped',
          ['fields', 'own__c'],
          'an object',
          'send one text, number or boolean; a list or an object never becomes text'
        )
      ],
      upsert(lead, { email }),
      joined
    )
  ],
  [
    'the same under the names that SOAP gave them',
    sync({ Name: 'Ana Cruz', Id: 'x' }),
    {},
    both(
      [
        malformed(
          'dropped',
          ['attributes', 'Name'],
          'a full name',
          'REST has no field for a full name: send firstName and lastName'
        ),
        malformed(
          'dropped',
          ['attributes', 'Id'],
          'the name id',
          'over REST id is the lead’s own number: send the value under another name'
        )
      ],
      upsert(lead, { email })
    )
  ],
  [
    'a number addresses a lead as well',
    sync({ Number: 7 }, { email: null }),
    { lookupField: 'Number' },
    right(upsert({ lookupField: 'Number', value: 7 }, { Number: 7 }))
  ],
  [
    'a boolean addresses none',
    sync({ Flag: true }, { email: null }),
    { lookupField: 'Flag' },
    left(missing('invalid', ['email'], mendEmail))
  ],
  [
    'as a form, which must have every field',
    associate({ Email: email, FirstName: 'Ana' }),
    { formId: 1001, cookie },
    both([risky(['fields'], 'unusual', mendForm)], {
      _tag: 'SubmitForm',
      munchkinId,
      lead,
      formId: 1001,
      fields: { email, firstName: 'Ana' },
      cookie,
      page: null,
      userAgent: null,
      ip: null
    })
  ],
  [
    'as a form without a cookie',
    associate({ Email: email }),
    { formId: 1001 },
    both([risky(['fields'], 'unusual', mendForm)], {
      _tag: 'SubmitForm',
      munchkinId,
      lead,
      formId: 1001,
      fields: { email },
      cookie: null,
      page: null,
      userAgent: null,
      ip: null
    })
  ],
  ['a lead without an email', associate({ userId: 'u1' }), {}, left(missing('invalid', ['fields', 'Email'], mendEmail))]
]

describe('what to do instead', () => {
  it.each(cases)('%s', (_, intent, options, expected) => {
    expect(replaceRetired(options)(intent)).toStrictEqual(expected)
  })

  it.each(
    leadFields.flatMap(({ soap, rest, type, write }) =>
      soap === null || type === 'reference' || type === 'formula' || rest === 'id' || write === 'no'
        ? []
        : [[soap, rest] as const]
    )
  )('the SOAP name %s is the REST name %s', (soap, rest) => {
    const value = soap === 'Email' ? email : '1'
    const verdict = replaceRetired({})(sync({ [soap]: value }))
    const [intent] = intentsOf(verdict)
    const fields = intent?._tag === 'UpsertLead' ? Object.keys(intent.fields) : []
    expect(fields.includes(rest) || problemsOf(verdict).length === 1).toBe(true)
    expect(fields).not.toContain(soap === rest ? 'nothing' : soap)
  })
})

/** How the routes of an intent stand. */
const lifecycles = (intent: Intent): ReadonlyArray<Lifecycle['status']> => {
  if (isBrowserIntent(intent)) return describeInBrowser(intent).map(({ descriptor }) => descriptor.lifecycle.status)
  const described = describeSteps([intent])
  return described._tag === 'Left' ? [] : described.right.map(({ descriptor }) => descriptor.lifecycle.status)
}

describe('a name that assigning would lose', () => {
  it.each([
    ['fields', associate(JSON.parse(`{"Email":"${email}","__proto__":"x","constructor":"y"}`))],
    ['attributes', sync(JSON.parse('{"__proto__":"x","constructor":"y"}'))]
  ])('is said, in %s', (root, intent) => {
    const verdict = replaceRetired({ cookie })(intent)
    expect(problemsOf(verdict)).toEqual([
      malformed(
        'dropped',
        [root, '__proto__'],
        'a name that no field has',
        'give the trait a name that a lead field can have'
      )
    ])
    expect(intentsOf(verdict)[0]).toEqual(upsert(lead, { email, constructor: 'y' }))
  })
})

describe('laws', () => {
  const sides = [mapper, (of: Parameters<typeof browserMapper>[0]) => browserMapper(of)] as const

  it('every route of v1 says whether it lives: identify is retired, visits are not', () => {
    fc.assert(
      fc.property(encounter(settings), fc.constantFrom(...sides), ([of, event], side) => {
        for (const intent of intentsOf(side(of)(event))) {
          const isRetired = intent._tag === 'SyncLeadOverSoap' || intent._tag === 'AssociateLeadInBrowser'
          for (const status of lifecycles(intent)) expect(status).toBe(isRetired ? 'retired' : 'live')
        }
      })
    )
  })

  it('nothing retired is left, and nothing living is touched', () => {
    fc.assert(
      fc.property(encounter(settings), fc.constantFrom(...sides), ([of, event], side) => {
        const before = intentsOf(side(of)(event))
        const after = intentsOf(replacingRetired({ cookie })(side(of))(event))
        for (const intent of after) for (const status of lifecycles(intent)) expect(status).toBe('live')
        const living = before.filter(
          (intent) => intent._tag !== 'SyncLeadOverSoap' && intent._tag !== 'AssociateLeadInBrowser'
        )
        for (const intent of living) expect(after).toContainEqual(intent)
      })
    )
  })

  it('M5 every value that a SOAP record holds arrives under its REST name, or is said', () => {
    fc.assert(
      fc.property(encounter(settings), ([of, event]) => {
        for (const intent of intentsOf(mapper(of)(event))) {
          if (intent._tag !== 'SyncLeadOverSoap' || intent.email === null) continue
          const verdict = replaceRetired({})(intent)
          const [made] = intentsOf(verdict)
          const written = made?._tag === 'UpsertLead' ? Object.keys(made.fields).length : 0
          const said = problemsOf(verdict).filter(({ at }) => at[0] === 'attributes').length
          expect(written + said).toBe(Object.keys(intent.attributes).length + 1)
        }
      })
    )
  })

  it('a mapper over living routes keeps what the mapper said', () => {
    const map = replacingRetired({})(serverMapper())
    expect(problemsOf(map({ type: 'identify', traits: { email, tags: [1] } }))).toMatchObject([
      { at: ['traits', 'tags'] }
    ])
    expect(map({ type: 'group', groupId: 'g' })).toMatchObject({ left: [{ _tag: 'Excluded', rule: 'call-type' }] })
    expect(problemsOf(map({ type: 'identify', userId: 'u1', traits: { email, 'user id': 'x' } }))).toEqual([
      conflict(
        'dropped',
        ['traits', 'user id'],
        ['userId'],
        'both are given one name on the way: send one of them, or rename one'
      )
    ])
  })
})
