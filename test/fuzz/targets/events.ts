/**
 * Events through each mapper, and what they ask for through to the request: nothing in an event chooses where it goes.
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { toCurl } from '../../../src/adapters/fetch/to-curl.js'
import { toFetch } from '../../../src/adapters/fetch/to-fetch.js'
import { describeInBrowser } from '../../../src/browser/describe.js'
import { withLead } from '../../../src/endpoints/slots.js'
import { describeSteps } from '../../../src/endpoints/steps.js'
import { explainV2 } from '../../../src/explain/explain-v2.js'
import { type Intent, isBrowserIntent } from '../../../src/intent/intent.js'
import type { Mapped, Mapper } from '../../../src/intent/mapped.js'
import { decodeRecipes } from '../../../src/recipes/decode.js'
import { folder } from '../../../src/recipes/mapper.js'
import { noMemory } from '../../../src/recipes/memory.js'
import { SegmentEvent } from '../../../src/segment/event-codecs.js'
import { decodeSettings as decodeV1Settings } from '../../../src/v1/decode-settings.js'
import { browserMapper as v1BrowserMapper, mapper as v1Mapper } from '../../../src/v1/mapper.js'
import { replacingRetired } from '../../../src/v1/replace-retired.js'
import { decodeSettings } from '../../../src/v2/decode-settings.js'
import { browserMapper, mapper } from '../../../src/v2/mapper.js'
import { saidIn, type Target } from '../target.js'
import { rightOf } from './right.js'

const munchkinId = '561-HYG-937'
const hosts = /^(?:561-hyg-937\.(?:mktorest\.com|mktoresp\.com|mktoapi\.com)|mkto-ingestion-api\.adobe\.io)$/
const credentials = { accessToken: 'token', clientId: 'c', clientSecret: 's' }

/** Where a request goes is the settings' to say, and its path has as many parts as its endpoint's. */
const send = (intents: ReadonlyNonEmptyArray<Intent>): unknown => {
  const steps = describeSteps(intents)
  if (steps._tag !== 'Right') return steps.left
  for (const { descriptor, slots } of steps.right) {
    toCurl(descriptor, slots)
    // Signed at each attempt, with a key that is not here.
    if (descriptor.auth === 'soap-signature') continue
    const filled = slots.reduce((request, { at }) => withLead(request, at, 7) ?? request, descriptor)
    const { hostname, username, port } = new URL(toFetch(credentials)(filled)[0])
    if (!hosts.test(hostname) || username !== '' || port !== '') throw new Error(`an event chose the host ${hostname}`)
  }
  return null
}

const isServers = (intents: ReadonlyNonEmptyArray<Intent>): boolean => !intents.some(isBrowserIntent)

const carried = (verdict: Mapped): unknown => {
  if (verdict._tag === 'Left') return null
  if (isServers(verdict.right)) return send(verdict.right)
  for (const intent of verdict.right) if (isBrowserIntent(intent)) describeInBrowser(intent)
  return null
}

const feedTo =
  (...mappers: ReadonlyArray<Mapper>): Target['feed'] =>
  (event) =>
    mappers.map((map) => {
      const verdict = map(event)
      return [saidIn(verdict), carried(verdict)]
    })

const v2 = (more: object) =>
  rightOf(
    decodeSettings({
      munchkinId,
      anonymousActivity: true,
      clearOnNull: true,
      pathLookup: true,
      traits: [
        { trait: 'plan', field: 'planName__c', type: 'string', default: 'free' },
        { trait: 'seats', field: 'seats__c', type: 'integer' },
        { trait: 'work.email', field: 'workEmail', type: 'email' },
        { trait: 'createdAt', field: 'signedUpAt__c', type: 'datetime' },
        { trait: 'balance', field: 'balance__c', type: 'currency', transforms: ['trim'] }
      ],
      events: [
        {
          event: 'Trial Started',
          activityTypeId: 100_001,
          attributes: [
            { property: 'plan', attribute: 'plan', type: 'string', primary: true, default: 'none' },
            { property: 'total.amount', attribute: 'amount', type: 'float' },
            { property: 'link', attribute: 'link', type: 'url' }
          ]
        }
      ],
      ...more
    })
  )

const device = v2({ mode: 'device', formId: 7, formHost: '//app-x.marketo.com' })
const exact = v2({ mode: 'device', formId: 7, formHost: '//app-x.marketo.com', browserProfile: 'exact' })
const v1 = rightOf(decodeV1Settings({ munchkinId, projectId: 'p1', pageOrigin: 'https://www.example.com' }))
const v1Exact = rightOf(decodeV1Settings({ munchkinId, projectId: 'p1', browserProfile: 'exact' }))
const signing = { privateKey: 'fortesting', runsIn: 'server' } as const

const rules = rightOf(
  decodeRecipes({
    munchkinId,
    audiences: { lists: { buyers: 1001 } },
    behaviors: [
      { name: 'Logins', when: { type: 'track', event: 'Signed In' }, count: 'loginCount', last: 'lastLogin' }
    ],
    scores: [
      {
        name: 'Trial',
        to: { way: 'total', field: 'leadScore' },
        points: [{ when: { type: 'track', event: 'Trial Started' }, points: 5 }]
      }
    ],
    suppressions: [{ name: 'Opt-outs', reason: { from: 'properties.reason', default: 'opted out' }, lists: [1001] }],
    rules: [
      {
        name: 'Sign-up fills the lead',
        when: { type: 'identify', where: [{ path: 'traits.email' }] },
        actions: [
          { do: 'write', fields: { company: { from: 'traits.company.name' }, title: { from: 'traits.title' } } }
        ]
      },
      {
        name: 'Cart left behind',
        when: { type: 'track', event: 'Trial Started', where: [{ path: 'properties.seats', above: 1 }] },
        actions: [
          { do: 'request-campaign', campaign: 1003, tokens: { plan: { from: 'properties.plan', default: 'none' } } }
        ]
      }
    ]
  })
)
const fold = folder(rules)
const explain = explainV2(v2({}))
const explainInBrowser = explainV2(device, 'browser')

/** The mappers, each with what comes behind it. */
export const eventTargets: ReadonlyArray<Target> = [
  {
    name: 'event',
    corpus: 'events',
    reads: 'value',
    feed: (event) => {
      const read = SegmentEvent.decode(event)
      return read._tag === 'Left'
        ? read.left.map(({ message, context, value }) => [message, context.map((c) => c.actual), value])
        : null
    }
  },
  {
    name: 'v2-server',
    corpus: 'events',
    reads: 'value',
    feed: feedTo(mapper(v2({})), mapper(v2({ invalidEmail: 'next-key' })))
  },
  { name: 'v2-browser', corpus: 'events', reads: 'value', feed: feedTo(browserMapper(device), browserMapper(exact)) },
  {
    name: 'v1-server',
    corpus: 'events',
    reads: 'value',
    feed: feedTo(v1Mapper(v1), replacingRetired({})(v1Mapper(v1)))
  },
  {
    name: 'v1-browser',
    corpus: 'events',
    reads: 'value',
    feed: feedTo(v1BrowserMapper(v1, signing), v1BrowserMapper(v1Exact))
  },
  {
    name: 'explain',
    corpus: 'events',
    reads: 'value',
    times: 2,
    feed: (event) => [explain, explainInBrowser].map((why) => why(event).stays.map((stay) => stay.why))
  },
  {
    name: 'recipes',
    corpus: 'events',
    reads: 'value',
    feed: (event) => {
      const [memory, verdict] = fold(noMemory, event, 1_714_557_600_000)
      JSON.stringify(memory)
      return [saidIn(verdict), carried(verdict)]
    }
  }
]
