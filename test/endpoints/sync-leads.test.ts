import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeSyncLeads, interpretSyncLeads } from '../../src/endpoints/sync-leads.js'
import type { UpsertLead } from '../../src/intent/intent.js'
import { upsertLead } from '../arbitraries/intents.js'
import {
  batchOf,
  bytes,
  callsOf,
  hyg,
  id,
  jsonOf,
  ok,
  onlyCall,
  positionsOf,
  problemsOf,
  recordsOf,
  unsentOf
} from './reading.js'

const upsert = (changes: Partial<UpsertLead> = {}): UpsertLead => ({
  _tag: 'UpsertLead',
  munchkinId: hyg,
  lead: { lookupField: 'email', value: 'ana@example.com' },
  fields: { email: 'ana@example.com', firstName: 'Ana' },
  action: 'createOrUpdate',
  partitionName: null,
  ...changes
})

/** An upsert whose record takes so many bytes as JSON: at least 30. */
const weighing = (size: number, changes: Partial<UpsertLead> = {}): UpsertLead => {
  const email = `${'e'.repeat(10)}@x`
  const frame = JSON.stringify({ email, title: '' }).length
  return upsert({
    lead: { lookupField: 'email', value: email },
    fields: { email, title: 't'.repeat(size - frame) },
    ...changes
  })
}

describe('D2 Sync Leads', () => {
  it('D2 keeps every call within 300 records and 1,000,000 bytes, loses nothing, sends nothing twice', () => {
    fc.assert(
      fc.property(batchOf(upsertLead, 40), (upserts) => {
        const described = describeSyncLeads(upserts)
        expect(positionsOf(described)).toEqual(upserts.map((_, i) => i))
        for (const call of callsOf(described)) {
          expect(call.intents.length).toBeLessThanOrEqual(300)
          expect(bytes(JSON.stringify(jsonOf(call)))).toBeLessThanOrEqual(1_000_000)
        }
      })
    )
  })

  it('D2 puts into one call what shares instance, action, lookup field and partition, in the order given', () => {
    fc.assert(
      fc.property(batchOf(upsertLead, 40), (upserts) => {
        const seen = new Set<string>()
        for (const call of callsOf(describeSyncLeads(upserts))) {
          expect([...call.intents].sort((a, b) => a - b)).toEqual(call.intents)
          const mine = call.intents.map((i) => {
            const { munchkinId, action, lead, partitionName } = upserts[i] ?? upsert()
            return JSON.stringify([
              munchkinId,
              action,
              lead.lookupField,
              action === 'updateOnly' ? null : partitionName
            ])
          })
          expect(new Set(mine).size).toBe(1)
          // These batches are small: one call for each group is all it takes.
          expect(seen.has(mine[0] ?? '')).toBe(false)
          seen.add(mine[0] ?? '')
        }
      })
    )
  })

  it('D2 carries each record at the position of its intent, fields untouched', () => {
    fc.assert(
      fc.property(batchOf(upsertLead), (upserts) => {
        for (const call of callsOf(describeSyncLeads(upserts))) {
          const sent = JSON.stringify(recordsOf(call))
          expect(sent).toBe(JSON.stringify(call.intents.map((i) => upserts[i]?.fields)))
        }
      })
    )
  })

  it.each([
    [299, [299]],
    [300, [300]],
    [301, [300, 1]],
    [601, [300, 300, 1]]
  ])('D2 splits %i records into calls of %j', (count, sizes) => {
    const [first, ...rest] = Array.from({ length: count }, (_, i) =>
      upsert({ lead: { lookupField: 'email', value: `a${i}@x` }, fields: { email: `a${i}@x` } })
    )
    expect(callsOf(describeSyncLeads([first ?? upsert(), ...rest])).map(({ intents }) => intents.length)).toEqual(sizes)
  })

  const frame = JSON.stringify({ action: 'createOrUpdate', lookupField: 'email', input: [] }).length

  it('D2 fills a body to the very last byte, and no further', () => {
    const half = (1_000_000 - frame) / 2
    const [a, b] = [weighing(Math.floor(half)), weighing(Math.ceil(half) - 1)]
    const full = callsOf(describeSyncLeads([a, b]))
    expect(full.map((call) => bytes(JSON.stringify(jsonOf(call))))).toEqual([1_000_000])
    expect(callsOf(describeSyncLeads([a, weighing(Math.ceil(half))])).map(({ intents }) => intents)).toEqual([[0], [1]])
  })

  it('D2 leaves an upsert unsent that alone is larger than a body, and sends its neighbours', () => {
    const described = describeSyncLeads([upsert(), weighing(1_000_001 - frame), upsert()])
    expect(callsOf(described).map(({ intents }) => intents)).toEqual([[0, 2]])
    expect(unsentOf(described)).toMatchObject([
      { intent: 1, problem: { _tag: 'Malformed', weight: 'invalid', at: [] } }
    ])
    expect(unsentOf(describeSyncLeads([weighing(1_000_000 - frame)]))).toEqual([])
  })

  it('D2 counts the partition name into the frame', () => {
    const named = frame + JSON.stringify({ partitionName: 'EU' }).length - 1
    expect(unsentOf(describeSyncLeads([weighing(1_000_000 - named, { partitionName: 'EU' })]))).toEqual([])
    expect(unsentOf(describeSyncLeads([weighing(1_000_001 - named, { partitionName: 'EU' })]))).toHaveLength(1)
  })

  it('D2 counts bytes, not characters', () => {
    const described = describeSyncLeads([upsert({ fields: { email: 'a@x', title: 'é'.repeat(500_000) } })])
    expect(unsentOf(described)).toHaveLength(1)
  })

  it('reads each value of a record three times, however large the batch', () => {
    const reads = new Map<string, number>()
    const counting = (i: number) =>
      new Proxy(
        { email: `a${i}@x`, title: 't' },
        {
          get: (target, name, receiver) => {
            reads.set(`${i} ${String(name)}`, (reads.get(`${i} ${String(name)}`) ?? 0) + 1)
            return Reflect.get(target, name, receiver)
          }
        }
      )
    const [first, ...rest] = Array.from({ length: 700 }, (_, i) => upsert({ fields: counting(i) }))
    describeSyncLeads([first ?? upsert(), ...rest])
    expect(reads.size).toBe(1_400)
    expect(Math.max(...reads.values())).toBeLessThanOrEqual(3)
  })
})

describe('Sync Leads, the documented call', () => {
  it('is a POST of action, lookup field and records', () => {
    expect(onlyCall(describeSyncLeads([upsert()]))).toEqual({
      descriptor: {
        _tag: 'HttpRequest',
        endpoint: 'syncLeads',
        munchkinId: '561-HYG-937',
        host: 'rest',
        method: 'POST',
        path: ['rest', 'v1', 'leads.json'],
        query: [],
        headers: {},
        body: {
          json: {
            action: 'createOrUpdate',
            lookupField: 'email',
            input: [{ email: 'ana@example.com', firstName: 'Ana' }]
          }
        },
        auth: 'bearer',
        lifecycle: { status: 'live' }
      },
      intents: [0],
      slots: []
    })
  })

  it('names the partition where Marketo may create the lead, and nowhere else', () => {
    const described = describeSyncLeads([
      upsert({ partitionName: 'EU' }),
      upsert({ partitionName: 'EU', action: 'updateOnly' }),
      upsert({ partitionName: 'US', action: 'updateOnly' })
    ])
    expect(callsOf(described).map((call) => [call.intents, jsonOf(call)])).toMatchObject([
      [[0], { action: 'createOrUpdate', partitionName: 'EU' }],
      [[1, 2], { action: 'updateOnly' }]
    ])
    expect(jsonOf(callsOf(described)[1] ?? onlyCall(described))).not.toHaveProperty('partitionName')
  })

  it('speaks of each partition apart, also where names run into one another', () => {
    const lead = { lookupField: 'x email', value: 'ana@example.com' }
    const described = describeSyncLeads([
      upsert({ partitionName: 'EU' }),
      upsert({ partitionName: 'US' }),
      upsert({ partitionName: 'EU x' }),
      upsert({ partitionName: 'EU', lead, fields: { 'x email': 'ana@example.com' } }),
      upsert(),
      upsert({ partitionName: 'EU' })
    ])
    expect(callsOf(described).map((call) => [call.intents, jsonOf(call)])).toMatchObject([
      [[0, 5], { lookupField: 'email', partitionName: 'EU' }],
      [[1], { lookupField: 'email', partitionName: 'US' }],
      [[2], { lookupField: 'email', partitionName: 'EU x' }],
      [[3], { lookupField: 'x email', partitionName: 'EU' }],
      [[4], { lookupField: 'email' }]
    ])
  })

  it('takes the number of a lead with updateOnly', () => {
    const described = describeSyncLeads([
      upsert({ lead: { lookupField: 'id', value: 1042 }, fields: { id: 1042, firstName: 'Ana' }, action: 'updateOnly' })
    ])
    expect(jsonOf(onlyCall(described))).toEqual({
      action: 'updateOnly',
      lookupField: 'id',
      input: [{ id: 1042, firstName: 'Ana' }]
    })
  })

  it('speaks to each instance apart', () => {
    const described = describeSyncLeads([upsert(), upsert({ munchkinId: id('123-ABC-456') }), upsert()])
    expect(callsOf(described).map(({ descriptor, intents }) => [descriptor.munchkinId, intents])).toEqual([
      ['561-HYG-937', [0, 2]],
      ['123-ABC-456', [1]]
    ])
  })

  it('keeps a field named __proto__, and clears with null', () => {
    const fields = Object.fromEntries([
      ['email', 'a@x'] as const,
      ['__proto__', 'p'] as const,
      ['title', null] as const
    ])
    expect(JSON.stringify(recordsOf(onlyCall(describeSyncLeads([upsert({ fields })]))))).toBe(
      '[{"email":"a@x","__proto__":"p","title":null}]'
    )
  })
})

describe('Sync Leads leaves unsent what Marketo would refuse', () => {
  it.each<[string, Partial<UpsertLead>, object]>([
    ['a record without its key', { fields: { firstName: 'Ana' } }, { _tag: 'Missing', at: ['fields', 'email'] }],
    ['a record whose key is null', { fields: { email: null } }, { _tag: 'Missing', at: ['fields', 'email'] }],
    ['a record whose key is empty', { fields: { email: '' } }, { _tag: 'Missing', at: ['fields', 'email'] }],
    [
      'a key that only a prototype has',
      { lead: { lookupField: 'constructor', value: 'x' } },
      { _tag: 'Missing', at: ['fields', 'constructor'] }
    ],
    [
      'the number of a lead that may be created',
      { lead: { lookupField: 'id', value: 1042 }, fields: { id: 1042 } },
      { _tag: 'Conflict', at: ['fields', 'id'], with: ['action'] }
    ],
    [
      'a number beside another key',
      { fields: { email: 'a@x', id: 1042 }, action: 'updateOnly' },
      { _tag: 'Conflict', at: ['fields', 'id'], with: ['lead', 'lookupField'] }
    ],
    ['a number and no key', { fields: { id: 1042 } }, { _tag: 'Missing', at: ['fields', 'email'] }],
    [
      'a number that is text',
      { lead: { lookupField: 'id', value: '1042' }, fields: { id: '1042' }, action: 'updateOnly' },
      { _tag: 'Malformed', at: ['fields', 'id'], found: 'text' }
    ],
    [
      'a number below one',
      { lead: { lookupField: 'id', value: 0 }, fields: { id: 0 }, action: 'updateOnly' },
      { _tag: 'Malformed', at: ['fields', 'id'], found: 'a number' }
    ],
    [
      'a value that JSON would turn into null',
      { fields: { email: 'a@x', leadScore: Number.NaN } },
      { _tag: 'Malformed', at: ['fields', 'leadScore'], found: 'a number that is not finite' }
    ]
  ])('%s', (_, changes, problem) => {
    const described = describeSyncLeads([upsert(), upsert(changes), upsert()])
    expect(problemsOf(described)).toMatchObject([{ weight: 'invalid', ...problem }])
    expect(unsentOf(described)[0]?.intent).toBe(1)
    expect(callsOf(described).map(({ intents }) => intents)).toEqual([[0, 2]])
  })

  it('in the order of the batch, whatever the reasons', () => {
    const described = describeSyncLeads([weighing(1_000_001), upsert({ fields: {} }), weighing(1_000_001)])
    expect(described._tag).toBe('Left')
    expect(unsentOf(described).map(({ intent }) => intent)).toEqual([0, 1, 2])
  })
})

describe('Sync Leads, the answer', () => {
  const call = onlyCall(describeSyncLeads([upsert(), upsert(), upsert()]))

  it('tells each upsert what became of it, with every reason (the documented sample)', () => {
    const answer = ok({
      requestId: 'e42b#14272d07d78',
      success: true,
      result: [
        { id: 50, status: 'created' },
        { id: 51, status: 'updated' },
        { status: 'skipped', reasons: [{ code: '1005', message: 'Lead already exists' }] }
      ]
    })
    expect(interpretSyncLeads(call, answer)).toEqual({
      _tag: 'Accepted',
      requestId: 'e42b#14272d07d78',
      warnings: [],
      outcomes: [
        { _tag: 'Applied', intent: 0, status: 'created', leadId: 50, marketoGUID: null },
        { _tag: 'Applied', intent: 1, status: 'updated', leadId: 51, marketoGUID: null },
        {
          _tag: 'Skipped',
          intent: 2,
          reasons: [{ code: '1005', message: 'Lead already exists' }],
          remedy: 'mend-record'
        }
      ]
    })
  })

  it('names intents by their position in the batch, not in the call', () => {
    const [, second] = callsOf(describeSyncLeads([upsert(), upsert({ action: 'updateOnly' }), upsert()]))
    expect(second?.intents).toEqual([1])
    expect(
      second && interpretSyncLeads(second, ok({ success: true, result: [{ id: 7, status: 'updated' }] }))
    ).toMatchObject({
      outcomes: [{ intent: 1, leadId: 7 }]
    })
  })
})

describe('P4 the fields of a record', () => {
  it('P4 go as they came when JSON can carry them as they are', () => {
    const fields = { email: 'a@x', title: null, leadScore: 0 }
    expect(recordsOf(onlyCall(describeSyncLeads([upsert({ fields })])))[0]).toBe(fields)
  })

  it('P4 lose what is undefined, and the sign of zero', () => {
    const loose: { [name: string]: string | number } = JSON.parse('{"email":"a@x","leadScore":0,"title":"t"}')
    Object.assign(loose, { title: undefined, leadScore: -0 })
    expect(recordsOf(onlyCall(describeSyncLeads([upsert({ fields: loose })])))).toStrictEqual([
      { email: 'a@x', leadScore: 0 }
    ])
    expect(loose).toStrictEqual({ email: 'a@x', leadScore: -0, title: undefined })
  })

  it('P4 lose the sign of zero, also when nothing else is amiss', () => {
    const [record] = recordsOf(onlyCall(describeSyncLeads([upsert({ fields: { email: 'a@x', leadScore: -0 } })])))
    expect(record).toStrictEqual({ email: 'a@x', leadScore: 0 })
  })

  it.each([
    ['a list', [1]],
    ['an object', {}],
    ['a function', () => 1],
    ['a number that is not finite', Number.NEGATIVE_INFINITY]
  ])('P4 with %s among them stay unsent', (found, value) => {
    const loose: { [name: string]: string } = JSON.parse('{"email":"a@x"}')
    Object.assign(loose, { title: value })
    expect(problemsOf(describeSyncLeads([upsert({ fields: loose })]))).toMatchObject([
      { _tag: 'Malformed', at: ['fields', 'title'], found }
    ])
  })
})
