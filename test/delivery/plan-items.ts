/**
 * Items of a few people on two instances, of every kind, and the Marketos that have all of them already.
 */
import * as fc from 'fast-check'
import { readAccessToken } from '../../src/adapters/fetch/access-token.js'
import { next, wakeAt } from '../../src/delivery/next.js'
import type { DeliveryOptions } from '../../src/delivery/options.js'
import type { Item } from '../../src/delivery/outcome.js'
import { receive } from '../../src/delivery/receive.js'
import { start } from '../../src/delivery/start.js'
import { isDone, takeOutcomes } from '../../src/delivery/state.js'
import type { HttpRequest } from '../../src/intent/descriptor.js'
import type { Intent } from '../../src/intent/intent.js'
import { isMunchkinId, type MunchkinId } from '../../src/marketo/munchkin-id.js'
import { requestOf } from '../../src/simulator/request.js'
import { simulate } from '../../src/simulator/simulate.js'
import { startSimulator } from '../../src/simulator/start.js'
import type { SimulatorState } from '../../src/simulator/state.js'

const munchkin = (text: string): MunchkinId => {
  if (!isMunchkinId(text)) throw new Error('no Munchkin id')
  return text
}

/** The two instances. */
export const [one, other] = [munchkin('561-HYG-937'), munchkin('123-ABC-456')] as const

const people = [0, 1, 2, 3, 4, 5]

const credentials = { clientId: 'client', clientSecret: 'secret' }

/** An instance without faults, where everybody has a lead. */
export const fullMarketo = (munchkinId: MunchkinId): SimulatorState =>
  startSimulator({
    munchkinId,
    ...credentials,
    customFields: [
      { name: 'userId', type: 'string' },
      { name: 'anonymousId', type: 'string' },
      { name: 'plan', type: 'string' },
      { name: 'score', type: 'integer' }
    ],
    activityTypes: [{ id: 100001, primaryAttribute: { apiName: 'plan', dataType: 'string' }, attributes: [] }],
    forms: [{ id: 1001, fields: ['email'] }],
    lists: [
      { id: 1, name: 'one' },
      { id: 2, name: 'two' }
    ],
    programs: [{ id: 1, statuses: [{ name: 'Invited', step: 1 }] }],
    campaigns: [{ id: 1 }],
    customObjects: [{ name: 'order_c', fields: ['orderId'], dedupeFields: ['orderId'] }],
    leads: people.map((n) => ({ fields: { email: `p${n}@corp.test`, userId: `u${n}`, anonymousId: `a${n}` } }))
  })

const keys = {
  email: (n: number) => `p${n}@corp.test`,
  userId: (n: number) => `u${n}`,
  anonymousId: (n: number) => `a${n}`,
  id: (n: number) => n + 1
}

/** How a person is named. */
export type By = keyof typeof keys

/** The lead of a person. */
export const lead = (n: number, by: By) => ({ lookupField: by, value: keys[by](n) })

/** An upsert of a person. */
export const upsert = (munchkinId: MunchkinId, n: number, by: Exclude<By, 'id'>, fields = {}): Intent => ({
  _tag: 'UpsertLead',
  munchkinId,
  lead: lead(n, by),
  fields: { [by]: keys[by](n), ...fields },
  action: 'createOrUpdate',
  partitionName: null
})

/** An activity of a person; no request can carry one of type 0. */
export const activity = (munchkinId: MunchkinId, n: number, by: By, activityTypeId = 100001): Intent => ({
  _tag: 'AddCustomActivity',
  munchkinId,
  lead: lead(n, by),
  activityTypeId,
  activityDate: '2024-05-01T10:00:00Z',
  primaryAttributeValue: 'pro',
  attributes: []
})

/** A cookie of a person. */
export const cookie = (munchkinId: MunchkinId, n: number, by: By, derived = false): Intent => ({
  _tag: 'AssociateCookie',
  munchkinId,
  lead: lead(n, by),
  visitor: derived
    ? { _tag: 'Derived' }
    : { _tag: 'Cookie', cookie: `id:${munchkinId}&token:_mch-example.com-1374552656411-1000${n}` }
})

/** A page view of a person; without an origin no request can carry it. */
export const visit = (munchkinId: MunchkinId, n: number, by: By, origin: string | null): Intent => ({
  _tag: 'VisitPage',
  munchkinId,
  lead: lead(n, by),
  visitor: { _tag: 'Derived' },
  page: { origin, path: '/', params: '', fragment: '' },
  referrer: '',
  userAgent: 'Mozilla/5.0',
  ip: null,
  at: 1_700_000_000_000
})

const form = (munchkinId: MunchkinId, n: number): Intent => ({
  _tag: 'SubmitForm',
  munchkinId,
  lead: lead(n, 'email'),
  formId: 1001,
  fields: { email: keys.email(n) },
  cookie: null,
  page: null,
  userAgent: null,
  ip: null
})

/** An intent that runs in a browser. */
export const inBrowser: Intent = { _tag: 'VisitPageInBrowser', munchkinId: one, url: null, params: '' }

/** An intent of a route that is switched off. */
export const overSoap: Intent = {
  _tag: 'SyncLeadOverSoap',
  munchkinId: one,
  lead: lead(1, 'email'),
  email: keys.email(1),
  attributes: {},
  cookie: null
}

const person = fc.integer({ min: 0, max: people.length - 1 })
const by = fc.constantFrom<By>('email', 'userId', 'anonymousId', 'id')
const written = fc.constantFrom<Exclude<By, 'id'>>('email', 'userId', 'anonymousId')
const instance = fc.constantFrom(one, other)
const crossed = fc.tuple(person, fc.boolean()).map(([n, both]) => (both ? { userId: keys.userId(n) } : {}))

const intent: fc.Arbitrary<Intent> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(instance, person, written, crossed).map(([id, n, field, fields]) => {
      const own = 'userId' in fields && fields.userId !== keys.userId(n) ? {} : fields
      return upsert(id, n, field, own)
    })
  },
  { weight: 4, arbitrary: fc.tuple(instance, person, by).map(([id, n, field]) => activity(id, n, field)) },
  { weight: 2, arbitrary: fc.tuple(instance, person, by).map(([id, n, field]) => cookie(id, n, field)) },
  fc.tuple(instance, person, by).map(([id, n, field]) => cookie(id, n, field, true)),
  fc
    .tuple(instance, person, by, fc.constantFrom('https://www.example.com', null))
    .map(([id, n, field, origin]) => visit(id, n, field, origin)),
  fc.tuple(instance, person).map(([id, n]) => form(id, n)),
  fc.tuple(instance, person, by).map(([id, n, field]) => activity(id, n, field, 0)),
  fc.constant(inBrowser),
  fc.constant(overSoap)
)

/** What a lead belongs to or goes through, none of which comes back. */
export const belonging = (munchkinId: MunchkinId, n: number, field: By): fc.Arbitrary<Intent> => {
  const about = { munchkinId, lead: lead(n, field) }
  const list = fc.constantFrom({ listId: 1 }, { name: 'two', createIn: null })
  const purpose = fc.constantFrom('engage' as const, 'suppress' as const)
  return fc.oneof(
    fc.record({ list, purpose }).map((own): Intent => ({ _tag: 'AddToList', ...about, ...own, at: null })),
    list.map((own): Intent => ({ _tag: 'RemoveFromList', ...about, list: own, at: null })),
    purpose.map(
      (own): Intent => ({
        _tag: 'SetProgramStatus',
        ...about,
        programId: 1,
        statusName: 'Invited',
        purpose: own,
        at: null
      })
    ),
    fc.constant<Intent>({ _tag: 'LeaveProgram', ...about, programId: 1, at: null }),
    purpose.map(
      (own): Intent => ({ _tag: 'RequestCampaign', ...about, campaignId: 1, tokens: [], purpose: own, at: null })
    ),
    fc.constant<Intent>({ _tag: 'AddToScore', ...about, field: 'score', points: 1, least: null, most: null })
  )
}

/** A company or a custom object. */
const record: fc.Arbitrary<Intent> = fc.tuple(instance, fc.nat({ max: 2 }), fc.boolean()).map(
  ([munchkinId, n, isCompany]): Intent =>
    isCompany
      ? { _tag: 'SyncCompany', munchkinId, externalCompanyId: `c-${n}`, fields: { externalCompanyId: `c-${n}` } }
      : {
          _tag: 'SyncCustomObject',
          munchkinId,
          objectName: 'order_c',
          dedupeFields: ['orderId'],
          fields: { orderId: `o-${n}` }
        }
)

const anyIntent: fc.Arbitrary<Intent> = fc.oneof(
  { weight: 2, arbitrary: intent },
  fc.tuple(instance, person, by).chain(([id, n, field]) => belonging(id, n, field)),
  { weight: 1, arbitrary: record }
)

const event = fc.constantFrom('identify', 'page', 'Signed Up', '__proto__', 'constructor', null, undefined)

const itemsWith = (what: fc.Arbitrary<Intent>): fc.Arbitrary<ReadonlyArray<Item>> =>
  fc.array(fc.tuple(what, event, fc.boolean(), fc.nat({ max: 9 })), { maxLength: 40 }).map((list) =>
    list.map(([own, name, hasMessage, double], i) => ({
      id: double === 0 ? 'i0' : `i${i}`,
      messageId: hasMessage ? `m${i}` : null,
      ...(name === undefined ? {} : { event: name }),
      intent: own
    }))
  )

/** Items that may overtake one another; some without a messageId, some with the id of another. */
export const items = itemsWith(intent)

/** Items of every kind. */
export const everyItem = itemsWith(anyIntent)

/** The calls of a delivery to Marketos that have everybody: window by window, each round answered before the next. */
export const delivered = (
  list: ReadonlyArray<Item>,
  window: number,
  options: Partial<DeliveryOptions> = {}
): ReadonlyArray<HttpRequest> => {
  const marketos = new Map<string, SimulatorState>([one, other].map((id) => [id, fullMarketo(id)]))
  const tokens = new Map<string, string>()
  const sent: Array<HttpRequest> = []
  let now = 1_700_000_000_000
  let state = start(list, { ...options, window })
  while (!isDone(state)) {
    const [asking, requests] = next(state, now)
    ;[state] = takeOutcomes(asking)
    now = requests.length > 0 ? now + 1 : Math.max(wakeAt(state, now) ?? 0, now + 1)
    for (const { id, call } of requests) {
      const { descriptor } = call
      sent.push(descriptor)
      const accessToken = tokens.get(descriptor.munchkinId) ?? ''
      const marketo = marketos.get(descriptor.munchkinId)
      if (marketo === undefined) throw new Error('no such instance')
      const [after, answer] = simulate(marketo, requestOf(descriptor, { ...credentials, accessToken }), now)
      marketos.set(descriptor.munchkinId, after)
      const token = answer === null ? undefined : readAccessToken(answer)
      if (token !== undefined) tokens.set(descriptor.munchkinId, token)
      ;[state] = takeOutcomes(receive(state, id, answer ?? { kind: 'lost' }, now))
    }
  }
  return sent
}
