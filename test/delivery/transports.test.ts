import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TransportOption } from '../../src/delivery/options.js'
import { start } from '../../src/delivery/start.js'
import { type Delivery, isDone } from '../../src/delivery/state.js'
import type { Fault } from '../../src/simulator/options.js'
import { activitiesIn, leadsIn } from '../../src/simulator/reading.js'
import { drive } from './drive.js'
import { activity, email, endsOf, itemsOf, marketo, outcomesOf, upsert } from './world.js'

const ingestion: TransportOption = { _tag: 'ingestion', prefix: 'run-7', priority: 'normal' }
const bulk: TransportOption = { _tag: 'bulk', pollMillis: 15_000 }

const n = fc.integer({ min: 0, max: 6 })
const writes = fc.array(
  fc
    .tuple(
      n,
      fc.constantFrom('free', 'pro', null, undefined),
      fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined })
    )
    .map(([who, plan, seats]) =>
      upsert({
        email: email(who),
        ...(plan === undefined ? {} : { plan }),
        ...(seats === undefined ? {} : { seats })
      })
    ),
  { maxLength: 15 }
)

const kind = fc.constantFrom<Fault['kind']>(
  'timeout-before',
  'timeout-after',
  'html',
  '502',
  '606',
  '615',
  'expired-token'
)
const faults = fc.array(fc.record({ at: fc.record({ call: fc.integer({ min: 1, max: 12 }) }), kind }), { maxLength: 4 })

const { numRuns = 100 } = fc.readConfigureGlobal()
const few = { numRuns: Math.ceil(numRuns / 2) }

describe.each([
  ['ingestion', ingestion],
  ['bulk', bulk]
] as const)('by %s', (_, transport) => {
  it('D1 D4 D7 leads end as by REST, whatever fails on the way', () => {
    fc.assert(
      fc.property(writes, faults, (list, schedule) => {
        const items = itemsOf(...list)
        const plain = drive(start(items), marketo())
        const world = drive(start(items, { transport }), marketo({ faults: schedule }))
        expect(isDone(world.delivery)).toBe(true)
        const ends = outcomesOf(world.delivery)
        expect(ends.map(({ id }) => id).sort()).toEqual(items.map(({ id }) => id).sort())
        expect(ends.every(({ _tag }) => _tag === 'Applied' || _tag === 'Queued')).toBe(true)
        const fieldsOf = (one: typeof world) =>
          leadsIn(one.marketo)
            .map(({ fields }) => fields)
            .sort((a, b) => (String(a.email) < String(b.email) ? -1 : 1))
        expect(fieldsOf(world)).toEqual(fieldsOf(plain))
      })
    )
  })

  it('D8 stopped and resumed as JSON after every step, it ends the same', () => {
    fc.assert(
      fc.property(writes, faults, (list, schedule) => {
        const run = (between: (state: Delivery) => Delivery) =>
          drive(start(itemsOf(...list), { transport }), marketo({ faults: schedule }), { between })
        const resumed = run((state): Delivery => JSON.parse(JSON.stringify(state)))
        expect(resumed.delivery).toEqual(run((state) => state).delivery)
      }),
      few
    )
  })

  it('an activity waits until its lead is there', () => {
    const world = drive(
      start(itemsOf(upsert({ email: email(1) }), activity(email(1))), { transport }),
      marketo({ ingestionDelayMillis: 90_000 })
    )
    expect(endsOf(world.delivery)).toMatchObject({ i1: { _tag: 'Applied' } })
    expect(activitiesIn(world.marketo).map(({ leadId }) => leadId)).toEqual([1])
  })

  it('what it cannot carry goes by Sync Leads', () => {
    const world = drive(
      start(itemsOf(upsert({ email: email(1), plan: 'pro' }, 'email', { action: 'updateOnly' })), { transport }),
      marketo({ leads: [{ fields: { email: email(1) } }] })
    )
    expect(world.sent.map(({ endpoint }) => endpoint)).toEqual(['identityToken', 'syncLeads'])
    expect(endsOf(world.delivery)).toMatchObject({ i0: { _tag: 'Applied', leadId: 1 } })
  })
})

describe('calls', () => {
  it('D2 an instance is given no more jobs than it takes', () => {
    const list = itemsOf(
      ...Array.from({ length: 14 }, (_, i) =>
        upsert({ email: email(i), plan: 'pro' }, 'email', { partitionName: `P${i}` })
      )
    )
    const partitions = Array.from({ length: 14 }, (_, i) => `P${i}`)
    const world = drive(
      start(list, { transport: bulk, budget: { shares: { running: 1, window: 1 } } }),
      marketo({ partitions }),
      {
        look: ({ jobs }) => expect(Object.keys(jobs).length).toBeLessThanOrEqual(10)
      }
    )
    expect(outcomesOf(world.delivery).map(({ _tag }) => _tag)).toEqual(list.map(() => 'Applied'))
  })
})

describe('a bulk import', () => {
  it('D9 tells the rows that failed, and warns of those that were taken with a warning', () => {
    const list = itemsOf(
      upsert({ email: email(1), seats: 1 }),
      upsert({ email: email(2), seats: 1.5 }),
      upsert({ email: 'no address', seats: 2 })
    )
    const world = drive(start(list, { transport: bulk }), marketo())
    expect(endsOf(world.delivery)).toMatchObject({
      i0: { _tag: 'Applied', status: 'imported', remarks: [] },
      i1: { _tag: 'Skipped', remedy: 'mend-record' },
      i2: { _tag: 'Applied', remarks: [{ _tag: 'Warned' }] }
    })
  })

  it('D7 waits where others have filled the queue of imports, and where a token dies on the way', () => {
    let asked = 0
    const world = drive(start(itemsOf(upsert({ email: email(1) })), { transport: bulk }), marketo(), {
      answer: ({ call: { descriptor } }) => {
        asked += 1
        const code = descriptor.endpoint === 'importLeads' && asked < 6 ? '1016' : asked === 8 ? '602' : undefined
        return code === undefined
          ? undefined
          : { status: 200, headers: {}, body: { success: false, errors: [{ code, message: 'no' }] } }
      }
    })
    expect(endsOf(world.delivery)).toMatchObject({ i0: { _tag: 'Applied', status: 'imported' } })
    expect(leadsIn(world.marketo)).toHaveLength(1)
  })

  const answering = (endpoint: string, body: unknown, status = 200) =>
    drive(start(itemsOf(upsert({ email: email(1) }), upsert({ email: email(2) })), { transport: bulk }), marketo(), {
      answer: ({ call: { descriptor } }) =>
        descriptor.endpoint === endpoint ? { status, headers: {}, body } : undefined
    })
  const job = (more: Readonly<Record<string, unknown>>) => ({ success: true, result: [{ batchId: 1, ...more }] })
  // biome-ignore format: table
  const cases: ReadonlyArray<[string, string, unknown, string, number?]> = [
    ['a job that failed',              'importLeadsStatus',   job({ status: 'Failed', message: 'bad file' }),        'Refused'],
    ['a job nobody may ask for',       'importLeadsStatus',   { success: false, errors: [{ code: '603', message: '' }] }, 'Unknown'],
    ['questions that fail for ever',   'importLeadsStatus',   'nonsense',                                            'Unknown'],
    ['a job that never ends',          'importLeadsStatus',   job({ status: 'Importing' }),                          'Unknown'],
    ['a file that is refused',         'importLeads',         { success: false, errors: [{ code: '1003', message: '' }] }, 'Refused'],
    ['a file without a number',        'importLeads',         { success: true, result: [] },                         'Unknown']
  ]
  it.each(cases)('D7 %s ends with every item told', (_, endpoint, body, tag) => {
    const ends = outcomesOf(answering(endpoint, body).delivery)
    expect(ends.map(({ _tag }) => _tag)).toEqual([tag, tag])
  })

  it('D7 where rows failed that nobody can find, nobody is told as applied', () => {
    const world = drive(start(itemsOf(upsert({ email: email(1) })), { transport: bulk }), marketo(), {
      answer: ({ call: { descriptor } }) =>
        descriptor.endpoint === 'importLeadsStatus'
          ? { status: 200, headers: {}, body: job({ status: 'Complete', numOfRowsFailed: 1, numOfRowsWithWarning: 0 }) }
          : descriptor.endpoint === 'importLeadsFailures'
            ? { status: 200, headers: {}, body: 'email,Import Failure Reason\nsomebody@corp.test,why\n' }
            : undefined
    })
    expect(endsOf(world.delivery)).toMatchObject({ i0: { _tag: 'Unknown' } })
  })
})
