/**
 * A bulk import, question by question: when it is asked for, what is asked next, and what each row is told.
 */
import { describe, expect, it } from 'vitest'
import { next, type Request, wakeAt } from '../../src/delivery/next.js'
import type { DeliveryOptions } from '../../src/delivery/options.js'
import { add } from '../../src/delivery/start.js'
import type { Delivery } from '../../src/delivery/state.js'
import { jobBatch, roomForJobs } from '../../src/delivery/transports.js'
import type { Fields, Intent } from '../../src/intent/intent.js'
import type { Answer } from '../../src/intent/outcome.js'
import { defaultBackOff } from '../../src/pace/back-off.js'
import { answer, begun, elsewhere, endpoints, ends, form, granted, lose, more, ok, refused, t, told } from './steps.js'
import { email, itemsOf, munchkinId, upsert } from './world.js'

const poll = 15_000
const day = 86_400_000
const leads = [upsert({ email: email(1), seats: 1 }), upsert({ email: email(2), seats: 2 })]

/** A delivery whose file was taken. */
const imported = (options: Partial<DeliveryOptions> = {}): Delivery => {
  const [state, [file]] = begun(itemsOf(...leads), { transport: { _tag: 'bulk', pollMillis: poll }, ...options })
  expect(file?.call.descriptor.endpoint).toBe('importLeads')
  return answer(state, file, told({ batchId: 7, status: 'Queued' }))
}

/** The next question about the job, once its time has come, and that time. */
const asking = (state: Delivery, now: number): readonly [state: Delivery, request: Request | undefined, at: number] => {
  const at = Math.max(now, state.jobs[`${munchkinId} 7`]?.askAt ?? now)
  const [asked, [first]] = next(state, at)
  if (first?.call.descriptor.endpoint !== 'identityToken') return [asked, first, at]
  const [after, [request]] = next(answer(asked, first, granted, at), at)
  return [after, request, at]
}

/** The questions that are asked while these answers come, one after the other, and the delivery after. */
const questions = (answers: ReadonlyArray<Answer>, options: Partial<DeliveryOptions> = {}) => {
  let state = imported(options)
  let now = t
  const asked: Array<string> = []
  for (const what of answers) {
    const [after, request, at] = asking(state, now)
    asked.push(request?.call.descriptor.endpoint ?? '')
    state = answer(after, request, what, at)
    now = at
  }
  return { state, asked, now }
}

const status = (more_: Readonly<Record<string, unknown>>): Answer => told({ batchId: 7, ...more_ })
const complete = (failed: number, warned: number): Answer =>
  status({ status: 'Complete', numOfRowsFailed: failed, numOfRowsWithWarning: warned })
const importing = status({ status: 'Importing' })
const failures = ok(`email,seats,Import Failure Reason\n${email(1)},1,too bad\n`)
const warnings = ok(`email,seats,Import Warning Reason\n${email(2)},2,take care\n`)
const lost = ok('', 502)

describe('a job', () => {
  it('is asked for when its time has come, not sooner, and by one call at a time', () => {
    const state = imported()
    expect(wakeAt(state, t)).toBe(t + poll)
    expect(next(state, t + poll - 1)[1]).toEqual([])
    const [asked, requests] = next(state, t + poll)
    expect(endpoints(requests)).toEqual(['importLeadsStatus 0'])
    expect(next(asked, t + poll)[1]).toEqual([])
    expect(wakeAt(asked, t + poll)).toBe(null)
  })

  it('is asked for less often the longer it takes', () => {
    const at = t + 50 * poll
    const [asked, request] = asking(imported(), at)
    expect(answer(asked, request, importing, at).jobs[`${munchkinId} 7`]?.askAt).toBe(at + 2.5 * poll)
  })

  it('D7 that is not done after seven days is given up, and not sooner', () => {
    const last = t + 7 * day
    const [asked, request] = asking(imported(), last)
    expect(ends(answer(asked, request, importing, last))).toEqual([])
    expect(ends(answer(asked, request, importing, last + 1))).toEqual(['i0 Unknown', 'i1 Unknown'])
  })

  it('is asked for only under the token of its own instance', () => {
    const state = imported()
    const [, requests] = more(state, [upsert({ email: email(3) }, 'email', { munchkinId: elsewhere })], t + poll)
    const asked = requests.filter(({ call }) => call.descriptor.endpoint === 'importLeadsStatus')
    expect(asked.map(({ call }) => call.descriptor.munchkinId)).toEqual([munchkinId])
  })
})

describe('questions', () => {
  const all = ['importLeadsStatus', 'importLeadsFailures', 'importLeadsWarnings']
  const [first, second, third] = all
  // biome-ignore format: table
  const cases: ReadonlyArray<[string, ReadonlyArray<Answer>, ReadonlyArray<string | undefined>, ReadonlyArray<string>, ReadonlyArray<string>]> = [
    ['all went well',       [complete(0, 0)],                     [first],                ['i0 Applied', 'i1 Applied'], []],
    ['one failed',          [complete(1, 0), failures],           [first, second],        ['i0 Skipped', 'i1 Applied'], []],
    ['one is warned of',    [complete(0, 1), warnings],           [first, third],         ['i0 Applied', 'i1 Applied'], ['take care']],
    ['one of each',         [complete(1, 1), failures, warnings], all,                    ['i0 Skipped', 'i1 Applied'], ['take care']],
    ['it takes its time',   [importing, importing, complete(0, 0)], [first, first, first], ['i0 Applied', 'i1 Applied'], []]
  ]
  it.each(cases)('D9 where %s', (_, answers, asked, tags, warned) => {
    const end = questions(answers)
    expect(end.asked).toEqual(asked)
    expect(ends(end.state)).toEqual(tags)
    const remarks = end.state.outcomes.flatMap((one) => ('remarks' in one ? one.remarks : []))
    expect(remarks.map((one) => one._tag === 'Warned' && one.message)).toEqual(warned)
  })

  const often = (count: number): ReadonlyArray<Answer> => Array.from({ length: count }, () => lost)
  // biome-ignore format: table
  const troubles: ReadonlyArray<[string, ReadonlyArray<Answer>, ReadonlyArray<string>]> = [
    ['20 in a row are borne',             often(20),                                                  []],
    ['21 are too many',                   often(21),                                                  ['i0 Unknown', 'i1 Unknown']],
    ['an answer makes up for them',       [...often(20), importing, ...often(20)],                    []],
    ['so does the end of the job',        [...often(20), complete(1, 0), ...often(20)],               []],
    ['what nobody may ask is not asked',  [refused('603')],                                           ['i0 Unknown', 'i1 Unknown']]
  ]
  it.each(troubles)('D7 that fail: %s', (_, answers, tags) => {
    expect(ends(questions(answers).state)).toEqual(tags)
  })

  it('that fail are asked again when Marketo says so, and not all at the same time', () => {
    const busy: Answer = { status: 503, headers: { 'retry-after': '900' }, body: '' }
    const { state, now } = questions([busy])
    expect(state.jobs[`${munchkinId} 7`]?.askAt).toBeGreaterThanOrEqual(now + 900_000)
    expect(imported().seed).not.toBe(state.seed)
  })
})

describe('what is told of a row', () => {
  const said = expect.stringMatching(/./)
  const strays = ok(`email,seats,Import Failure Reason\nnobody@corp.test,1,too bad\n`)
  // biome-ignore format: table
  it.each<[string, ReadonlyArray<Answer>, unknown, unknown]>([
    ['that failed is why',                           [complete(1, 0), failures],                       { _tag: 'Skipped', reasons: [{ code: '', message: 'too bad' }], remedy: 'mend-record' }, { _tag: 'Applied', leadId: null, status: 'imported', remarks: [] }],
    ['where nobody knows which failed is no more',   [complete(1, 0), strays],                         { _tag: 'Unknown', reasons: [{ code: '', message: said }] }, undefined],
    ['of a file that failed is what Marketo says',   [status({ status: 'Failed', message: 'header' })], { _tag: 'Refused', reasons: [{ code: '', message: 'header' }], remedy: 'mend-request' }, undefined],
    ['of a file that failed, also without a word',   [status({ status: 'Failed' })],                   { _tag: 'Refused', reasons: [{ code: '', message: said }], remedy: 'mend-request' }, undefined],
    ['that nobody may ask for any more',             [refused('603')],                                 { _tag: 'Unknown', reasons: [{ code: '', message: said }] }, undefined]
  ])('D7 %s', (_, answers, first, second = first) => {
    const own = { messageId: expect.any(String), munchkinId }
    const { outcomes } = questions(answers).state
    expect(outcomes).toEqual([first, second].map((end, i) => ({ id: `i${i}`, ...own, ...Object(end) })))
  })

  it('D7 that is not done after seven days says so', () => {
    const at = t + 7 * day + 1
    const [asked, request] = asking(imported(), at)
    expect(answer(asked, request, importing, at).outcomes).toMatchObject([
      { _tag: 'Unknown', reasons: [{ code: '', message: said }] },
      { _tag: 'Unknown', reasons: [{ code: '', message: said }] }
    ])
  })

  it('is also what it went without, before what it is warned of', () => {
    const key = `${munchkinId} 7`
    const state = imported()
    const job = state.jobs[key]
    if (job === undefined) throw new Error('no job')
    const remarks = [[], [{ _tag: 'LeftOut', field: 'seats', code: '1006' }]] as const
    let so: Delivery = { ...state, jobs: { [key]: { ...job, remarks } } }
    for (const what of [complete(0, 1), warnings]) {
      const [after, request, at] = asking(so, t)
      so = answer(after, request, what, at)
    }
    expect(so.outcomes).toMatchObject([
      { remarks: [] },
      {
        remarks: [
          { _tag: 'LeftOut', field: 'seats' },
          { _tag: 'Warned', message: 'take care' }
        ]
      }
    ])
  })
})

describe('a question', () => {
  it('D7 of which no answer comes is asked again, later', () => {
    const [asked, request, at] = asking(imported(), t)
    const job = lose(asked, request, at).jobs[`${munchkinId} 7`]
    expect([job?.troubles, (job?.askAt ?? 0) >= at]).toEqual([1, true])
  })

  it('P3 about a job that is not there changes nothing but the budget', () => {
    const [asked, request, at] = asking(imported(), t)
    const after = answer({ ...asked, jobs: {} }, request, importing, at)
    expect([after.jobs, after.pending, after.outcomes]).toEqual([{}, asked.pending, []])
  })

  it('comes after 15 seconds at least where the way was changed meanwhile', () => {
    const [asked, request, at] = asking(imported({ transport: { _tag: 'bulk', pollMillis: 40_000 } }), t)
    const now = (state: Delivery) => answer(state, request, importing, at).jobs[`${munchkinId} 7`]?.askAt
    expect(now(asked)).toBe(at + 40_000)
    expect(now({ ...asked, options: { ...asked.options, transport: { _tag: 'rest' } } })).toBe(at + 15_000)
  })
})

describe('what an import leaves in mind', () => {
  it('is what was written, so that it is not written again', () => {
    const { state, now } = questions([complete(0, 0)], { skipUnchanged: true })
    expect(more(state, leads, now)[1]).toEqual([])
  })

  it('D7 a file without a number is in doubt: it is sent again as if it were lost', () => {
    const retry = { backOff: { ...defaultBackOff, retries: 0 }, whenInDoubt: 'report' } as const
    const [state, [file]] = begun(itemsOf(...leads), { transport: { _tag: 'bulk', pollMillis: poll }, retry })
    expect(ends(answer(state, file, told()))).toEqual(ends(lose(state, file)))
    expect(ends(answer(state, file, told()))).toEqual(['i0 Unknown', 'i1 Unknown'])
  })
})

describe('a question that is due', () => {
  const state = imported()
  const due = t + poll

  it('is asked of its own instance, and no more of them than there is room for', () => {
    const [job] = Object.values(state.jobs)
    if (job === undefined) throw new Error('no job')
    const two = { ...state, jobs: { a: job, b: { ...job, batchId: 8 }, c: { ...job, munchkinId: elsewhere } } }
    const ours = jobBatch(two, munchkinId, due)
    expect([ours.size, jobBatch(two, elsewhere, due).size, jobBatch(two, munchkinId, due - 1).size]).toEqual([2, 1, 0])
    expect([1, 2, 3].map((most) => ours.prepare(most, () => undefined).length)).toEqual([1, 2, 2])
    expect(ours.prepare(1, () => undefined)).toMatchObject([
      { isFull: true, records: [], remarks: [], keys: [], job: 'a', errand: 'job' }
    ])
  })

  it('waits for nothing that is under way', () => {
    const updates = [upsert({ email: email(8) }, 'email', { action: 'updateOnly' })]
    const [writing, write] = more({ ...state, options: { ...state.options, linger: 60_000 } }, updates, due - 1)
    expect(endpoints(write)).toEqual(['syncLeads 1'])
    expect(endpoints(next(writing, due)[1])).toEqual(['importLeadsStatus 0'])
  })

  it('comes after who is to be left alone, and before other writes', () => {
    const write = (n: number, more_: Fields) => upsert({ email: email(n), ...more_ }, 'email', { action: 'updateOnly' })
    const first = (intents: ReadonlyArray<Intent>) => endpoints(next(add(state, itemsOf(...intents)), due, 1)[1])
    expect(first([write(8, {}), write(9, { unsubscribed: true })])).toEqual(['syncLeads 2'])
    expect(first([write(8, {})])).toEqual(['importLeadsStatus 0'])
  })
})

describe('room for jobs', () => {
  const state = imported()
  const [sending] = begun(itemsOf(...leads), { transport: { _tag: 'bulk', pollMillis: poll } })
  // biome-ignore format: table
  const cases: ReadonlyArray<[string, Delivery, number, number]> = [
    ['none yet',                    begun([])[0],  10, 10],
    ['one that runs',               state,         9,  10],
    ['a file that is on its way',   sending,       9,  10],
    ['a write that is on its way',  begun(itemsOf(...leads))[0], 10, 10]
  ]
  it.each(cases)('D2 with %s, each instance has its own', (_, one, ours, theirs) => {
    expect([roomForJobs(one, munchkinId), roomForJobs(one, elsewhere)]).toEqual([ours, theirs])
  })

  it('D3 files that cannot be one go side by side', () => {
    const apart = [
      upsert({ email: email(1) }),
      upsert({ email: email(2) }, 'email', { partitionName: 'EU' }),
      upsert({ userId: 'u3' }, 'userId')
    ]
    const [, requests] = begun(itemsOf(...apart), { transport: { _tag: 'bulk', pollMillis: poll } })
    expect(endpoints(requests)).toEqual(['importLeads 1', 'importLeads 1', 'importLeads 1'])
  })

  it('D2 beside those that run there is room for ten', () => {
    const [job] = Object.values(state.jobs)
    if (job === undefined) throw new Error('no job')
    const nine = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`${munchkinId} ${n}`, job]))
    const apart = ['A', 'B'].map((name, n) => upsert({ email: email(n + 5) }, 'email', { partitionName: name }))
    expect(endpoints(more({ ...state, jobs: nine }, apart)[1])).toEqual(['importLeads 1'])
    expect(more({ ...state, jobs: { ...nine, ten: job } }, apart)[1]).toEqual([])
    // Also where bytes make several files of them.
    const large = Array.from({ length: 11 }, (_, n) => upsert({ email: email(n + 5), plan: 'x'.repeat(999_000) }))
    // … and where calls for others are granted beside.
    const others = Array.from({ length: 3 }, (_, n) => form(n + 40))
    const sent = endpoints(more({ ...state, jobs: nine }, [...large, ...others])[1])
    expect(sent.filter((one) => one.startsWith('importLeads'))).toHaveLength(1)
    expect(sent.length).toBeGreaterThan(1)
  })

  it('D2 and no more than there is room for', () => {
    const many = Array.from({ length: 12 }, (_, n) => upsert({ email: email(n) }, 'email', { partitionName: `P${n}` }))
    const budget = { shares: { window: 1, running: 1 }, runningCalls: 50 }
    const [, requests] = begun(itemsOf(...many), { transport: { _tag: 'bulk', pollMillis: poll }, budget })
    expect(requests).toHaveLength(10)
  })
})
