/**
 * Calls that one record spoils, cut in pieces: who shares a piece with whom, and who is told what.
 */
import { describe, expect, it } from 'vitest'
import { next, type Request } from '../../src/delivery/next.js'
import type { DeliveryOptions } from '../../src/delivery/options.js'
import type { Item } from '../../src/delivery/outcome.js'
import { receive } from '../../src/delivery/receive.js'
import { add, start } from '../../src/delivery/start.js'
import type { Delivery } from '../../src/delivery/state.js'
import type { Answer } from '../../src/intent/outcome.js'
import { isMunchkinId } from '../../src/marketo/munchkin-id.js'

const munchkinId = '561-HYG-937'
if (!isMunchkinId(munchkinId)) throw new Error('no Munchkin id')

const t = 1_700_000_000_000
const email = (n: number): string => `p${n}@corp.test`

const upsert = (id: string, n: number): Item => ({
  id,
  messageId: null,
  intent: {
    _tag: 'UpsertLead',
    munchkinId,
    lead: { lookupField: 'email', value: email(n) },
    fields: { email: email(n), plan: id },
    action: 'createOrUpdate',
    partitionName: null
  }
})

const ok = (body: unknown): Answer => ({ status: 200, headers: {}, body })
const created = (...ids: ReadonlyArray<number>): Answer =>
  ok({ success: true, result: ids.map((id) => ({ id, status: 'created' })) })
const spoilt = ok({ success: false, errors: [{ code: '1003', message: 'bad value' }] })

/** A delivery that has its token, and the calls that it makes then. */
const begun = (
  items: ReadonlyArray<Item>,
  options: Partial<DeliveryOptions> = {}
): readonly [Delivery, ReadonlyArray<Request>] => {
  const [asked, [token]] = next(start(items, options), t)
  return next(receive(asked, token?.id ?? '', ok({ access_token: 'x', expires_in: 3_600 }), t), t)
}

const answer = (state: Delivery, request: Request | undefined, told: Answer): Delivery =>
  receive(state, request?.id ?? '', told, t)

const plansOf = ({ call: { descriptor } }: Request): ReadonlyArray<string> =>
  (JSON.stringify(descriptor.body).match(/"plan":"\w+"/g) ?? []).map((one) => one.slice(8, -1))

const ends = ({ outcomes }: Delivery): ReadonlyArray<string> => outcomes.map(({ id, _tag }) => `${id} ${_tag}`).sort()

describe('pieces', () => {
  it('D9 a later write of the same person does not join the piece in which a culprit is looked for', () => {
    const [writing, [write]] = begun([upsert('bad', 1), upsert('good', 2)])
    const [apart, pieces] = next(add(answer(writing, write, spoilt), [upsert('later', 1)]), t)
    expect(pieces.map(plansOf)).toEqual([['bad'], ['good']])
    const alone = answer(answer(apart, pieces[0], spoilt), pieces[1], created(2))
    const [after, [last]] = next(alone, t)
    expect(ends(answer(after, last, created(1)))).toEqual(['bad Refused', 'good Applied', 'later Applied'])
  })

  it('a family is forgotten with its last member', () => {
    const [writing, [write]] = begun([upsert('bad', 1), upsert('good', 2)])
    const [apart, pieces] = next(answer(writing, write, spoilt), t)
    expect(Object.values(answer(apart, pieces[0], spoilt).families)).toEqual([1])
    const found = answer(answer(apart, pieces[1], created(2)), pieces[0], spoilt)
    expect([ends(found), found.families]).toEqual([['bad Refused', 'good Applied'], {}])
  })

  it('D9 a family that is given up leaves those in flight elsewhere to their own answers', () => {
    const items = Array.from({ length: 64 }, (_, n) => upsert(`i${n}`, n))
    let [state, open] = begun(items, { budget: { callsPerWindow: 10_000, runningCalls: 10_000 } })
    let spared: Request | undefined
    for (let answers = 0; state.outcomes.length === 0 && answers < 500; answers += 1) {
      const [first, ...rest] = open
      if (first === undefined) break
      // One small piece is never answered, all others are refused.
      if (spared === undefined && first.call.intents.length === 4) {
        spared = first
        open = rest
        continue
      }
      const [after, more] = next(answer(state, first, spoilt), t)
      state = after
      open = [...rest, ...more]
    }
    const kept = spared === undefined ? [] : plansOf(spared)
    expect(kept).toHaveLength(4)
    expect(state.outcomes.filter(({ id }) => kept.includes(id))).toEqual([])
    const flying = Object.values(state.inFlight).flatMap(({ records }) => records.flat())
    expect(state.pending.filter(({ seq }) => !flying.includes(seq))).toEqual([])
    const told = answer(state, spared, created(1, 2, 3, 4))
    expect(told.outcomes.filter(({ _tag }) => _tag === 'Applied').map(({ id }) => id)).toEqual(kept)
  })

  it('D9 however many records there are, a piece that is taken keeps the search for the culprits going', () => {
    const items = Array.from({ length: 64 }, (_, n) => upsert(`i${n}`, n))
    const isBad = (id: string): boolean => Number(id.slice(1)) % 8 < 6
    let [state, open] = begun(items, { budget: { callsPerWindow: 10_000, runningCalls: 10_000, callsPerDay: 50_000 } })
    for (let round = 0; open.length > 0 && round < 100; round += 1) {
      for (const request of open) {
        const plans = plansOf(request)
        const told = plans.some(isBad) ? spoilt : created(...plans.map((id) => Number(id.slice(1)) + 1))
        state = answer(state, request, told)
      }
      ;[state, open] = next(state, t + round * 20_000)
    }
    const wrong = state.outcomes.filter(({ id, _tag }) => (_tag === 'Applied') === isBad(id))
    expect([state.outcomes.length, wrong.length]).toEqual([64, 0])
  })
})
