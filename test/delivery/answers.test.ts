/**
 * Answers of any kind at all: what Marketo never said, what nobody asked for, and what was answered already.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { next, type Request } from '../../src/delivery/next.js'
import { type DeliveryOptions, resolveFirst } from '../../src/delivery/options.js'
import type { Item } from '../../src/delivery/outcome.js'
import { receive } from '../../src/delivery/receive.js'
import { start } from '../../src/delivery/start.js'
import { type Delivery, isDone } from '../../src/delivery/state.js'
import type { Intent } from '../../src/intent/intent.js'
import type { Answer } from '../../src/intent/outcome.js'
import { isMunchkinId } from '../../src/marketo/munchkin-id.js'
import { deepFrozen, hostileValue } from '../arbitraries/events.js'
import { fragile, restless } from '../arbitraries/hostile.js'
import { carriedOut, create, plainMarketo } from './model.js'

const munchkinId = '561-HYG-937'
if (!isMunchkinId(munchkinId)) throw new Error('no Munchkin id')

const cookie = `id:${munchkinId}&token:_mch-corp.test-1374552656411-90718`

const intents: ReadonlyArray<Intent> = [
  {
    _tag: 'UpsertLead',
    munchkinId,
    lead: { lookupField: 'email', value: 'a@corp.test' },
    fields: { email: 'a@corp.test', userId: 'u1' },
    action: 'createOrUpdate',
    partitionName: null
  },
  {
    _tag: 'AddCustomActivity',
    munchkinId,
    lead: { lookupField: 'userId', value: 'u2' },
    activityTypeId: 100_001,
    activityDate: '2024-05-01T10:00:00Z',
    primaryAttributeValue: 'i1',
    attributes: []
  },
  {
    _tag: 'AssociateCookie',
    munchkinId,
    lead: { lookupField: 'email', value: 'a@corp.test' },
    visitor: { _tag: 'Cookie', cookie }
  },
  {
    _tag: 'SubmitForm',
    munchkinId,
    lead: { lookupField: 'email', value: 'c@corp.test' },
    formId: 7,
    fields: { email: 'c@corp.test' },
    cookie: null,
    page: null,
    userAgent: null,
    ip: null
  },
  {
    _tag: 'VisitPage',
    munchkinId,
    lead: { lookupField: 'email', value: 'a@corp.test' },
    visitor: { _tag: 'Cookie', cookie },
    page: { origin: 'https://www.corp.test', path: '/i4', params: '', fragment: '' },
    referrer: '',
    userAgent: 'test',
    ip: null,
    at: 1_700_000_000_000
  }
]

const items = intents.map((intent, n): Item => ({ id: `i${n}`, messageId: null, intent }))
const ids = items.map(({ id }) => id)

const t = 1_700_000_000_000

/** Everybody who is in the delivery or has ended, each as often as that is so. */
const everybody = ({ backlog, pending, outcomes }: Delivery): ReadonlyArray<string> =>
  [...Object.values(backlog).flat(2), ...pending, ...outcomes].map(({ id }) => id).sort()

const options = fc.constantFrom<Partial<DeliveryOptions>>(
  {},
  { identity: resolveFirst() },
  { identity: resolveFirst({ duplicates: 'merge' }), skipUnchanged: true }
)

/** A Marketo in which somebody is there twice, so that there is something to merge. */
const marketo = () => {
  const own = plainMarketo(munchkinId, { lacks: 'nothing', keepsCompany: false, bad: 'record', tokenLives: 3_600 })
  create(own, { email: 'a@corp.test' })
  create(own, { userId: 'u1' })
  create(own, { userId: 'u2' })
  return own
}

/**
 * Rounds, of which the calls that are picked get a strange answer and the others a true one; `look` sees each state and the calls that
 * are open then.
 */
const played = (
  delivery: Delivery,
  strange: (n: number, request: Request) => { readonly answer: Answer } | undefined,
  look: (state: Delivery, open: ReadonlyArray<Request>) => void
): Delivery => {
  const own = marketo()
  let state = delivery
  let now = t
  let n = 0
  for (let round = 0; round < 200 && !isDone(state); round += 1) {
    const [after, requests] = next(state, now)
    state = after
    look(state, requests)
    for (const request of requests) {
      state = receive(state, request.id, strange(n, request)?.answer ?? carriedOut(own, request.call.descriptor), now)
      n += 1
      look(state, requests)
    }
    now += requests.length > 0 ? 1_000 : 600_000
  }
  return state
}

/** Something within the frame of an answer, or a frame of Marketo's with something in it; made anew for each reader. */
const anyBody: fc.Arbitrary<() => unknown> = fc.oneof(
  fc
    .anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true, withSparseArray: true })
    .map((body) => () => body),
  hostileValue.map((body) => () => body),
  hostileValue.map((result) => () => ({ success: true, result: [result, result] })),
  hostileValue.map((result) => () => ({ success: true, result })),
  hostileValue.map((one) => () => ({
    success: true,
    result: [
      { id: one, status: one },
      { id: 1, reasons: one }
    ]
  })),
  hostileValue.map((errors) => () => ({ success: false, errors })),
  hostileValue.map((error) => () => ({ success: false, errors: [error, { code: error, message: error }] })),
  fc.tuple(hostileValue, hostileValue).map(([token, life]) => () => ({ access_token: token, expires_in: life })),
  fc.nat(30).map((patience) => () => fragile({ success: true, result: [{ id: 1, status: 'added' }] }, patience)),
  hostileValue.map(
    (whim) => () => restless({ success: true, result: [{ id: 1, status: 'added' }] }, [whim, whim][Symbol.iterator]())
  )
)

const status = fc.oneof(fc.constantFrom(200, 200, 202, 401, 413, 500, 502, Number.NaN, -0), fc.integer())

const anyAnswer: fc.Arbitrary<() => Answer> = fc
  .tuple(status, anyBody, hostileValue)
  .map(([code, body, odd]) => () => ({
    status: code,
    headers: typeof odd === 'string' ? { 'retry-after': odd } : {},
    body: body()
  }))

/** Where a value is none of JSON's, or nothing. */
const unplain = (u: unknown, at = '$'): string => {
  if (u === null || typeof u === 'string' || typeof u === 'boolean') return ''
  if (typeof u === 'number') return Number.isFinite(u) && !Object.is(u, -0) ? '' : at
  if (typeof u !== 'object') return at
  for (const [name, member] of Object.entries(u)) {
    const inner = unplain(member, `${at}.${name}`)
    if (inner !== '') return inner
  }
  return ''
}

describe('laws', () => {
  it('P3 D1 whatever the answer, nothing throws, nobody is lost, and each ends once', () => {
    fc.assert(
      fc.property(options, fc.array(anyAnswer, { minLength: 1, maxLength: 4 }), fc.nat(8), (chosen, answers, at) => {
        const end = played(
          start(items, chosen),
          (n) => {
            const answer = answers[n - at]
            return answer === undefined ? undefined : { answer: answer() }
          },
          (state) => {
            expect(everybody(state)).toEqual(ids)
            // P4: nothing strange stays behind.
            expect(unplain(state)).toBe('')
          }
        )
        expect(isDone(end)).toBe(true)
        expect(end.outcomes.map(({ id }) => id).sort()).toEqual(ids)
      })
    )
  })

  it('P3 an answer to what was never asked changes nothing', () => {
    const id = fc.oneof(fc.string(), fc.constantFrom('r99', '__proto__', 'constructor', 'toString', ''))
    fc.assert(
      fc.property(options, id, anyAnswer, (chosen, unknown, answer) => {
        played(
          start(items, chosen),
          () => undefined,
          (state) => {
            if (!Object.keys(state.inFlight).includes(unknown)) expect(receive(state, unknown, answer(), t)).toBe(state)
          }
        )
      })
    )
  })

  it('P3 D8 a second answer to the same call changes nothing, also after a rest as JSON', () => {
    fc.assert(
      fc.property(options, anyAnswer, (chosen, answer) => {
        const answered = new Set<string>()
        played(
          start(items, chosen),
          (_, { id }) => {
            answered.add(id)
            return undefined
          },
          (state, requests) => {
            for (const { id } of requests) {
              if (!answered.has(id)) continue
              expect(receive(state, id, answer(), t)).toBe(state)
              expect(receive(state, id, { kind: 'lost' }, t)).toBe(state)
              const rested: Delivery = JSON.parse(JSON.stringify(state))
              expect(receive(rested, id, answer(), t)).toEqual(state)
            }
          }
        )
      })
    )
  })

  it('P1 P2 the same answer to the same frozen state gives the same', () => {
    fc.assert(
      fc.property(options, fc.jsonValue(), fc.integer({ min: 100, max: 599 }), (chosen, body, status) => {
        const answer: Answer = deepFrozen({ status, headers: {}, body })
        played(
          deepFrozen(start(items, chosen)),
          () => undefined,
          (state, open) => {
            for (const { id } of open)
              expect(receive(deepFrozen(state), id, answer, t)).toEqual(receive(state, id, answer, t))
          }
        )
      })
    )
  })
})
