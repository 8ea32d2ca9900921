import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseTransport } from '../../src/delivery/choose-transport.js'
import type { Shipment, Transport } from '../../src/delivery/transport.js'

const oddNumber = fc.oneof(
  fc.nat({ max: 20_000_000 }),
  fc.constantFrom(
    ...[Number.NaN, -1, -0, 0, 0.5, 9.99, 10, 3_600, 3_600.5, 86_400],
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY
  ),
  fc.double()
)

const shipment: fc.Arbitrary<Shipment> = fc.record(
  {
    records: oddNumber,
    bytes: oddNumber,
    latency: oddNumber,
    hasDataIngestion: fc.boolean(),
    needsLeadIds: fc.boolean(),
    callsLeftToday: oddNumber
  },
  { requiredKeys: ['records', 'latency', 'hasDataIngestion', 'needsLeadIds'] }
)

const sane = (n: number): number => (n > 0 ? Math.min(n, Number.MAX_SAFE_INTEGER) : 0)

/** The formulas once more, as Adobe's pages give them. */
const callsBy = (transport: Transport, { records, bytes }: Shipment): number => {
  const n = Math.ceil(sane(records))
  const size = n === 0 ? 0 : sane(bytes ?? n * 1_000)
  if (transport === 'rest') return Math.max(Math.ceil(n / 300), Math.ceil(size / 1_000_000))
  if (transport === 'ingestion') return Math.max(Math.ceil(n / 1_000), Math.ceil(size / 1_000_000))
  return n === 0 ? 0 : 4 * Math.max(1, Math.ceil(size / 10_000_000))
}

const ruledOut = ['not-provisioned', 'no-lead-ids', 'too-slow', 'over-quota', 'over-objects', 'rate']

const tags = (reasons: ReadonlyArray<{ readonly _tag: string }>): ReadonlyArray<string> =>
  reasons.map(({ _tag }) => _tag)

describe('laws', () => {
  it('P3 P4 answers for any numbers, with each way named once and JSON throughout', () => {
    fc.assert(
      fc.property(shipment, (given) => {
        const choice = chooseTransport(given)
        const named = [choice.transport, ...choice.others.map(({ transport }) => transport)]
        expect([...named].sort()).toEqual(['bulk', 'ingestion', 'rest'])
        expect(JSON.parse(JSON.stringify(choice))).toEqual(choice)
        for (const { calls } of [choice, ...choice.others]) expect(Number.isSafeInteger(calls)).toBe(true)
        expect(choice.reasons).not.toEqual([])
        for (const { because } of choice.others) expect(because).not.toEqual([])
        expect(chooseTransport(given)).toEqual(choice)
      })
    )
  })

  it('D3 tells the calls of each way by its own formula', () => {
    fc.assert(
      fc.property(shipment, (given) => {
        const choice = chooseTransport(given)
        for (const { transport, calls } of [choice, ...choice.others])
          expect(calls).toBe(Math.min(callsBy(transport, given), Number.MAX_SAFE_INTEGER))
      })
    )
  })

  it('D3 takes no more calls than any way that is allowed, unless a reason says what is had for them', () => {
    fc.assert(
      fc.property(shipment, (given) => {
        const { calls, reasons, others } = chooseTransport(given)
        const allowed = others.filter(({ because }) => !tags(because).some((tag) => ruledOut.includes(tag)))
        if (allowed.some((other) => other.calls < calls)) expect(tags(reasons)).toContain('tells-outcomes')
      })
    )
  })

  it('a way that is ruled out is chosen only where all are, and then says so', () => {
    fc.assert(
      fc.property(shipment, (given) => {
        const { transport, reasons, others } = chooseTransport(given)
        const against = tags(reasons).some((tag) => ruledOut.includes(tag))
        expect(against).toBe(tags(reasons).includes('nothing-else') && sane(given.records) > 0)
        if (!against) return
        expect(transport).toBe('rest')
        for (const { because } of others) expect(tags(because).some((tag) => ruledOut.includes(tag))).toBe(true)
      })
    )
  })
})

const base: Shipment = {
  records: 3_000,
  bytes: 900_000,
  latency: 60,
  hasDataIngestion: false,
  needsLeadIds: false
}

describe('documented cases', () => {
  // biome-ignore format: table
  it.each<[string, Partial<Shipment>, Transport, number, string]>([
    ['under 10 seconds: REST as they come',                     { latency: 9.9 },                                                            'rest',      10,  'at-once'],
    ['under 10 seconds, with Data Ingestion: still REST',       { latency: 9.9, hasDataIngestion: true, records: 1_000_000 },                'rest',      3334, 'nothing-else'],
    ['10 seconds to an hour: REST in batches',                  { latency: 10 },                                                             'rest',      10,  'in-batches'],
    ['ten seconds are time enough for Data Ingestion',          { latency: 10, records: 100_000, bytes: 9_000_000, hasDataIngestion: true }, 'ingestion', 100, 'in-batches'],
    ['an hour sharp is not above it',                           { latency: 3_600, records: 100_000, bytes: 9_000_000 },                      'rest',      334, 'in-batches'],
    ['above an hour: one file',                                 { latency: 3_601 },                                                          'bulk',      4,   'in-files'],
    ['above an hour, few records: REST costs less than a file', { latency: 7_200, records: 900 },                                            'rest',      3,   'fewest-calls'],
    ['10 MB a file',                                            { latency: 7_200, records: 100_000, bytes: 10_000_001 },                     'bulk',      8,   'fewest-calls'],
    ['more than ten files go in turns',                         { latency: 86_400, records: 1_000_000, bytes: 110_000_000 },                 'bulk',      44,  'in-turns'],
    ['a large stream with a Performance Tier',                  { latency: 600, records: 100_000, bytes: 9e6, hasDataIngestion: true },      'ingestion', 100, 'own-quota'],
    ['a small one with a Performance Tier tells its outcomes',  { latency: 600, records: 15_000, bytes: 9e6, hasDataIngestion: true },       'rest',      50,  'tells-outcomes'],
    ['one call more than a window takes',                       { latency: 600, records: 15_001, bytes: 9e6, hasDataIngestion: true },       'ingestion', 16,  'fewest-calls'],
    ['activities follow: only REST tells lead numbers',         { latency: 86_400, records: 100_000, needsLeadIds: true },                   'rest',      334, 'fewest-calls'],
    ['no calls left today, and Data Ingestion has its own',     { latency: 600, hasDataIngestion: true, callsLeftToday: 9 },                 'ingestion', 3,   'own-quota'],
    ['as many calls left as it takes',                          { latency: 600, callsLeftToday: 10 },                                        'rest',      10,  'tells-outcomes'],
    ['no calls left today, and no other way',                   { latency: 600, callsLeftToday: 0 },                                         'rest',      10,  'nothing-else'],
    ['more objects than Data Ingestion takes in a day',         { latency: 3_600, records: 10_000_001, bytes: 1, hasDataIngestion: true },   'rest',      33334, 'over-quota'],
    ['large records fill a call before they are 300',           { bytes: 20_000_000 },                                                       'rest',      20,  'tells-outcomes'],
    ['nothing to send',                                         { records: 0 },                                                              'rest',      0,   'nothing-to-send']
  ])('%s', (name, given, transport, calls, tag) => {
    const left = name.startsWith('more objects') ? { callsLeftToday: 1 } : {}
    const choice = chooseTransport({ ...base, ...given, ...left })
    expect([choice.transport, choice.calls]).toEqual([transport, calls])
    expect(tags(choice.reasons)).toContain(tag)
  })

  // biome-ignore format: table
  it.each<[string, Partial<Shipment>, ReadonlyArray<string>]>([
    ['by REST',                                           {},                                                                          ['rest',      'in-batches', 'tells-outcomes']],
    ['as many calls as wait no second window',            { latency: 10, records: 15_000 },                                            ['rest',      'in-batches', 'tells-outcomes']],
    ['a second window, and its 20 seconds',               { latency: 20, records: 15_001 },                                            ['rest',      'in-batches', 'fewest-calls']],
    ['a second window, and a second too little for it',   { latency: 19, records: 15_001 },                                            ['rest',      'in-batches', 'nothing-else', 'rate']],
    ['a third window, and a second too little for it',    { latency: 39, records: 30_001 },                                            ['rest',      'in-batches', 'nothing-else', 'rate']],
    ['an hour, which is no time for a file',              { latency: 3_600, hasDataIngestion: true },                                  ['rest',      'in-batches', 'tells-outcomes']],
    ['a quota of its own',                                { latency: 600, records: 100_000, bytes: 9e6, hasDataIngestion: true },      ['ingestion', 'in-batches', 'fewest-calls', 'own-quota']],
    ['more calls of that than jobs can be queued',        { latency: 86_400, records: 100_000, bytes: 9e6, hasDataIngestion: true, callsLeftToday: 3 }, ['ingestion', 'in-files', 'fewest-calls', 'own-quota']],
    ['a file',                                            { latency: 86_400, records: 100_000, bytes: 9e6 },                           ['bulk',      'in-files', 'fewest-calls']],
    ['ten files, all of which can be queued',             { latency: 86_400, records: 1_000_000, bytes: 100_000_000 },                 ['bulk',      'in-files', 'fewest-calls']],
    ['eleven',                                            { latency: 86_400, records: 1_000_000, bytes: 100_000_001 },                 ['bulk',      'in-files', 'fewest-calls', 'in-turns']],
    ['a call, whichever way',                             { latency: 7_200, records: 100, hasDataIngestion: true },                    ['rest',      'in-files', 'fewest-calls']],
    ['less than nothing',                                 { records: -1 },                                                             ['rest',      'nothing-to-send']],
    ['no number at all',                                  { records: Number.NaN },                                                     ['rest',      'nothing-to-send']]
  ])('gives its reasons, and no more: %s', (_, given, expected) => {
    const { transport, calls, reasons } = chooseTransport({ ...base, ...given })
    expect([transport, ...tags(reasons)]).toEqual(expected)
    expect(calls).toBeGreaterThanOrEqual(0)
  })

  it('says where the size was taken for granted', () => {
    const { bytes, ...unsized } = base
    expect(bytes).toBe(900_000)
    expect(tags(chooseTransport(unsized).reasons)).toContain('bytes-assumed')
    expect(tags(chooseTransport(base).reasons)).not.toContain('bytes-assumed')
  })

  it('says of a way that would do why it was not taken', () => {
    const large = { ...base, latency: 3_601, records: 10_000, hasDataIngestion: true }
    expect(chooseTransport(large).others.map(({ because }) => tags(because))).toEqual([
      ['no-fewer-calls'],
      ['no-fewer-calls']
    ])
    const single = { ...base, records: 1, bytes: 300, hasDataIngestion: true }
    expect(chooseTransport(single).others.map(({ because }) => tags(because))).toEqual([
      ['no-fewer-calls'],
      ['too-slow']
    ])
    const small = { ...base, hasDataIngestion: true }
    expect(chooseTransport(small).others.map(({ because }) => tags(because))).toEqual([
      ['later-outcomes'],
      ['too-slow']
    ])
  })
})
