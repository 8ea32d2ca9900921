import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Identity, resolveFirst } from '../../src/delivery/options.js'
import type { Remark } from '../../src/delivery/outcome.js'
import { knownOf, nobody } from '../../src/delivery/people.js'
import { askedFields, resolution } from '../../src/delivery/resolve.js'
import { start } from '../../src/delivery/start.js'
import type { FoundLead } from '../../src/delivery/state.js'
import { emptyTree, type Tree, withValue } from '../../src/ground/tree.js'
import type { Fields } from '../../src/intent/intent.js'
import type { FirstLead } from '../../src/simulator/options.js'
import { activitiesIn, leadsIn } from '../../src/simulator/reading.js'
import { drive } from './drive.js'
import { activity, email, endsOf, itemsOf, marketo, outcomesOf, upsert } from './world.js'

const run = (
  leads: ReadonlyArray<FirstLead>,
  items: ReturnType<typeof itemsOf>,
  identity: Identity = resolveFirst(),
  more: Parameters<typeof marketo>[0] = {}
) => drive(start(items, { identity }), marketo({ leads, ...more }))

const fieldsIn = (world: ReturnType<typeof run>): ReadonlyArray<Fields> =>
  leadsIn(world.marketo).map(({ fields }) => fields)

const endpointsOf = (world: ReturnType<typeof run>): ReadonlyArray<string> => world.sent.map(({ endpoint }) => endpoint)

describe('laws', () => {
  const n = fc.integer({ min: 0, max: 3 })
  const id = fc.option(n, { nil: undefined })
  const given = fc
    .record({ email: id, userId: id, anonymousId: id, plan: fc.constantFrom('a', 'b') })
    .filter(({ email: e, userId, anonymousId }) => e !== undefined || userId !== undefined || anonymousId !== undefined)
    .map((ids): Fields => {
      const fields: Record<string, string> = { plan: ids.plan }
      if (ids.email !== undefined) fields.email = email(ids.email)
      if (ids.userId !== undefined) fields.userId = `u${ids.userId}`
      if (ids.anonymousId !== undefined) fields.anonymousId = `a${ids.anonymousId}`
      return fields
    })
  const keyFields = ['email', 'userId', 'anonymousId']
  const keyIn = (fields: Fields): string => keyFields.find((one) => fields[one] !== undefined) ?? 'email'

  it('D5 never is a second lead made for a person whose strong key has one', () => {
    fc.assert(
      fc.property(fc.array(given, { maxLength: 4 }), fc.array(given, { maxLength: 6 }), (there, list) => {
        const leads = there.map((fields) => ({ fields }))
        let world = run(leads, [])
        list.forEach((fields, i) => {
          const before = leadsIn(world.marketo).map((lead) => lead.fields)
          const later = [[{ id: `i${i}`, messageId: null, intent: upsert(fields, keyIn(fields)) }]]
          world = drive(world.delivery, world.marketo, { accessToken: world.accessToken, later })
          const end = outcomesOf(world.delivery).find((one) => one.id === `i${i}`)
          expect(end?._tag).toBe('Applied')
          if (leadsIn(world.marketo).length === before.length) return
          for (const field of ['email', 'userId'])
            if (fields[field] !== undefined) expect(before.map((one) => one[field])).not.toContain(fields[field])
        })
      })
    )
  })

  it('D1 D7 whatever it finds, each item has one outcome, merged or told', () => {
    fc.assert(
      fc.property(
        fc.array(given, { maxLength: 5 }),
        fc.array(given, { maxLength: 8 }),
        fc.constantFrom<'report' | 'merge'>('report', 'merge'),
        (there, list, duplicates) => {
          const items = itemsOf(...list.map((fields) => upsert(fields, keyIn(fields))))
          const world = run(
            there.map((fields) => ({ fields })),
            items,
            resolveFirst({ duplicates })
          )
          expect(
            outcomesOf(world.delivery)
              .map(({ id: item }) => item)
              .sort()
          ).toEqual(items.map(({ id: item }) => item).sort())
          expect(outcomesOf(world.delivery).map(({ _tag }) => _tag)).toEqual(items.map(() => 'Applied'))
        }
      )
    )
  })
})

describe('a person whose', () => {
  it('userId has a lead keeps it when the email is new', () => {
    const world = run(
      [{ fields: { userId: 'u1', email: email(1), plan: 'free' } }],
      itemsOf(upsert({ email: email(2), userId: 'u1', plan: 'pro' }))
    )
    expect(fieldsIn(world)).toEqual([{ userId: 'u1', email: email(2), plan: 'pro' }])
    expect(endsOf(world.delivery)).toEqual({ i0: { _tag: 'Applied', leadId: 1, status: 'updated', remarks: [] } })
  })

  it('browser was anonymous becomes known on the very lead', () => {
    const world = run(
      [{ fields: { anonymousId: 'a1', plan: 'free' } }],
      itemsOf(upsert({ email: email(1), anonymousId: 'a1' }))
    )
    expect(fieldsIn(world)).toEqual([{ anonymousId: 'a1', plan: 'free', email: email(1) }])
  })

  it('browser is known by a user id that the event does not name gets a lead of their own: nobody is merged on a guess', () => {
    const world = run(
      [{ fields: { anonymousId: 'a1', userId: 'u1' } }],
      itemsOf(upsert({ email: email(2), anonymousId: 'a1' }))
    )
    expect(fieldsIn(world)).toHaveLength(2)
  })

  it('browser is all that an event names is who that browser was last known to be', () => {
    const world = run(
      [{ fields: { anonymousId: 'a1', userId: 'u1' } }],
      itemsOf(upsert({ anonymousId: 'a1', plan: 'pro' }, 'anonymousId'))
    )
    expect(fieldsIn(world)).toEqual([{ anonymousId: 'a1', userId: 'u1', plan: 'pro' }])
  })

  it('browser is somebody else’s gets a lead of their own', () => {
    const world = run(
      [{ fields: { anonymousId: 'a1', email: email(1) } }],
      itemsOf(upsert({ email: email(2), anonymousId: 'a1' }))
    )
    expect(fieldsIn(world)).toEqual([
      { anonymousId: 'a1', email: email(1) },
      { anonymousId: 'a1', email: email(2) }
    ])
  })

  it('keys find nobody gets one lead, with all of them', () => {
    const world = run(
      [],
      itemsOf(upsert({ email: email(1), userId: 'u1' }), upsert({ userId: 'u1', plan: 'pro' }, 'userId'))
    )
    expect(fieldsIn(world)).toEqual([{ email: email(1), userId: 'u1', plan: 'pro' }])
    expect(endpointsOf(world)).toEqual([
      'identityToken',
      'getLeadsByFilter',
      'getLeadsByFilter',
      'syncLeads',
      'syncLeads'
    ])
  })
})

describe('two leads of one person', () => {
  const leads = [{ fields: { userId: 'u1', plan: 'free' } }, { fields: { email: email(1), seats: 3 } }]
  const items = itemsOf(upsert({ email: email(1), userId: 'u1', plan: 'pro' }), activity(email(1)))

  it('are told, and the strongest key says which is written', () => {
    const world = run(leads, items)
    expect(endsOf(world.delivery)).toMatchObject({
      i0: { _tag: 'Applied', leadId: 2, remarks: [{ _tag: 'Duplicates', leadIds: [1] }] },
      i1: { _tag: 'Applied' }
    })
    expect(fieldsIn(world)).toEqual([
      { userId: 'u1', plan: 'free' },
      { email: email(1), seats: 3, userId: 'u1', plan: 'pro' }
    ])
    expect(activitiesIn(world.marketo).map(({ leadId }) => leadId)).toEqual([2])
  })

  it('are merged before the write where that is asked for', () => {
    const world = run(leads, items, resolveFirst({ duplicates: 'merge' }))
    expect(endsOf(world.delivery)).toMatchObject({
      i0: { _tag: 'Applied', leadId: 2, remarks: [{ _tag: 'Merged', leadIds: [1] }] }
    })
    expect(fieldsIn(world)).toEqual([{ email: email(1), seats: 3, userId: 'u1', plan: 'pro' }])
    expect(endpointsOf(world).filter((one) => one === 'mergeLeads')).toHaveLength(1)
  })

  it('stay, and are told, when Marketo refuses to merge them', () => {
    const state = start(items, { identity: resolveFirst({ duplicates: 'merge' }) })
    const world = drive(state, marketo({ leads }), {
      answer: (request) =>
        request.call.descriptor.endpoint === 'mergeLeads'
          ? {
              status: 200,
              headers: {},
              body: { success: false, errors: [{ code: '1079', message: 'personalized URL' }] }
            }
          : undefined
    })
    expect(endsOf(world.delivery)).toMatchObject({
      i0: { _tag: 'Applied', leadId: 2, remarks: [{ _tag: 'Duplicates', leadIds: [1] }] }
    })
    expect(world.sent.filter(({ endpoint }) => endpoint === 'mergeLeads')).toHaveLength(1)
  })
})

describe('policies', () => {
  const identity = resolveFirst({ policies: { plan: 'if-empty', seats: 'on-create' } })
  it.each([
    [
      'a field that Marketo holds is kept',
      { email: email(1), plan: 'free' },
      { plan: 'pro' },
      { plan: 'free' },
      ['plan']
    ],
    ['an empty one is written', { email: email(1) }, { plan: 'pro' }, { plan: 'pro' }, []],
    ['a first value is never written later', { email: email(1) }, { seats: 3 }, {}, ['seats']],
    ['others are written', { email: email(1), title: 'x' }, { title: 'y' }, { title: 'y' }, []]
  ])('%s', (_, there, sent, after, kept) => {
    const world = run([{ fields: there }], itemsOf(upsert({ email: email(1), ...sent })), identity)
    expect(fieldsIn(world)).toEqual([{ email: email(1), ...after }])
    expect(endsOf(world.delivery)).toMatchObject({
      i0: { _tag: 'Applied', remarks: kept.map((field) => ({ _tag: 'Kept', field })) }
    })
  })

  it('a new lead gets everything', () => {
    const world = run([], itemsOf(upsert({ email: email(1), plan: 'pro', seats: 3 })), identity)
    expect(fieldsIn(world)).toEqual([{ email: email(1), plan: 'pro', seats: 3 }])
  })
})

describe('calls', () => {
  const many = Array.from({ length: 301 }, (_, n) => upsert({ email: email(n), userId: `u${n}`, plan: 'pro' }))

  it('D3 keys are looked up in batches: two calls for each field, two for the leads', () => {
    const world = run([], itemsOf(...many))
    expect(endpointsOf(world).filter((one) => one === 'getLeadsByFilter')).toHaveLength(4)
    expect(endpointsOf(world).filter((one) => one === 'syncLeads')).toHaveLength(2)
  })

  it('leads that this delivery knows already are not looked up again', () => {
    const few = many.slice(0, 10)
    const first = run([], itemsOf(...few))
    const again = drive(first.delivery, first.marketo, {
      accessToken: first.accessToken,
      later: [few.map((intent, i) => ({ id: `again ${i}`, messageId: null, intent }))]
    })
    expect(again.sent.map(({ endpoint }) => endpoint)).toEqual(['syncLeads'])
    expect(JSON.stringify(again.sent[0]?.body)).toContain('"lookupField":"id"')
  })

  it('a field that cannot be looked up by finds nobody, and the lead is made by the key that the intent names', () => {
    const world = run([], itemsOf(upsert({ email: email(1), userId: 'u1' })), resolveFirst(), { customFields: [] })
    expect(endsOf(world.delivery)).toMatchObject({
      i0: { _tag: 'Applied', status: 'created', remarks: [{ _tag: 'LeftOut', field: 'userId', code: '1006' }] }
    })
    expect(fieldsIn(world)).toEqual([{ email: email(1) }])
  })
})

describe('the fields that are asked for', () => {
  it('are those that identify, those that age, and those that are written only where they are empty', () => {
    const policies = { plan: 'if-empty', seats: 'on-create', title: 'always' } as const
    expect(askedFields(resolveFirst({ policies }), ['email', 'userId'])).toEqual([
      'email',
      'userId',
      'createdAt',
      'updatedAt',
      'plan'
    ])
  })
})

describe('what comes of what was found', () => {
  const idFields = ['email', 'userId', 'anonymousId', 'deviceId']
  const lead = (leadId: number, fields: Fields): FoundLead => ({ leadId, fields, merged: [], stays: false })
  const byKeys = (all: Readonly<Record<string, ReadonlyArray<FoundLead>>>) =>
    Object.fromEntries(Object.entries(all).map(([key, leads]) => [`561-HYG-937 ${key}`, leads]))
  const both = { email: 'a@corp.test', anonymousId: 'a1' }
  const ours = upsert(both)

  // biome-ignore format: table
  it.each<[string, ReturnType<typeof upsert>, Readonly<Record<string, ReadonlyArray<FoundLead>>>, Partial<Parameters<typeof resolveFirst>[0]>, number | null]>([
    ['a weak key finds who has no strong one',          ours, { 'email=a@corp.test': [], 'anonymousId=a1': [lead(5, { anonymousId: 'a1' })] }, {}, 5],
    ['or ours, however it is written',                  ours, { 'email=a@corp.test': [], 'anonymousId=a1': [lead(5, { email: 'A@corp.test' })] }, {}, 5],
    ['but nobody with another',                         ours, { 'email=a@corp.test': [], 'anonymousId=a1': [lead(5, { email: 'b@corp.test' })] }, {}, null],
    ['nor with a number for one',                       upsert({ ...both, userId: 'u1' }), { 'email=a@corp.test': [], 'userId=u1': [], 'anonymousId=a1': [lead(5, { userId: 7 })] }, {}, null],
    ['another weak key is no matter',                   upsert({ ...both, deviceId: 'd1' }), { 'email=a@corp.test': [], 'deviceId=d1': [], 'anonymousId=a1': [lead(5, { deviceId: 'd2' })] }, { weakFields: ['anonymousId', 'deviceId'] }, 5],
    ['a key of no field that identifies is the weakest', upsert({ crmId: 'c1', email: 'a@corp.test' }, 'crmId'), { 'crmId=c1': [lead(5, {})], 'email=a@corp.test': [lead(6, {})] }, {}, 6]
  ])('%s', (_, intent, found, more_, expected) => {
    const told = resolution(resolveFirst(more_), idFields, intent, knownOf(nobody, 0), byKeys(found))
    expect(told._tag === 'Write' && told.upsert.lead).toEqual(
      expected === null ? intent.lead : { lookupField: 'id', value: expected }
    )
  })

  const known = (leadId: number, ...keys: ReadonlyArray<string>) => ({
    keys,
    leadIds: keys.reduce<Tree<number>>((tree, key) => withValue(tree, `561-HYG-937 ${key}`, leadId), emptyTree),
    written: ''
  })
  it('is made by the strongest key where there is none, or by its own where none can be asked for', () => {
    const weak = upsert(both, 'anonymousId')
    const nothing = byKeys({ 'email=a@corp.test': [], 'anonymousId=a1': [] })
    expect(resolution(resolveFirst(), idFields, weak, knownOf(nobody, 0), nothing)).toEqual({
      _tag: 'Write',
      upsert: { ...weak, lead: { lookupField: 'email', value: 'a@corp.test' } },
      remarks: []
    })
    const unfit = upsert({ userId: 'Cruz, Ana' }, 'userId')
    expect(resolution(resolveFirst(), idFields, unfit, knownOf(nobody, 0), {})).toEqual({
      _tag: 'Write',
      upsert: unfit,
      remarks: []
    })
  })

  it('is written as it is where its number is given', () => {
    const one = upsert({ id: 7, plan: 'x' }, 'id')
    const told = resolution(resolveFirst(), idFields, one, knownOf(nobody, 0), {})
    expect(told).toEqual({ _tag: 'Write', upsert: one, remarks: [] })
  })

  it('is not asked again where all keys are known to find one lead', () => {
    const of = (...keys: ReadonlyArray<string>) => resolution(resolveFirst(), idFields, ours, known(5, ...keys), {})
    expect(of('email=a@corp.test', 'anonymousId=a1')).toMatchObject({ _tag: 'Write', upsert: { lead: { value: 5 } } })
    expect(of('email=a@corp.test')).toMatchObject({ _tag: 'Ask' })
  })

  // biome-ignore format: table
  it.each<[string, Readonly<Record<string, ReadonlyArray<FoundLead>>>, ReadonlyArray<Remark>]>([
    ['what was merged into it, where lookups told of all keys',  { 'email=a@corp.test': [{ ...lead(5, {}), merged: [6] }], 'anonymousId=a1': [] }, [{ _tag: 'Merged', leadIds: [6] }]],
    ['what is there besides',                                    { 'email=a@corp.test': [lead(5, {}), lead(6, {})], 'anonymousId=a1': [] },         [{ _tag: 'Duplicates', leadIds: [6] }]],
    ['nothing where they told of some keys',                     { 'email=a@corp.test': [lead(5, {}), lead(6, {})] },                               []],
    ['nothing where they told of others',                        { 'email=a@corp.test': [lead(6, {})], 'anonymousId=a1': [] },                      []],
    ['nothing where they told of none',                          { 'email=a@corp.test': [], 'anonymousId=a1': [] },                                 []]
  ])('that is known to be all keys’ tells %s', (_, found, remarks) => {
    const one = known(5, 'email=a@corp.test', 'anonymousId=a1')
    const told = resolution(resolveFirst(), idFields, ours, one, byKeys(found))
    expect(told).toMatchObject({ _tag: 'Write', upsert: { lead: { lookupField: 'id', value: 5 } }, remarks })
  })

  it('that is known is asked for where a policy wants to see what it holds, and nothing was told of it', () => {
    const identity = resolveFirst({ policies: { plan: 'if-empty', city: 'on-create' } })
    const of = (fields: Fields) =>
      resolution(identity, idFields, upsert({ email: 'a@corp.test', ...fields }), known(5, 'email=a@corp.test'), {})
        ._tag
    expect([of({ plan: 'x', city: 'y' }), of({ plan: 'x' }), of({ city: 'y' })]).toEqual(['Ask', 'Ask', 'Write'])
  })

  it('that is known by a key that cannot be asked for is written by its number', () => {
    const unfit = upsert({ userId: 'Cruz, Ana' }, 'userId')
    const told = resolution(resolveFirst(), idFields, unfit, known(5, 'userId=Cruz, Ana'), {})
    expect(told).toMatchObject({ _tag: 'Write', upsert: { lead: { lookupField: 'id', value: 5 } } })
  })

  // biome-ignore format: table
  it.each<[string, Fields, ReadonlyArray<string>]>([
    ['absent',      {},              []],
    ['null',        { plan: null },  []],
    ['empty',       { plan: '' },    []],
    ['nought',      { plan: 0 },     ['plan']],
    ['false',       { plan: false }, ['plan']]
  ])('keeps a field that is not empty: one that is %s', (_, fields, kept) => {
    const identity = resolveFirst({ policies: { plan: 'if-empty' } })
    const one = upsert({ email: 'a@corp.test', plan: 'x' })
    const found = byKeys({ 'email=a@corp.test': [lead(5, fields)] })
    const told = resolution(identity, idFields, one, known(5, 'email=a@corp.test'), found)
    expect(told).toMatchObject({ _tag: 'Write', remarks: kept.map((field) => ({ _tag: 'Kept', field })) })
  })
})

describe('the tie rules', () => {
  const found = (leadId: number, fields: Fields): FoundLead => ({ leadId, fields, merged: [], stays: false })
  const what = upsert({ email: email(1), userId: 'u1' })
  const by = {
    [`561-HYG-937 email=${email(1)}`]: [
      found(7, { createdAt: '2024-02-01T00:00:00Z', updatedAt: '2024-03-01T00:00:00Z' })
    ],
    '561-HYG-937 userId=u1': [
      found(9, { createdAt: '2024-01-01T00:00:00Z', updatedAt: '2024-02-01T00:00:00Z' }),
      found(8, { createdAt: '2024-05-01T00:00:00Z', updatedAt: '2024-06-01T00:00:00Z' }),
      found(6, { createdAt: '2024-05-01T00:00:00Z', updatedAt: '2024-06-01T00:00:00Z' })
    ]
  }
  it.each([
    ['first-key', 7, [6, 8, 9]],
    ['last-updated', 6, [8, 7, 9]],
    ['first-created', 9, [7, 6, 8]]
  ] as const)('%s', (prefer, leadId, others) => {
    const told = resolution(resolveFirst({ prefer }), ['email', 'userId'], what, knownOf(nobody, 0), by)
    expect(told).toEqual({
      _tag: 'Write',
      upsert: {
        ...what,
        lead: { lookupField: 'id', value: leadId },
        action: 'updateOnly',
        fields: { ...what.fields, id: leadId }
      },
      remarks: [{ _tag: 'Duplicates', leadIds: others }]
    })
  })
})

describe('leads of the same age', () => {
  it.each(['first-key', 'last-updated', 'first-created'] as const)('by %s go by the strongest key', (prefer) => {
    const time = '2024-01-01T00:00:00Z'
    const found = (leadId: number): ReadonlyArray<FoundLead> => [
      { leadId, fields: { createdAt: time, updatedAt: time }, merged: [], stays: false }
    ]
    const told = resolution(
      resolveFirst({ prefer }),
      ['email', 'userId'],
      upsert({ userId: 'u1', email: email(1) }, 'userId'),
      knownOf(nobody, 0),
      { [`561-HYG-937 email=${email(1)}`]: found(9), '561-HYG-937 userId=u1': found(8) }
    )
    expect(told).toMatchObject({ upsert: { lead: { value: 9 } }, remarks: [{ leadIds: [8] }] })
  })
})

describe('a lead that several keys find', () => {
  it('is as strong as the strongest of them', () => {
    const found = (leadId: number, updatedAt: string): FoundLead => ({
      leadId,
      fields: { updatedAt },
      merged: [],
      stays: false
    })
    const told = resolution(
      resolveFirst(),
      ['email', 'userId'],
      upsert({ email: email(1), userId: 'u1' }),
      knownOf(nobody, 0),
      {
        [`561-HYG-937 email=${email(1)}`]: [found(1, '2024-02-01T00:00:00Z'), found(2, '2024-01-01T00:00:00Z')],
        '561-HYG-937 userId=u1': [found(1, '2024-02-01T00:00:00Z')]
      }
    )
    expect(told).toMatchObject({ upsert: { lead: { value: 1 } }, remarks: [{ leadIds: [2] }] })
  })
})

describe('a lead that is gone', () => {
  it('is looked for once more, and made anew', () => {
    const first = run([], itemsOf(upsert({ email: email(1), userId: 'u1' })))
    const world = drive(first.delivery, marketo(), {
      accessToken: first.accessToken,
      later: [[{ id: 'later', messageId: null, intent: upsert({ email: email(1), userId: 'u1', plan: 'pro' }) }]]
    })
    expect(endsOf(world.delivery)).toMatchObject({ later: { _tag: 'Applied', status: 'created' } })
    expect(fieldsIn(world)).toEqual([{ email: email(1), userId: 'u1', plan: 'pro' }])
  })
})
