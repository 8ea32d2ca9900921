/**
 * Events explained: every value that left with where it came from, every value that stayed with why.
 */
import { device, key, type MappingCase, munchkinId } from './mapping-case.js'

type At = ReadonlyArray<string | number>

/** A value of intent number `intent`, by a rule. */
const move = (intent: number, to: At, value: unknown, from: At | null, rule: string, ...did: ReadonlyArray<string>) => ({ intent, to, value, from, rule, did })

/** A value that settings and contract alone decide. */
const given = (intent: number, to: At, value: unknown) => move(intent, to, value, null, 'settings and contract')

const stay = (at: At, why: string) => ({ at, why })

const email = 'ana@example.com'
const timestamp = '2024-05-01T10:00:00.000Z'
const cookie = `id:${munchkinId}&token:_mch-example.com-1374552656411-90718`
const call = 'speaks of the call itself, not of the lead'

/** The members that every upsert begins with. */
const upsert = (intent: number, lookupField: string, value: string, from: At) => [
  given(intent, ['_tag'], 'UpsertLead'),
  given(intent, ['munchkinId'], munchkinId),
  given(intent, ['lead', 'lookupField'], key(lookupField, value).lookupField),
  move(intent, ['lead', 'value'], value, from, 'key of the lead')
]

const ends = (intent: number) => [given(intent, ['action'], 'createOrUpdate'), given(intent, ['partitionName'], null)]

export const explanationCases: ReadonlyArray<MappingCase> = [
  {
    name: 'an identify: names split, a day made of a time, a row of one’s own, and what stays',
    source: 'law M7',
    input: {
      settings: { traits: [{ trait: 'plan', field: 'plan__c', transforms: ['upper'] }, { trait: 'seats', field: 'seats__c', type: 'integer', default: 1 }] },
      event: {
        type: 'identify',
        messageId: 'm1',
        userId: 'u1',
        anonymousId: 'a1',
        traits: { email, name: 'Ana Cruz', birthday: '1990-03-04T05:06:07Z', company: { name: 'Acme', id: 9 }, address: { city: 'Lyon', street: '1 Main' }, phone: null, gender: ['f'], plan: 'pro', color: 'blue' },
        context: { ip: '192.0.2.1' }
      }
    },
    expected: {
      moves: [
        ...upsert(0, 'email', email, ['traits', 'email']),
        move(0, ['fields', 'email'], email, ['traits', 'email'], 'standard trait email'),
        move(0, ['fields', 'userId'], 'u1', ['userId'], 'userId of the call'),
        move(0, ['fields', 'firstName'], 'Ana', ['traits', 'name'], 'standard trait firstName, name', 'split'),
        move(0, ['fields', 'lastName'], 'Cruz', ['traits', 'name'], 'standard trait lastName, name', 'split'),
        move(0, ['fields', 'company'], 'Acme', ['traits', 'company', 'name'], 'standard trait company'),
        move(0, ['fields', 'dateOfBirth'], '1990-03-04', ['traits', 'birthday'], 'standard trait birthday', 'made date'),
        move(0, ['fields', 'city'], 'Lyon', ['traits', 'address', 'city'], 'standard trait address.city'),
        move(0, ['fields', 'plan__c'], 'PRO', ['traits', 'plan'], 'custom row for plan', 'transformed', 'made string'),
        move(0, ['fields', 'seats__c'], 1, null, 'custom row for seats', 'default'),
        ...ends(0)
      ],
      stays: [
        stay(['type'], 'says which call this is, and so which rules apply'),
        stay(['messageId'], call),
        stay(['anonymousId'], 'anonymous activity is off, so no anonymousId leaves'),
        stay(['traits', 'company', 'id'], 'of a company only the name has a field'),
        stay(['traits', 'address', 'street'], 'only city, country, state and the postal code of an address have fields; send further parts at the top level and map them'),
        stay(['traits', 'phone'], 'null leaves the field alone; clearOnNull would clear it'),
        stay(['traits', 'gender', 0], 'dropped: found a list'),
        stay(['traits', 'color'], 'no row maps this trait'),
        stay(['context', 'ip'], 'no rule of this contract reads it for this call')
      ]
    }
  },
  {
    name: 'an identify whose standard rows give way, and whose twins do not both get in',
    source: 'law M7',
    input: {
      settings: { pathLookup: true, traits: [{ trait: 'home.town', field: 'city' }, { trait: 'mail', field: 'email' }] },
      event: { type: 'identify', userId: 'u1', traits: { email: 'old@example.com', mail: email, home: { town: 'Nice' }, address: { city: 'Lyon' }, phone: '1', PHONE: '2', firstName: 'Ana', lastName: 'Cruz', name: 'A C' } }
    },
    expected: {
      moves: [
        ...upsert(0, 'email', email, ['traits', 'mail']),
        move(0, ['fields', 'email'], email, ['traits', 'mail'], 'custom row for mail'),
        move(0, ['fields', 'userId'], 'u1', ['userId'], 'userId of the call'),
        move(0, ['fields', 'firstName'], 'Ana', ['traits', 'firstName'], 'standard trait firstName, name'),
        move(0, ['fields', 'lastName'], 'Cruz', ['traits', 'lastName'], 'standard trait lastName, name'),
        move(0, ['fields', 'phone'], '1', ['traits', 'phone'], 'standard trait phone'),
        move(0, ['fields', 'city'], 'Nice', ['traits', 'home', 'town'], 'custom row for home.town'),
        ...ends(0)
      ],
      stays: [
        stay(['type'], 'says which call this is, and so which rules apply'),
        stay(['traits', 'email'], 'a custom row claims the field'),
        stay(['traits', 'address', 'city'], 'a custom row claims the field'),
        stay(['traits', 'PHONE'], 'another spelling of the same trait was read'),
        stay(['traits', 'name'], 'firstName and lastName come first')
      ]
    }
  },
  {
    name: 'an identify whose key is the userId although there is an anonymousId, with a full name that nobody needs',
    source: 'law M7',
    input: {
      settings: { anonymousActivity: true },
      event: { type: 'identify', userId: 'u1', anonymousId: 'a1', traits: { firstName: 'Ana', lastName: 'Cruz', NAME: 'A C' } }
    },
    expected: {
      moves: [
        ...upsert(0, 'userId', 'u1', ['userId']),
        move(0, ['fields', 'userId'], 'u1', ['userId'], 'userId of the call'),
        move(0, ['fields', 'anonymousId'], 'a1', ['anonymousId'], 'anonymousId of the call'),
        move(0, ['fields', 'firstName'], 'Ana', ['traits', 'firstName'], 'standard trait firstName, name'),
        move(0, ['fields', 'lastName'], 'Cruz', ['traits', 'lastName'], 'standard trait lastName, name'),
        ...ends(0)
      ],
      stays: [stay(['type'], 'says which call this is, and so which rules apply'), stay(['traits', 'NAME'], 'firstName and lastName come first')]
    }
  },
  {
    name: 'an identify whose names and emails say nothing',
    source: 'law M7',
    input: {
      settings: { traits: [{ trait: 'mail', field: 'email' }] },
      event: { type: 'identify', userId: 'u1', traits: { name: null, mail: '', EMAIL: null } }
    },
    expected: {
      moves: [...upsert(0, 'userId', 'u1', ['userId']), move(0, ['fields', 'userId'], 'u1', ['userId'], 'userId of the call'), ...ends(0)],
      stays: [
        stay(['type'], 'says which call this is, and so which rules apply'),
        stay(['traits', 'name'], 'null, empty text and an empty list say nothing'),
        stay(['traits', 'mail'], 'null and empty text name no lead'),
        stay(['traits', 'EMAIL'], 'null and empty text name no lead')
      ]
    }
  },
  {
    name: 'a track: attributes by property, by path and by default',
    source: 'law M7',
    input: {
      settings: {
        pathLookup: true,
        events: [
          {
            event: 'Trial Started',
            activityTypeId: 7,
            attributes: [
              { property: 'plan', attribute: 'planName', primary: true },
              { property: 'cart.total', attribute: 'total', type: 'float' },
              { property: 'seats', attribute: 'seatCount', type: 'integer', default: 1 },
              { property: 'note', attribute: 'note' },
              { property: 'tags', attribute: 'tags' }
            ]
          }
        ]
      },
      event: { type: 'track', userId: 'u1', event: 'Trial Started', timestamp: 'soon', sentAt: timestamp, properties: { plan: 'pro', cart: { total: '9.50', items: [] }, note: '', tags: ['a'], color: 'blue' } }
    },
    expected: {
      moves: [
        ...upsert(0, 'userId', 'u1', ['userId']),
        move(0, ['fields', 'userId'], 'u1', ['userId'], 'userId of the call'),
        ...ends(0),
        given(1, ['_tag'], 'AddCustomActivity'),
        given(1, ['munchkinId'], munchkinId),
        given(1, ['lead', 'lookupField'], 'userId'),
        move(1, ['lead', 'value'], 'u1', ['userId'], 'key of the lead'),
        given(1, ['activityTypeId'], 7),
        move(1, ['activityDate'], '2024-05-01T10:00:00Z', ['sentAt'], 'time of the call', 'made datetime'),
        move(1, ['primaryAttributeValue'], 'pro', ['properties', 'plan'], 'event row for Trial Started: plan'),
        given(1, ['attributes', 0, 'apiName'], 'total'),
        move(1, ['attributes', 0, 'value'], 9.5, ['properties', 'cart', 'total'], 'event row for Trial Started: cart.total', 'made float'),
        given(1, ['attributes', 1, 'apiName'], 'seatCount'),
        move(1, ['attributes', 1, 'value'], 1, null, 'event row for Trial Started: seats', 'default')
      ],
      stays: [
        stay(['type'], 'says which call this is, and so which rules apply'),
        stay(['event'], 'chose the event row; Marketo knows the activity by its number'),
        stay(['timestamp'], call),
        stay(['properties', 'cart', 'items'], 'null, empty text and an empty list say nothing'),
        stay(['properties', 'note'], 'null and empty text are left out'),
        stay(['properties', 'tags', 0], 'dropped: found a list'),
        stay(['properties', 'color'], 'no row maps this property')
      ]
    }
  },
  {
    name: 'a page: its host from the context, its visitor from the cookie',
    source: 'law M7',
    input: {
      settings: { createLead: false },
      event: {
        type: 'page',
        name: 'Pricing',
        userId: 'u1',
        timestamp,
        properties: { url: '/p?a=1', title: 'Pricing', referrer: 'https://r.test/' },
        context: { userAgent: 'UA/1', ip: 'cafe', page: { url: 'https://ctx.test/other' }, Marketo: { marketoCookie: cookie } }
      }
    },
    expected: {
      moves: [
        given(0, ['_tag'], 'AssociateCookie'),
        given(0, ['munchkinId'], munchkinId),
        given(0, ['lead', 'lookupField'], 'userId'),
        move(0, ['lead', 'value'], 'u1', ['userId'], 'key of the lead'),
        given(0, ['visitor', '_tag'], 'Cookie'),
        move(0, ['visitor', 'cookie'], cookie, ['context', 'Marketo', 'marketoCookie'], 'Munchkin cookie', 'made canonical'),
        given(1, ['_tag'], 'VisitPage'),
        given(1, ['munchkinId'], munchkinId),
        given(1, ['lead', 'lookupField'], 'userId'),
        move(1, ['lead', 'value'], 'u1', ['userId'], 'key of the lead'),
        given(1, ['visitor', '_tag'], 'Cookie'),
        move(1, ['visitor', 'cookie'], cookie, ['context', 'Marketo', 'marketoCookie'], 'Munchkin cookie', 'made canonical'),
        move(1, ['page', 'origin'], 'https://ctx.test', ['context', 'page', 'url'], 'address of the page', 'taken apart'),
        move(1, ['page', 'path'], '/p', ['properties', 'url'], 'address of the page', 'taken apart'),
        move(1, ['page', 'params'], 'a=1', ['properties', 'url'], 'address of the page', 'taken apart'),
        move(1, ['page', 'fragment'], '', ['properties', 'url'], 'address of the page', 'taken apart'),
        move(1, ['referrer'], 'https://r.test/', ['properties', 'referrer'], 'referrer of the call'),
        move(1, ['userAgent'], 'UA/1', ['context', 'userAgent'], 'user agent of the call'),
        given(1, ['ip'], null),
        move(1, ['at'], 1714557600000, ['timestamp'], 'time of the call', 'made an instant')
      ],
      stays: [
        stay(['type'], 'says which call this is, and so which rules apply'),
        stay(['name'], 'Marketo knows a page by its address'),
        stay(['properties', 'title'], 'no row maps this property'),
        stay(['context', 'ip'], 'dropped: found text')
      ]
    }
  },
  {
    name: 'a page whose host the settings know',
    source: 'law M7',
    input: {
      settings: { createLead: false, pageOrigin: 'https://set.test' },
      event: { type: 'page', userId: 'u1', timestamp, properties: { url: '/p' }, context: { userAgent: 'UA/1' } }
    },
    expected: {
      moves: [
        given(0, ['_tag'], 'AssociateCookie'),
        given(0, ['munchkinId'], munchkinId),
        given(0, ['lead', 'lookupField'], 'userId'),
        move(0, ['lead', 'value'], 'u1', ['userId'], 'key of the lead'),
        given(0, ['visitor', '_tag'], 'Derived'),
        given(1, ['_tag'], 'VisitPage'),
        given(1, ['munchkinId'], munchkinId),
        given(1, ['lead', 'lookupField'], 'userId'),
        move(1, ['lead', 'value'], 'u1', ['userId'], 'key of the lead'),
        given(1, ['visitor', '_tag'], 'Derived'),
        move(1, ['page', 'origin'], 'https://set.test', null, 'address of the page', 'taken apart'),
        move(1, ['page', 'path'], '/p', ['properties', 'url'], 'address of the page', 'taken apart'),
        move(1, ['page', 'params'], '', ['properties', 'url'], 'address of the page', 'taken apart'),
        move(1, ['page', 'fragment'], '', ['properties', 'url'], 'address of the page', 'taken apart'),
        given(1, ['referrer'], ''),
        move(1, ['userAgent'], 'UA/1', ['context', 'userAgent'], 'user agent of the call'),
        given(1, ['ip'], null),
        move(1, ['at'], 1714557600000, ['timestamp'], 'time of the call', 'made an instant')
      ],
      stays: [stay(['type'], 'says which call this is, and so which rules apply')]
    }
  },
  {
    name: 'a call that was not mapped: the reason that stopped it, not the first remark',
    source: 'law M7',
    input: {
      settings: { events: [{ event: 'E', activityTypeId: 1, attributes: [{ property: 'a', attribute: 'a', primary: true }] }] },
      event: { type: 'track', event: 'E', userId: 'u1', properties: { A: 1 }, context: {} }
    },
    expected: {
      moves: [],
      stays: [['type'], ['event'], ['userId'], ['properties', 'A'], ['context']].map((at) =>
        stay(at, 'the call was not mapped: properties.a: is missing; a custom activity needs its primary attribute: send the property, or give the row a default')
      )
    }
  },
  {
    name: 'what is no event',
    source: 'law P3',
    input: { settings: {}, event: 7 },
    expected: { moves: [], stays: [stay([], 'the call was not mapped: (whole value): found a number; hand over one Segment event, parsed from its JSON')] }
  },
  {
    name: 'in a browser',
    source: 'law M7',
    side: 'browser',
    input: {
      settings: { ...device, traits: [{ trait: 'when', field: 'mktoAcquisitionDate' }] },
      event: { type: 'identify', userId: 'u1', traits: { Email: email, when: '2024-05-01' } }
    },
    expected: {
      moves: [
        given(0, ['_tag'], 'SubmitFormInBrowser'),
        given(0, ['munchkinId'], munchkinId),
        given(0, ['formId'], 1001),
        move(0, ['fields', 'Email'], email, ['traits', 'Email'], 'standard trait email'),
        move(0, ['fields', 'userId'], 'u1', ['userId'], 'userId of the call')
      ],
      stays: [stay(['type'], 'says which call this is, and so which rules apply'), stay(['traits', 'when'], 'its field has no SOAP name')]
    }
  },
  {
    name: 'in a browser, as Segment’s own code',
    source: 'law M7',
    side: 'browser',
    input: {
      settings: { ...device, browserProfile: 'exact' },
      event: { type: 'identify', sessionId: 's1', traits: { email, birthday: '1990-03-04', name: 'Ana Cruz', phones: ['+1'], gender: {} } }
    },
    expected: {
      moves: [
        given(0, ['_tag'], 'SubmitFormInBrowser'),
        given(0, ['munchkinId'], munchkinId),
        given(0, ['formId'], 1001),
        move(0, ['fields', 'Email'], email, ['traits', 'email'], 'exact profile'),
        move(0, ['fields', 'DateofBirth'], '1990-03-04T00:00:00.000Z', ['traits', 'birthday'], 'exact profile', 'made a date'),
        move(0, ['fields', 'FirstName'], 'Ana', ['traits', 'name'], 'exact profile', 'taken from the names'),
        move(0, ['fields', 'LastName'], 'Cruz', ['traits', 'name'], 'exact profile', 'taken from the names'),
        move(0, ['fields', 'Phone'], '+1', ['traits', 'phones', 0], 'exact profile'),
        move(0, ['fields', 'anonymousId'], 's1', ['sessionId'], 'exact profile')
      ],
      stays: [stay(['type'], 'says which call this is, and so which rules apply'), stay(['traits', 'gender'], 'dropped: found an object')]
    }
  },
  {
    name: 'everything else that Segment sends',
    source: 'law M7; Segment spec, "Common Fields"',
    input: {
      settings: { anonymousActivity: true, createLead: false, identity: ['email'] },
      event: {
        type: 'page',
        category: 'Docs',
        userId: 'u1',
        anonymousId: 'a1',
        channel: 'browser',
        version: 2,
        projectId: 'P',
        writeKey: 'W',
        _metadata: { bundled: ['a'] },
        timestamp,
        originalTimestamp: timestamp,
        sentAt: timestamp,
        receivedAt: timestamp,
        integrations: { All: true },
        extra: false,
        properties: { url: 'https://a.test/p', email },
        context: { userAgent: 'UA/1', ip: '192.0.2.1', device: null }
      }
    },
    expected: {
      moves: [
        given(0, ['_tag'], 'AssociateCookie'),
        given(0, ['munchkinId'], munchkinId),
        given(0, ['lead', 'lookupField'], 'email'),
        move(0, ['lead', 'value'], email, ['properties', 'email'], 'key of the lead'),
        given(0, ['visitor', '_tag'], 'Derived'),
        given(1, ['_tag'], 'VisitPage'),
        given(1, ['munchkinId'], munchkinId),
        given(1, ['lead', 'lookupField'], 'email'),
        move(1, ['lead', 'value'], email, ['properties', 'email'], 'key of the lead'),
        given(1, ['visitor', '_tag'], 'Derived'),
        move(1, ['page', 'origin'], 'https://a.test', ['properties', 'url'], 'address of the page', 'taken apart'),
        move(1, ['page', 'path'], '/p', ['properties', 'url'], 'address of the page', 'taken apart'),
        move(1, ['page', 'params'], '', ['properties', 'url'], 'address of the page', 'taken apart'),
        move(1, ['page', 'fragment'], '', ['properties', 'url'], 'address of the page', 'taken apart'),
        given(1, ['referrer'], ''),
        move(1, ['userAgent'], 'UA/1', ['context', 'userAgent'], 'user agent of the call'),
        move(1, ['ip'], '192.0.2.1', ['context', 'ip'], 'ip of the call'),
        move(1, ['at'], 1714557600000, ['timestamp'], 'time of the call', 'made an instant')
      ],
      stays: [
        stay(['type'], 'says which call this is, and so which rules apply'),
        stay(['category'], 'Marketo knows a page by its address'),
        stay(['userId'], 'not needed: the key of the lead is another id'),
        stay(['anonymousId'], 'not needed: the key of the lead is another id'),
        stay(['channel'], call),
        stay(['version'], call),
        stay(['projectId'], call),
        stay(['writeKey'], call),
        stay(['_metadata', 'bundled', 0], call),
        stay(['originalTimestamp'], call),
        stay(['sentAt'], call),
        stay(['receivedAt'], call),
        stay(['integrations', 'All'], 'switches destinations on and off'),
        stay(['extra'], 'not a member that Segment documents'),
        stay(['context', 'device'], 'no rule of this contract reads it for this call')
      ]
    }
  },
  {
    name: 'an anonymous lead by its old name, a field cleared, a flag, a list of phones',
    source: 'law M7',
    input: {
      settings: { anonymousActivity: true, clearOnNull: true, traits: [{ trait: 'active', field: 'active__c', type: 'boolean' }, { trait: 'note', field: 'note__c' }] },
      event: { type: 'identify', sessionId: 's1', traits: { email: '', company: null, active: 'TRUE', note: '', phones: ['+1', '+2'] } }
    },
    expected: {
      moves: [
        ...upsert(0, 'anonymousId', 's1', ['sessionId']),
        move(0, ['fields', 'anonymousId'], 's1', ['sessionId'], 'anonymousId of the call'),
        move(0, ['fields', 'phone'], '+1', ['traits', 'phones', 0], 'standard trait phone'),
        move(0, ['fields', 'company'], null, ['traits', 'company'], 'standard trait company', 'clears'),
        move(0, ['fields', 'active__c'], true, ['traits', 'active'], 'custom row for active', 'made boolean'),
        ...ends(0)
      ],
      stays: [
        stay(['type'], 'says which call this is, and so which rules apply'),
        stay(['traits', 'email'], 'null and empty text name no lead'),
        stay(['traits', 'note'], 'empty text is left out'),
        stay(['traits', 'phones', 1], 'phone comes first, and of a list only the first number is read')
      ]
    }
  },
  {
    name: 'ids that do not get in',
    source: 'law M7',
    input: {
      settings: { invalidEmail: 'next-key', anonymousActivity: true, traits: [{ trait: 'mail', field: 'email', transforms: ['trim'] }] },
      event: { type: 'identify', userId: 'u'.repeat(256), anonymousId: 'a1', traits: { email: 'x@example.com', mail: ' ' } }
    },
    expected: {
      moves: [...upsert(0, 'anonymousId', 'a1', ['anonymousId']), move(0, ['fields', 'anonymousId'], 'a1', ['anonymousId'], 'anonymousId of the call'), ...ends(0)],
      stays: [
        stay(['type'], 'says which call this is, and so which rules apply'),
        stay(['userId'], 'dropped: found text'),
        stay(['traits', 'email'], 'a custom row claims the field'),
        stay(['traits', 'mail'], 'empty text is left out')
      ]
    }
  },
  {
    name: 'a custom email that says nothing beside one that does',
    source: 'law M7',
    input: {
      settings: { traits: [{ trait: 'mail', field: 'email' }] },
      event: { type: 'identify', userId: 'u1', traits: { email, mail: null, NAME: 'Ana', firstName: 'Ana', lastName: 'Cruz' } }
    },
    expected: {
      moves: [
        ...upsert(0, 'email', email, ['traits', 'email']),
        move(0, ['fields', 'email'], email, ['traits', 'email'], 'standard trait email'),
        move(0, ['fields', 'userId'], 'u1', ['userId'], 'userId of the call'),
        move(0, ['fields', 'firstName'], 'Ana', ['traits', 'firstName'], 'standard trait firstName, name'),
        move(0, ['fields', 'lastName'], 'Cruz', ['traits', 'lastName'], 'standard trait lastName, name'),
        ...ends(0)
      ],
      stays: [
        stay(['type'], 'says which call this is, and so which rules apply'),
        stay(['traits', 'mail'], 'null and empty text name no lead'),
        stay(['traits', 'NAME'], 'firstName and lastName come first')
      ]
    }
  },
  {
    name: 'names that are no text',
    source: 'law M7',
    input: { settings: {}, event: { type: 'identify', userId: 'u1', traits: { FIRST_NAME: 7, name: 'Ana' } } },
    expected: {
      moves: [
        ...upsert(0, 'userId', 'u1', ['userId']),
        move(0, ['fields', 'userId'], 'u1', ['userId'], 'userId of the call'),
        move(0, ['fields', 'firstName'], 'Ana', ['traits', 'name'], 'standard trait firstName, name', 'split'),
        ...ends(0)
      ],
      stays: [stay(['type'], 'says which call this is, and so which rules apply'), stay(['traits', 'FIRST_NAME'], 'dropped: found a number')]
    }
  },
  {
    name: 'a group',
    source: 'law M7',
    input: {
      settings: {},
      event: { type: 'group', userId: 'u1', groupId: 'g1', traits: { name: 'Acme', employees: '12', address: { City: 'Lyon', zip: '1' }, color: 'blue', company: { id: 9 } } }
    },
    expected: {
      moves: [
        ...upsert(0, 'userId', 'u1', ['userId']),
        move(0, ['fields', 'userId'], 'u1', ['userId'], 'userId of the call'),
        move(0, ['fields', 'company'], 'Acme', ['traits', 'name'], 'group trait name'),
        move(0, ['fields', 'numberOfEmployees'], 12, ['traits', 'employees'], 'group trait employees', 'made integer'),
        move(0, ['fields', 'billingCity'], 'Lyon', ['traits', 'address', 'City'], 'group trait address.city'),
        ...ends(0)
      ],
      stays: [
        stay(['type'], 'says which call this is, and so which rules apply'),
        stay(['groupId'], 'a company of its own is written by Sync Companies, not by this contract'),
        stay(['traits', 'address', 'zip'], 'no company field is made of this trait'),
        stay(['traits', 'color'], 'no company field is made of this trait'),
        stay(['traits', 'company', 'id'], 'no company field is made of this trait')
      ]
    }
  },
  {
    name: 'traits of a page, whatever their names, and its ids, which Munchkin asks nobody for',
    source: 'law M7',
    side: 'browser',
    input: {
      settings: device,
      event: { type: 'page', userId: 'u1', anonymousId: 'a1', sessionId: 's1', traits: { name: 'Ana', phones: ['1'], address: { street: '1 Main' }, company: { id: 9 }, color: 'blue' }, properties: { url: 'https://a.test/p' } }
    },
    expected: {
      moves: [
        given(0, ['_tag'], 'VisitPageInBrowser'),
        given(0, ['munchkinId'], munchkinId),
        move(0, ['url'], '/p', ['properties', 'url'], 'address of the page', 'taken apart'),
        move(0, ['params'], '', ['properties', 'url'], 'address of the page', 'taken apart')
      ],
      stays: [
        stay(['type'], 'says which call this is, and so which rules apply'),
        stay(['userId'], 'Munchkin knows the visitor by its cookie'),
        stay(['anonymousId'], 'Munchkin knows the visitor by its cookie'),
        stay(['sessionId'], 'Munchkin knows the visitor by its cookie'),
        ...[['name'], ['phones', 0], ['address', 'street'], ['company', 'id'], ['color']].map((at) =>
          stay(['traits', ...at], 'only identify and group calls write traits')
        )
      ]
    }
  },
  {
    name: 'a call that was skipped',
    source: 'law M7',
    input: { settings: {}, event: { type: 'screen', userId: 'u1' } },
    expected: {
      moves: [],
      stays: [['type'], ['userId']].map((at) =>
        stay(at, 'the call was not mapped: type: kept back by rule (call-type); a screen has no address that Marketo could visit: send a mapped track call')
      )
    }
  },
  {
    name: 'a call that was skipped, after a remark',
    source: 'law M7',
    input: { settings: { traits: [{ trait: 'plan', field: 'plan__c' }] }, event: { type: 'identify', anonymousId: 'a1', traits: { Plan: 'pro' } } },
    expected: {
      moves: [],
      stays: [['type'], ['anonymousId'], ['traits', 'Plan']].map((at) =>
        stay(at, 'the call was not mapped: userId: kept back by rule (anonymous); anonymous activity is off: send a userId, or set anonymousActivity to true')
      )
    }
  },
  {
    name: 'a call whose primary attribute was dropped was not mapped, whatever else is known of it',
    source: 'law M7',
    input: {
      settings: { events: [{ event: 'E', activityTypeId: 1, attributes: [{ property: 'a', attribute: 'a', primary: true }] }] },
      event: { type: 'track', event: 'E', userId: 'u1', timestamp, properties: { a: [1] } }
    },
    expected: {
      moves: [],
      stays: [['type'], ['event'], ['userId'], ['timestamp'], ['properties', 'a', 0]].map((at) =>
        stay(at, 'the call was not mapped: properties.a: found a list; send one text, number or boolean; a list or an object never becomes text')
      )
    }
  },
  {
    name: 'a page in a browser',
    source: 'law M7',
    side: 'browser',
    input: { settings: device, event: { type: 'page', properties: { url: 'https://a.test/p?a=1' } } },
    expected: {
      moves: [
        given(0, ['_tag'], 'VisitPageInBrowser'),
        given(0, ['munchkinId'], munchkinId),
        move(0, ['url'], '/p', ['properties', 'url'], 'address of the page', 'taken apart'),
        move(0, ['params'], 'a=1', ['properties', 'url'], 'address of the page', 'taken apart')
      ],
      stays: [stay(['type'], 'says which call this is, and so which rules apply')]
    }
  },
  {
    name: 'a page in a browser, as Segment’s own code',
    source: 'law M7',
    side: 'browser',
    input: { settings: { ...device, browserProfile: 'exact' }, event: { type: 'page', properties: { url: 'https://a.test/p?a=1' } } },
    expected: {
      moves: [
        given(0, ['_tag'], 'VisitPageInBrowser'),
        given(0, ['munchkinId'], munchkinId),
        move(0, ['url'], 'https://a.test/p?a=1', ['properties', 'url'], 'exact profile'),
        move(0, ['params'], 'a=1', ['properties', 'url'], 'exact profile', 'taken apart')
      ],
      stays: [stay(['type'], 'says which call this is, and so which rules apply')]
    }
  },
  {
    name: 'an address in a browser, as Segment’s own code',
    source: 'law M7',
    side: 'browser',
    input: {
      settings: { ...device, browserProfile: 'exact', traits: [{ trait: 'id', field: 'ext__c' }, { trait: 'on', field: 'on__c' }] },
      event: { type: 'identify', userId: 'u1', anonymousId: 'a1', traits: { email, Address: { city: 'Lyon', country: 'FR', state: 'ARA', postalCode: '1', City: 'x' }, Company: { name: 'Acme' }, on: true } }
    },
    expected: {
      moves: [
        given(0, ['_tag'], 'SubmitFormInBrowser'),
        given(0, ['munchkinId'], munchkinId),
        given(0, ['formId'], 1001),
        move(0, ['fields', 'Email'], email, ['traits', 'email'], 'exact profile'),
        move(0, ['fields', 'userId'], 'u1', ['userId'], 'exact profile'),
        move(0, ['fields', 'anonymousId'], 'a1', ['anonymousId'], 'exact profile'),
        move(0, ['fields', 'City'], 'Lyon', ['traits', 'Address', 'city'], 'exact profile'),
        move(0, ['fields', 'Country'], 'FR', ['traits', 'Address', 'country'], 'exact profile'),
        move(0, ['fields', 'PostalCode'], '1', ['traits', 'Address', 'postalCode'], 'exact profile'),
        move(0, ['fields', 'State'], 'ARA', ['traits', 'Address', 'state'], 'exact profile'),
        move(0, ['fields', 'Company'], 'Acme', ['traits', 'Company', 'name'], 'exact profile'),
        move(0, ['fields', 'ext__c'], 'u1', ['userId'], 'exact profile'),
        move(0, ['fields', 'on__c'], true, ['traits', 'on'], 'exact profile')
      ],
      stays: [
        stay(['type'], 'says which call this is, and so which rules apply'),
        stay(['traits', 'Address', 'City'], 'no row maps this trait')
      ]
    }
  }
]
