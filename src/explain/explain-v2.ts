/**
 * The v2 mapping explained, for the server's side or the browser's.
 *
 * @module
 */
import { isRecord, ownMember } from '../ground/json.js'
import type { Findings } from '../intent/mapped.js'
import { guarded } from '../intent/mapped.js'
import type { Trace } from '../intent/trace.js'
import { compileForBrowser, compileForServer, mapInBrowser, mapOnServer } from '../v2/mapper.js'
import type { Settings } from '../v2/settings.js'
import { settingsVersion } from '../v2/settings-version.js'
import { type Explanation, explanationOf, type Reasons } from './explanation.js'

const delivery = 'speaks of the call itself, not of the lead'

/** Why a trait stays, by the call that carries it. */
const traitReasons: Readonly<Record<'identify' | 'group' | 'other', Reasons>> = {
  identify: [
    {
      at: ['traits', 'address'],
      why: 'only city, country, state and the postal code of an address have fields; send further parts at the top level and map them'
    },
    { at: ['traits', 'name'], why: 'firstName and lastName come first' },
    { at: ['traits', 'phones'], why: 'phone comes first, and of a list only the first number is read' },
    { at: ['traits', 'company'], why: 'of a company only the name has a field' },
    { at: ['traits'], why: 'no row maps this trait' }
  ],
  group: [{ at: ['traits'], why: 'no company field is made of this trait' }],
  other: [{ at: ['traits'], why: 'only identify and group calls write traits' }]
}

const byCookie = 'Munchkin knows the visitor by its cookie'
const idsOfVisits: Reasons = ['userId', 'anonymousId', 'sessionId'].map((name) => ({ at: [name], why: byCookie }))

/** The reasons that hold for one type of call alone. */
const reasonsOfType = (event: unknown, side: 'server' | 'browser'): Reasons => {
  const type = isRecord(event) ? ownMember(event, 'type') : undefined
  const traits = traitReasons[type === 'identify' || type === 'group' ? type : 'other']
  return side === 'browser' && type === 'page' ? [...idsOfVisits, ...traits] : traits
}

const reasonsFor = ({ anonymousActivity }: Settings): Reasons => [
  { at: ['type'], why: 'says which call this is, and so which rules apply' },
  { at: ['event'], why: 'chose the event row; Marketo knows the activity by its number' },
  ...['anonymousId', 'sessionId'].map((name) => ({
    at: [name],
    why: anonymousActivity
      ? 'not needed: the key of the lead is another id'
      : 'anonymous activity is off, so no anonymousId leaves'
  })),
  { at: ['userId'], why: 'not needed: the key of the lead is another id' },
  { at: ['properties'], why: 'no row maps this property' },
  { at: ['integrations'], why: 'switches destinations on and off' },
  { at: ['context'], why: 'no rule of this contract reads it for this call' },
  { at: ['groupId'], why: 'a company of its own is written by Sync Companies, not by this contract' },
  { at: ['name'], why: 'Marketo knows a page by its address' },
  { at: ['category'], why: 'Marketo knows a page by its address' },
  ...[
    'messageId',
    'timestamp',
    'originalTimestamp',
    'sentAt',
    'receivedAt',
    'channel',
    'version',
    'projectId',
    'writeKey',
    '_metadata'
  ].map((name) => ({ at: [name], why: delivery }))
]

/**
 * Why each value of an event left or stayed, under these v2 settings. The verdict in the explanation is the mapper's own.
 *
 * @example
 * import { explainV2 } from 'segment-marketo/explain'
 * import { decodeSettings } from 'segment-marketo/v2'
 *
 * const settings = decodeSettings({ munchkinId: '561-HYG-937' })
 * const why = settings._tag === 'Left' ? undefined : explainV2(settings.right)
 * why?.({ type: 'identify', userId: 'u1', traits: { plan: 'pro' } }).stays[1]
 * // => { at: ['traits', 'plan'], why: 'no row maps this trait' }
 * @category explaining
 * @since 0.1.0
 */
export const explainV2 = (
  settings: Settings,
  side: 'server' | 'browser' = 'server'
): ((event: unknown) => Explanation) => {
  const compiled = side === 'server' ? compileForServer(settings) : compileForBrowser(settings)
  const reasons = reasonsFor(settings)
  const map = side === 'server' ? mapOnServer : mapInBrowser
  const version = settingsVersion(settings)
  return (event) => {
    const trace: Trace = { moves: [], stays: [] }
    const verdict = guarded((u: unknown, findings: Findings) => map(compiled, u, findings, trace))(event)
    try {
      return { settings: version, ...explanationOf(event, verdict, trace, [...reasonsOfType(event, side), ...reasons]) }
    } catch {
      return { settings: version, verdict, moves: [], stays: [{ at: [], why: 'the event could not be read' }] }
    }
  }
}
