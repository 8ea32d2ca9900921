import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { furnitureOfV2 } from '../../src/adapters/cli/deliver/simulated-instance.js'
import { describeProblem } from '../../src/ground/problem.js'
import type { Answer } from '../../src/intent/outcome.js'
import { decodeRecipes } from '../../src/recipes/decode.js'
import { checkAgainst } from '../../src/settings/check-against.js'
import { kept } from '../../src/settings/errands/kept.js'
import { areErrandsDone, nextErrands, wakeErrandsAt } from '../../src/settings/errands/next.js'
import { instanceParts } from '../../src/settings/errands/parts.js'
import { instanceIn, partsFor, startReading } from '../../src/settings/errands/reading.js'
import { receiveErrand } from '../../src/settings/errands/receive.js'
import type { Errands } from '../../src/settings/errands/state.js'
import { untold } from '../../src/settings/instance.js'
import { readInstance } from '../../src/settings/read-instance.js'
import { faultKinds, type SimulatorOptions } from '../../src/simulator/options.js'
import { settings as anySettings } from '../arbitraries/settings.js'
import { hyg } from '../endpoints/reading.js'
import { atMost, driven, refusedWith, simulated, type Tamper } from './errands-world.js'

const primary = { apiName: 'plan', name: 'Plan', dataType: 'string' }
const price = { apiName: 'price', name: 'Price', dataType: 'float' }

/** An instance that has something of everything, more than a page of lists and of programs. */
const furnished: Partial<SimulatorOptions> = {
  customFields: [{ name: 'planName', type: 'string', length: 50, label: 'Plan' }],
  activityTypes: [
    { id: 100_001, apiName: 'trial', name: 'Trial', primaryAttribute: primary, attributes: [price] },
    {
      id: 100_002,
      apiName: 'order',
      name: 'Order',
      status: 'approved with draft',
      primaryAttribute: primary,
      attributes: [],
      draft: [price]
    },
    { id: 100_003, apiName: 'call', name: 'Call', status: 'draft', primaryAttribute: primary, attributes: [price] }
  ],
  lists: Array.from({ length: 301 }, (_, i) => ({ id: i + 1, name: `List ${i + 1}` })),
  programs: Array.from({ length: 201 }, (_, i) => ({
    id: i + 1,
    name: `Program ${i + 1}`,
    channel: 'Webinar',
    statuses: [{ name: 'Invited', step: 1 }]
  })),
  campaigns: [
    { id: 1, name: 'Welcome' },
    { id: 2, name: 'Nightly', requestable: false }
  ]
}

/** The same with a page of each. */
const small: Partial<SimulatorOptions> = {
  ...furnished,
  lists: (furnished.lists ?? []).slice(0, 2),
  programs: (furnished.programs ?? []).slice(0, 2)
}

const parts = ['describe2', 'activityTypes', 'lists', 'channels'] as const

const whole = () => driven(startReading(hyg), simulated(furnished))

const fault = fc.record({
  kind: fc.constantFrom(...faultKinds.filter((kind) => kind !== '607')),
  at: fc.oneof(
    fc.record({ call: fc.integer({ min: 1, max: 12 }) }),
    fc.record({ probability: fc.constantFrom(0.2, 1), until: fc.integer({ min: 1, max: 30 }) })
  )
})

/** A record with the members that are read, and anything in them. */
const told = fc.record(
  { id: fc.anything(), name: fc.anything(), length: fc.double(), fields: fc.anything(), attributes: fc.anything() },
  { requiredKeys: [] }
)

/** What an answer may be instead: a refusal, nothing, half of it, anything. */
const tampered: fc.Arbitrary<Tamper> = fc
  .array(
    fc.oneof(
      fc.constantFrom('401', '601', '603', '604', '606', '607', '610', '611', '615', '702', '1003').map(refusedWith),
      fc.constant(null),
      fc.constant(undefined),
      fc.anything().map((body) => ({ status: 200, headers: {}, body })),
      told.map((result) => ({ status: 200, headers: {}, body: { success: true, result: [result] } }))
    ),
    { maxLength: 20 }
  )
  .map((answers) => (_, n) => answers[n - 1])

describe('laws', () => {
  it('G5 only reads are sent, whatever is answered, and the instance is what it was', () => {
    fc.assert(
      fc.property(tampered, fc.array(fault, { maxLength: 3 }), (tamper, faults) => {
        const before = simulated({ ...small, faults })
        const { sent, marketo } = driven(startReading(hyg), before, { tamper })
        expect(sent.filter(({ endpoint }) => endpoint !== 'identityToken').map(({ method }) => method)).toEqual(
          sent.flatMap(({ endpoint }) => (endpoint === 'identityToken' ? [] : 'GET'))
        )
        const { options, leads, lists, activities, log, changes } = marketo
        expect({ options, leads, lists, activities, log, changes }).toEqual({
          options: before.options,
          leads: before.leads,
          lists: before.lists,
          activities: before.activities,
          log: before.log,
          changes: before.changes
        })
      }),
      atMost(150)
    )
  })

  it('G5 P4 S3 every part is told, or said to be unread with a reason and none of Marketo’s words', () => {
    fc.assert(
      fc.property(tampered, (tamper) => {
        const { errands, now } = driven(startReading(hyg), simulated(small), { tamper })
        const { told, unread, problems, instance } = instanceIn(errands, now)
        expect([...Object.keys(told).filter((part) => part !== 'activityTypeDrafts'), ...unread].sort()).toEqual(
          [...instanceParts].sort()
        )
        for (const part of unread) expect(problems.map(({ at }) => at[0])).toContain(part)
        expect(JSON.stringify(errands)).not.toContain('secret words')
        // Anything may stand in an answer: what is kept of it is JSON.
        expect(JSON.parse(JSON.stringify(told))).toEqual(told)
        expect(JSON.parse(JSON.stringify(instance))).toEqual(instance)
      }),
      atMost(150)
    )
  })

  it('G5 what is saved tells the same instance again', () => {
    const { errands, now } = whole()
    const { told, instance } = instanceIn(errands, now)
    const again = readInstance(JSON.parse(JSON.stringify(told)))
    expect(again).toEqual({ _tag: 'Right', right: instance })
  })

  it('G5 faults that pass cost time, and nothing of what is told', () => {
    const expected = instanceIn(driven(startReading(hyg, parts), simulated(small)).errands, 0)
    fc.assert(
      fc.property(fault, (one) => {
        const at = 'call' in one.at ? one.at : { probability: 1, until: 3 }
        const { errands, now } = driven(startReading(hyg, parts), simulated({ ...small, faults: [{ ...one, at }] }))
        expect(instanceIn(errands, now)).toEqual(expected)
      }),
      atMost(150)
    )
  })

  it('G1 G5 an instance made for settings is found no fault with when it is asked', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        fc.pre(settings.events.every(({ activityTypeId }) => activityTypeId >= 100_000))
        const instance = simulated({ ...furnitureOfV2(settings), munchkinId: settings.munchkinId })
        const { errands, now } = driven(startReading(settings.munchkinId, partsFor(settings, null)), instance)
        const { instance: told, unread } = instanceIn(errands, now)
        expect(unread).toEqual([])
        const unknown = checkAgainst(settings, null, told).problems.filter(({ _tag }) => _tag === 'Unknown')
        // Marketo's own fields may be read-only, and settings may name one: that is no unknown name.
        expect(unknown.map(describeProblem)).toEqual([])
      }),
      atMost(150)
    )
  })
})

describe('what is kept of a record', () => {
  it('P4 P3 is JSON, and no member that nobody reads', () => {
    fc.assert(
      fc.property(fc.anything(), told, (u, record) => {
        for (const pruned of [kept(u), kept({ ...record, description: u })]) {
          expect(JSON.parse(JSON.stringify(pruned))).toEqual(pruned)
          expect(Object.is(pruned, -0)).toBe(false)
          expect(JSON.stringify(pruned)).not.toContain('"description"')
        }
      }),
      { examples: [[Number.NaN, { length: -0 }]] }
    )
  })
})

describe('what is kept', () => {
  const all = {
    id: 1,
    name: 'n',
    apiName: 'a',
    displayName: 'd',
    dataType: 'string',
    length: 5,
    rest: { name: 'r', readOnly: false },
    soap: { name: 's' },
    updateable: true,
    searchableFields: [['email'], ['id', 'name']],
    fields: [{ name: 'f' }],
    status: 'approved',
    primaryAttribute: { apiName: 'p', isPrimary: true },
    attributes: [],
    channel: 'Webinar',
    isRequestable: false,
    progressionStatuses: [{ name: 'Invited' }]
  }

  it('is each member that a check reads', () => {
    expect(kept({ ...all, description: 'x', folder: {} })).toEqual(all)
  })

  it.each([
    ['no number', Number.NaN, null],
    ['a function', () => 1, null],
    ['nothing', undefined, null],
    ['less than zero', -0, 0]
  ])('of %s', (_, u, expected) => {
    expect(kept(u)).toBe(expected)
    expect(kept({ name: [u] })).toEqual({ name: [expected] })
  })

  it('goes six steps deep', () => {
    const nested = (depth: number): unknown => (depth === 0 ? 'end' : [{ rest: nested(depth - 1) }])
    expect(kept(nested(2))).toEqual(nested(2))
    expect(kept(nested(4))).toEqual([{ rest: [{ rest: [{ rest: null }] }] }])
    expect(kept(nested(3))).toEqual(nested(3))
  })
})

describe('calls', () => {
  const types = [
    { id: 100_001, apiName: 'trial', name: 'Trial', primaryAttribute: primary, attributes: [] },
    {
      id: 100_002,
      apiName: 'order',
      name: 'Order',
      status: 'approved with draft',
      primaryAttribute: primary,
      attributes: [],
      draft: []
    },
    { id: 100_003, apiName: 'call', name: 'Call', status: 'draft', primaryAttribute: primary, attributes: [] },
    { id: 100_004, apiName: 'gone', name: 'Gone', status: 'deleted', primaryAttribute: primary, attributes: [] }
  ]
  const asked = (tamper?: Tamper) => {
    const instance = simulated({ ...furnished, programs: [], activityTypes: types })
    const { sent } = driven(startReading(hyg), instance, tamper === undefined ? {} : { tamper })
    return sent
      .map(({ path, query }) => `${path.join('/')}?${query.map((pair) => pair.join('=')).join('&')}`)
      .map((call) => call.replace(/(nextPageToken)=.+$/, '$1=…'))
      .sort()
  }
  const [page1, page2] = ['offset=0&maxReturn=200', 'offset=200&maxReturn=200']
  const always = [
    'identity/oauth/token?grant_type=client_credentials',
    `rest/asset/v1/channels.json?${page1}`,
    `rest/asset/v1/programs.json?${page1}`,
    'rest/v1/leads/describe.json?',
    'rest/v1/leads/describe2.json?'
  ]

  it('ask for each part page by page, and for each type and its draft', () => {
    expect(asked()).toEqual(
      [
        ...always,
        `rest/asset/v1/smartCampaigns.json?${page1}`,
        `rest/asset/v1/smartCampaigns.json?${page2}`,
        'rest/v1/activities/external/type/call/describe.json?draft=true',
        'rest/v1/activities/external/type/order/describe.json?',
        'rest/v1/activities/external/type/order/describe.json?draft=true',
        'rest/v1/activities/external/type/trial/describe.json?',
        'rest/v1/activities/external/types.json?',
        'rest/v1/lists.json?batchSize=300',
        'rest/v1/lists.json?batchSize=300&nextPageToken=…'
      ].sort()
    )
  })

  it.each(['403', '404', '603', '605', '610', '703'])('go another way where the first is not served (%s)', (code) => {
    const closed = ['getLists', 'getSmartCampaigns', 'getCustomActivityTypes']
    expect(asked(({ endpoint }) => (closed.includes(endpoint) ? refusedWith(code) : undefined))).toEqual(
      [
        ...always,
        `rest/asset/v1/smartCampaigns.json?${page1}`,
        `rest/asset/v1/staticLists.json?${page1}`,
        `rest/asset/v1/staticLists.json?${page2}`,
        'rest/asset/v1/staticLists.json?offset=400&maxReturn=200',
        'rest/v1/activities/external/types.json?',
        'rest/v1/activities/types.json?',
        'rest/v1/campaigns.json?batchSize=300',
        'rest/v1/lists.json?batchSize=300'
      ].sort()
    )
  })

  it('go no other way where the call itself is at fault', () => {
    expect(asked(({ endpoint }) => (endpoint === 'getLists' ? refusedWith('1003') : undefined))).not.toContain(
      `rest/asset/v1/staticLists.json?${page1}`
    )
  })
})

describe('a step', () => {
  const begin = 1_714_730_400_000
  const tokenAnswer: Answer = { status: 200, headers: {}, body: { access_token: 't', expires_in: 3_600 } }
  const first = startReading(hyg, ['describe2', 'lists'], 7)
  const withToken = () => {
    const [state, [request]] = nextErrands(first, begin)
    return receiveErrand(state, request?.id ?? '', tokenAnswer, begin)
  }

  it('begins with a token, and waits for it', () => {
    const [state, requests] = nextErrands(first, begin)
    expect(requests.map(({ id, call }) => [id, call.descriptor.endpoint])).toEqual([['e0', 'identityToken']])
    expect(nextErrands(state, begin)[1]).toEqual([])
    expect([areErrandsDone(first, begin), areErrandsDone(state, begin)]).toEqual([false, false])
  })

  it('asks for each line once, under an id of its own, and no more than is granted', () => {
    const [state, requests] = nextErrands(withToken(), begin)
    expect(requests.map(({ id, call }) => [id, call.descriptor.endpoint])).toEqual([
      ['e1', 'describeLeads'],
      ['e2', 'getLists']
    ])
    expect(nextErrands(state, begin)).toEqual([state, []])
    expect(wakeErrandsAt(state, begin)).toBe(null)
    expect(areErrandsDone(state, begin)).toBe(false)
    expect(nextErrands(withToken(), begin, 1)[1].map(({ id }) => id)).toEqual(['e1'])
    expect(nextErrands(withToken(), begin, 0)[1]).toEqual([])
  })

  it('takes an answer once, and none that nobody asked for', () => {
    const [state, [one]] = nextErrands(withToken(), begin)
    const after = receiveErrand(state, one?.id ?? '', refusedWith('1003'), begin)
    expect(Object.keys(after.inFlight)).toEqual(['e2'])
    expect(receiveErrand(after, one?.id ?? '', refusedWith('1003'), begin)).toBe(after)
    expect(receiveErrand(after, 'e9', refusedWith('1003'), begin)).toBe(after)
  })

  it('tells of a line that has not ended why', () => {
    const problemsIn = (state: Errands) => instanceIn(state, begin).problems.map(describeProblem)
    expect(problemsIn(first)).toEqual([
      'describe2: found no access token; no answer came from the identity service: see whether the munchkin id is right, and try later',
      'lists: found no access token; no answer came from the identity service: see whether the munchkin id is right, and try later'
    ])
    expect(instanceIn(first, begin)).toMatchObject({ instance: untold, told: {}, unread: ['describe2', 'lists'] })
    const [state, [, lists]] = nextErrands(withToken(), begin)
    expect(problemsIn(state)).toEqual([
      'describe2: found nothing yet; it was not asked to its end: try later',
      'lists: found nothing yet; it was not asked to its end: try later'
    ])
    const busy = receiveErrand(state, lists?.id ?? '', refusedWith('606'), begin)
    expect(problemsIn(busy)[1]).toBe('lists: found a refusal (606); it was not asked to its end: try later')
    expect(wakeErrandsAt(busy, begin)).toBeGreaterThan(begin)
    expect(nextErrands(busy, begin)[1]).toEqual([])
    const lost = receiveErrand(state, lists?.id ?? '', { kind: 'lost' }, begin)
    expect(problemsIn(lost)[1]).toBe('lists: found a refusal (no answer); it was not asked to its end: try later')
  })

  it('of no parts is done', () => {
    const none = startReading(hyg, [])
    expect([areErrandsDone(none, begin), wakeErrandsAt(none, begin), nextErrands(none, begin)[1]]).toEqual([
      true,
      null,
      []
    ])
    expect(instanceIn(none, begin)).toEqual({ instance: untold, told: {}, unread: [], problems: [] })
  })
})

describe('reading', () => {
  it('reads every page, and each type by itself', () => {
    const { errands, sent, now } = whole()
    const { instance, problems } = instanceIn(errands, now)
    expect(problems).toEqual([])
    expect([instance.lists?.length, instance.programs?.length, instance.campaigns?.length]).toEqual([301, 201, 2])
    expect(instance.channels).toEqual([{ name: 'Webinar', statuses: ['Invited'] }])
    expect(instance.fields?.find(({ rest }) => rest === 'planName')).toEqual({
      rest: 'planName',
      soap: 'planName',
      label: 'Plan',
      type: 'string',
      length: 50,
      readOnly: false
    })
    expect(instance.fields?.find(({ rest }) => rest === 'postalCode')?.soap).toBe('PostalCode')
    expect(instance.searchable).toContain('planName')
    const [plan, told] = [
      { apiName: 'plan', name: 'Plan', type: 'string' },
      { apiName: 'price', name: 'Price', type: 'float' }
    ]
    expect(instance.activityTypes).toEqual([
      {
        id: 100001,
        apiName: 'trial',
        name: 'Trial',
        status: 'approved',
        primary: plan,
        attributes: [plan, told],
        draft: null
      },
      {
        id: 100002,
        apiName: 'order',
        name: 'Order',
        status: 'approved with draft',
        primary: plan,
        attributes: [plan],
        draft: [plan, told]
      },
      {
        id: 100003,
        apiName: 'call',
        name: 'Call',
        status: 'draft',
        primary: plan,
        attributes: [plan, told],
        draft: null
      }
    ])
    const counts = new Map<string, number>()
    for (const { endpoint } of sent) counts.set(endpoint, (counts.get(endpoint) ?? 0) + 1)
    expect(Object.fromEntries(counts)).toEqual({
      identityToken: 1,
      describeLeadNames: 1,
      describeLeads: 1,
      getCustomActivityTypes: 1,
      describeActivityType: 4,
      getLists: 2,
      getPrograms: 3,
      getChannels: 2,
      getSmartCampaigns: 2
    })
  })

  const refusing =
    (...endpoints: ReadonlyArray<string>): Tamper =>
    ({ endpoint }) =>
      endpoints.includes(endpoint) ? refusedWith('603') : undefined

  it('goes another way where Marketo does not serve the first one', () => {
    const tamper = refusing('getLists', 'getSmartCampaigns', 'getCustomActivityTypes')
    const { errands, now } = driven(startReading(hyg), simulated(furnished), { tamper })
    const { instance, unread, problems } = instanceIn(errands, now)
    expect([unread, problems]).toEqual([[], []])
    expect([instance.lists?.length, instance.campaigns?.length]).toEqual([301, 2])
    expect(instance.activityTypes?.find(({ id }) => id === 100_001)?.attributes?.length).toBe(2)
  })

  it('says which part was left out, and what the role lacks; the rest is read', () => {
    const tamper = refusing('getChannels', 'getLists', 'getStaticLists')
    const { errands, now } = driven(startReading(hyg), simulated(furnished), { tamper })
    const { instance, unread, problems } = instanceIn(errands, now)
    expect(unread).toEqual(['lists', 'channels'])
    expect(problems.map(describeProblem)).toEqual([
      'lists: found a refusal (603); the role of the API user needs Read-Only Assets',
      'channels: found a refusal (603); the role of the API user needs Read-Only Assets'
    ])
    expect([instance.lists, instance.programs?.length]).toEqual([null, 201])
  })

  it('leaves out one type that is not described, and says so', () => {
    const tamper: Tamper = ({ path }) => (path.includes('trial') ? refusedWith('1003') : undefined)
    const { errands, now } = driven(startReading(hyg, ['activityTypes']), simulated(furnished), { tamper })
    const { instance, unread, problems } = instanceIn(errands, now)
    expect([unread, problems.length]).toEqual([[], 1])
    expect(instance.activityTypes?.map(({ attributes }) => attributes?.length ?? null)).toEqual([null, 1, 2])
  })

  it('ends where nobody gives a token, and says whose fault it is', () => {
    const wrong = driven(startReading(hyg, ['lists']), simulated(), {
      tamper: () => ({ status: 401, headers: {}, body: '{"error":"invalid_client"}' })
    })
    expect(instanceIn(wrong.errands, wrong.now).problems.map(describeProblem)).toEqual([
      'lists: found refused credentials; the identity service refuses these credentials: mend them'
    ])
    const offline = driven(startReading(hyg, ['lists']), simulated(), { tamper: () => null })
    expect(offline.sent.length).toBeLessThan(8)
    expect(instanceIn(offline.errands, offline.now).problems.map(({ mend }) => mend)).toEqual([
      expect.stringContaining('no answer came from the identity service')
    ])
  })

  it('ends at a page that leads to itself', () => {
    const still = { status: 200, headers: {}, body: { success: true, result: [{ id: 1 }], nextPageToken: 'x' } }
    const tamper: Tamper = ({ endpoint }) => (endpoint === 'getLists' ? still : undefined)
    const { errands, sent, now } = driven(startReading(hyg, ['lists']), simulated(), { tamper })
    expect(sent.filter(({ endpoint }) => endpoint === 'getLists').length).toBe(2)
    expect(instanceIn(errands, now).unread).toEqual([])
  })

  it('asks for no more than settings and rules need', () => {
    expect(partsFor(null, null)).toEqual(['describe', 'describe2'])
    const rules = {
      munchkinId: hyg,
      rules: [
        {
          name: 'A',
          when: { type: 'identify' as const },
          actions: [{ do: 'add-to-list' as const, list: 'Customers' }]
        },
        { name: 'B', when: {}, actions: [{ do: 'set-status' as const, program: 1, status: 'Invited' }] }
      ]
    }
    expect(partsFor(null, rules as never)).toEqual(['describe', 'describe2', 'lists', 'programs', 'channels'])
  })

  const status = { do: 'set-status', program: 1, status: 'Invited' }
  const leaving = { do: 'leave-program', program: 2 }
  // biome-ignore format: table
  it.each<[string, ReadonlyArray<object>, ReadonlyArray<string>]>([
    ['a program that is only left',  [leaving],                                     ['programs']],
    ['one that is left and one not', [leaving, status],                             ['programs', 'channels']],
    ['a campaign',                   [{ do: 'request-campaign', campaign: 7 }],     ['campaigns']],
    ['nothing of Marketo’s',         [{ do: 'delete-lead' }],                         []]
  ])('asks, for rules of %s, for what they name', (_, actions, more) => {
    const read = decodeRecipes({ munchkinId: hyg, rules: [{ name: 'A', when: {}, actions }] })
    const rules = read._tag === 'Left' ? undefined : read.right
    expect(rules && partsFor(null, rules)).toEqual(['describe', 'describe2', ...more])
  })

  it.each<[string, Tamper, string]>([
    [
      'credentials are refused',
      () => ({ status: 401, headers: {}, body: { error: 'invalid_client' } }),
      'refused credentials'
    ],
    ['nobody answers', () => null, 'no access token']
  ])('says, where %s, why nothing was read', (_, tamper, found) => {
    const { errands, now } = driven(startReading(hyg, ['lists']), simulated(), { tamper })
    const { problems, instance, unread, told } = instanceIn(errands, now)
    expect(problems).toMatchObject([{ weight: 'invalid', at: ['lists'], found }])
    expect([instance, unread, told]).toEqual([untold, ['lists'], {}])
  })
})
