/**
 * The step function against a plain model of Marketo, whatever happens in whatever order.
 *
 *     add · next · answer one call, truly or not · wait · stop and resume · lose all · give back · take
 */
import * as fc from 'fast-check'
import { describe, it } from 'vitest'
import { giveBack, resumed } from '../../src/delivery/give-back.js'
import { wakeAt } from '../../src/delivery/next.js'
import {
  type DeliveryOptions,
  defaultDeliveryOptions,
  type Identity,
  resolveFirst
} from '../../src/delivery/options.js'
import { start } from '../../src/delivery/start.js'
import type { Delivery } from '../../src/delivery/state.js'
import type { Fields, Intent, ListRef } from '../../src/intent/intent.js'
import type { LeadKey } from '../../src/intent/lead-key.js'
import { isMunchkinId, type MunchkinId } from '../../src/marketo/munchkin-id.js'
import { defaultRetryPolicy } from '../../src/pace/remedies.js'
import {
  answerOne,
  ask,
  carryOut,
  drain,
  type Given,
  give,
  type Held,
  knownTogether,
  loseAll,
  replace,
  settled,
  take,
  type World
} from './ledger.js'
import { create, firstThing, folded, keysIn, mergeInto, type Nature, plainMarketo, type Trouble } from './model.js'

const munchkinIds = ['561-HYG-937', '123-ABC-456'].filter((text): text is MunchkinId => isMunchkinId(text))

/** 2023-11-14T22:13:20Z: winter in the US, and not quite eight hours before its midnight. */
const beginning = 1_700_000_000_000

type Kind =
  | 'UpsertLead'
  | 'SubmitForm'
  | 'AddCustomActivity'
  | 'AssociateCookie'
  | 'VisitPage'
  | 'AddToList'
  | 'RemoveFromList'
  | 'SetProgramStatus'
  | 'LeaveProgram'
  | 'RequestCampaign'
  | 'AddToScore'
  | 'DeleteLead'

/** A list of the item's own, by number or by name, there or to be made. */
const listOf = (seed: Seed, n: number): ListRef => {
  if (seed.extra === 'none' || seed.extra === 'bad') return { listId: firstThing + n }
  return { name: `L${n}`, createIn: seed.extra === 'nope' ? null : { id: 9, type: 'Folder' } }
}

type IdField = 'email' | 'userId' | 'anonymousId'

/** An item to be: whom it is about, by which field, and what else it names. */
interface Seed {
  readonly kind: Kind
  readonly where: number
  readonly who: number
  readonly by: IdField | 'id'
  readonly links: ReadonlyArray<IdField>
  readonly linked: number
  readonly extra: 'none' | 'city' | 'nope' | 'company' | 'bad'
  readonly action: 'createOrUpdate' | 'updateOnly'
  readonly partitionName: string | null
  readonly event: string | null
  readonly plain: boolean
}

const keyValue = (by: Seed['by'], who: number, n: number): string =>
  by === 'email'
    ? `${n % 2 === 0 ? 'P' : 'p'}${who}@corp.test`
    : by === 'userId'
      ? `u${who}`
      : by === 'id'
        ? String(who)
        : `n${Math.floor(who / 2)}`

const extras: Readonly<Record<Seed['extra'], (n: number) => Fields>> = {
  none: () => ({}),
  city: (n) => ({ city: `c${n}` }),
  nope: (n) => ({ nope: `x${n}` }),
  company: (n) => ({ company: `co${n}` }),
  bad: () => ({ seats: 'bad' })
}

const fieldsOf = (seed: Seed, lead: LeadKey, n: number): Fields => ({
  ...Object.fromEntries(seed.links.map((by) => [by, keyValue(by, seed.linked, n)])),
  [lead.lookupField]: lead.value,
  ...extras[seed.extra](n),
  plan: seed.plain ? 'same' : `i${n}`
})

const intentOf = (seed: Seed, munchkinId: MunchkinId, n: number): Intent => {
  const by = seed.kind === 'SubmitForm' ? 'email' : seed.by
  const lead = { lookupField: by, value: keyValue(by, seed.who, n) }
  const cookie = `id:${munchkinId}&token:_mch-corp.test-1374552656411-${seed.linked}`
  switch (seed.kind) {
    case 'UpsertLead':
      return {
        _tag: 'UpsertLead',
        munchkinId,
        lead,
        fields: fieldsOf(seed, lead, n),
        action: seed.action,
        partitionName: seed.partitionName
      }
    case 'SubmitForm': {
      const fields = { email: lead.value, plan: `i${n}`, ...(seed.extra === 'bad' ? { seats: 'bad' } : {}) }
      return {
        _tag: 'SubmitForm',
        munchkinId,
        lead,
        formId: 7,
        fields,
        cookie: null,
        page: null,
        userAgent: null,
        ip: null
      }
    }
    case 'AddCustomActivity':
      return {
        _tag: 'AddCustomActivity',
        munchkinId,
        lead,
        activityTypeId: 100_001,
        activityDate: '2024-05-01T10:00:00Z',
        primaryAttributeValue: `i${n}`,
        attributes: seed.extra === 'bad' ? [{ apiName: 'seats', value: 'bad' }] : []
      }
    case 'AssociateCookie':
      return { _tag: 'AssociateCookie', munchkinId, lead, visitor: { _tag: 'Cookie', cookie } }
    case 'AddToList':
      return {
        _tag: 'AddToList',
        munchkinId,
        lead,
        list: listOf(seed, n),
        purpose: seed.plain ? 'suppress' : 'engage',
        at: null
      }
    case 'RemoveFromList':
      return { _tag: 'RemoveFromList', munchkinId, lead, list: listOf(seed, n), at: null }
    case 'SetProgramStatus':
      return {
        _tag: 'SetProgramStatus',
        munchkinId,
        lead,
        programId: firstThing + n,
        statusName: 'Invited',
        purpose: 'engage',
        at: null
      }
    case 'LeaveProgram':
      return { _tag: 'LeaveProgram', munchkinId, lead, programId: firstThing + n, at: null }
    case 'RequestCampaign':
      return {
        _tag: 'RequestCampaign',
        munchkinId,
        lead,
        campaignId: firstThing + n,
        tokens: [],
        purpose: 'engage',
        at: null
      }
    case 'DeleteLead':
      return { _tag: 'DeleteLead', munchkinId, lead }
    case 'AddToScore':
      return { _tag: 'AddToScore', munchkinId, lead, field: `score_i${n}`, points: 1, least: null, most: null }
    case 'VisitPage':
      return {
        _tag: 'VisitPage',
        munchkinId,
        lead,
        visitor: { _tag: 'Cookie', cookie },
        page: { origin: 'https://www.corp.test', path: `/i${n}`, params: '', fragment: '' },
        referrer: '',
        userAgent: 'test',
        ip: null,
        at: beginning
      }
  }
}

const givenOf = (seed: Seed, n: number): Given => {
  const munchkinId = munchkinIds[seed.where % munchkinIds.length]
  if (munchkinId === undefined) throw new Error('no Munchkin id')
  const intent = intentOf(seed, munchkinId, n)
  if (!('lead' in intent)) throw new Error('no key')
  const own = folded(intent.lead.lookupField, intent.lead.value)
  const written = intent._tag === 'UpsertLead' ? keysIn(intent.fields) : []
  return {
    n,
    item: { id: `i${n}`, messageId: n % 3 === 0 ? null : `m${n}`, event: seed.event, intent },
    munchkinId,
    own: `${munchkinId} ${own}`,
    keys: [...new Set([own, ...written])].map((key) => `${munchkinId} ${key}`),
    isBad: seed.extra === 'bad'
  }
}

const idField = fc.constantFrom<IdField>('email', 'email', 'userId', 'anonymousId')

const seed: fc.Arbitrary<Seed> = fc
  .record({
    kind: fc.constantFrom<Kind>(
      ...(['UpsertLead', 'UpsertLead', 'UpsertLead', 'AddCustomActivity', 'AddCustomActivity'] as const),
      ...(['AssociateCookie', 'VisitPage', 'SubmitForm'] as const),
      ...(['AddToList', 'RemoveFromList', 'SetProgramStatus', 'LeaveProgram', 'RequestCampaign', 'AddToScore'] as const)
    ),
    where: fc.constantFrom(0, 0, 0, 0, 0, 1),
    who: fc.constantFrom(0, 0, 0, 1, 1, 2, 3),
    by: idField,
    links: fc.uniqueArray(idField, { maxLength: 2 }),
    linkedTo: fc.constantFrom<'self' | 'other'>('self', 'self', 'self', 'other'),
    extra: fc.constantFrom<Seed['extra']>(
      ...(['none', 'none', 'none', 'none', 'city', 'city', 'city', 'nope', 'company', 'bad'] as const)
    ),
    action: fc.constantFrom<Seed['action']>('createOrUpdate', 'createOrUpdate', 'createOrUpdate', 'updateOnly'),
    partitionName: fc.constantFrom(null, null, null, 'EU'),
    event: fc.constantFrom('signed up', 'identify', null),
    plain: fc.constantFrom(false, false, true)
  })
  .map(({ linkedTo, ...rest }) => ({ ...rest, linked: linkedTo === 'self' ? rest.who : (rest.who + 1) % 4 }))

const plainSeed: Omit<Seed, 'kind' | 'by' | 'links'> = {
  where: 0,
  who: 0,
  linked: 0,
  extra: 'none',
  action: 'createOrUpdate',
  partitionName: null,
  event: 'identify',
  plain: false
}

const code = fc.constantFrom('602', '606', '607', '611', '615', '713', '1003', '1006', '1011', '1021', '603')

const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ _tag: fc.constant('Truth'), asText: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ _tag: fc.constant('Lost'), effect: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ _tag: fc.constant('Html'), effect: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ _tag: fc.constant('Garbage'), effect: fc.boolean(), which: fc.nat(20) }) },
  { weight: 3, arbitrary: code.map((one) => ({ _tag: 'Code' as const, code: one, effect: false })) },
  { weight: 1, arbitrary: fc.constant({ _tag: 'Code' as const, code: '611', effect: true }) },
  {
    weight: 2,
    arbitrary: fc.record({
      _tag: fc.constant('Skip'),
      spite: fc.record({ at: fc.nat(2), code: fc.constantFrom('1003', '1004', '1007', '1006') })
    })
  },
  { weight: 1, arbitrary: fc.record({ _tag: fc.constantFrom('Short' as const, 'Long' as const) }) }
)

type Command = fc.Command<World, Held>

const command = (name: string, run: (world: World, held: Held) => void): Command => ({
  check: () => true,
  run,
  toString: () => name
})

/** A command, after which the driver nearly always asks at once what to send. */
const eagerly = (commands: fc.Arbitrary<Command>): fc.Arbitrary<Command> =>
  fc.tuple(commands, fc.constantFrom(true, true, true, false)).map(([one, isEager]) =>
    isEager
      ? command(`${one.toString()} and next`, (world, held) => {
          one.run(world, held)
          ask(world, held)
        })
      : one
  )

const json = (state: Delivery): Delivery => JSON.parse(JSON.stringify(state))

const adding = fc.array(seed, { minLength: 1, maxLength: 6 }).map((seeds) =>
  command(`add ${JSON.stringify(seeds)}`, (world, held) => {
    const from = world.given.size
    give(
      world,
      held,
      seeds.map((one, k) => givenOf(one, from + k))
    )
  })
)

/** Now this, now that, about one person: where most that goes wrong begins. */
const addingOne = fc
  .record({
    kind: fc.constantFrom<Kind>(
      'UpsertLead',
      'AddCustomActivity',
      'AddCustomActivity',
      'SubmitForm',
      'AssociateCookie',
      'AddToList',
      'RequestCampaign',
      'AddToScore'
    ),
    by: fc.constantFrom<Seed['by']>('email', 'email', 'userId'),
    links: fc.constantFrom<Seed['links']>([], ['email'], ['userId'])
  })
  .map((some) =>
    command(`add ${JSON.stringify(some)}`, (world, held) => {
      const one: Seed = { ...plainSeed, ...some }
      give(world, held, [givenOf(one, world.given.size)])
    })
  )

const asking = fc.constantFrom(undefined, undefined, undefined, 0, 1, 2).map((grant) =>
  command(`next ${grant ?? ''}`, (world, held) => {
    ask(world, held, grant)
  })
)

const answering = fc
  .tuple(fc.nat(8), trouble)
  .map(([pick, how]) =>
    command(`answer ${pick} ${JSON.stringify(how)}`, (world, held) => answerOne(world, held, pick, how))
  )

const answeringTruly = fc
  .nat(8)
  .map((pick) =>
    command(`answer ${pick}`, (world, held) => answerOne(world, held, pick, { _tag: 'Truth', asText: false }))
  )

const carrying = fc.nat(8).map((pick) => command(`carry out ${pick}`, (world, held) => carryOut(world, held, pick)))

/** A few rounds in which all goes well, so that what follows meets a delivery that knows people. */
const going = fc.integer({ min: 1, max: 3 }).map((rounds) =>
  command(`go on ${rounds}`, (world, held) => {
    for (let round = 0; round < rounds; round += 1) {
      while (world.open.length > 0) answerOne(world, held, 0, { _tag: 'Truth', asText: false })
      ask(world, held)
    }
  })
)

const waits = {
  'a moment': 1_000,
  'a window': 20_000,
  'half an hour': 1_800_000,
  'more than an hour': 3_700_000,
  'till tomorrow': 30_000_000
} as const

const waiting = fc
  .constantFrom(...Object.entries(waits), ...Object.entries(waits).slice(0, 2))
  .map(([name, millis]) => command(`wait ${name}`, (world) => void (world.now += millis)))

const waking = fc.constant(
  command('wait as told', (world, { delivery }) => {
    world.now = wakeAt(delivery, world.now) ?? world.now
  })
)

const restarting = fc.constant(command('stop and resume', (world, held) => replace(world, held, json(held.delivery))))

const losing = fc
  .nat(255)
  .map((effect) =>
    command(`lose all ${effect}`, (world, held) =>
      loseAll(world, held, (state) => resumed(json(state), world.now), effect)
    )
  )

const giving = fc.constant(
  command('give back', (world, held) => replace(world, held, giveBack(held.delivery, world.now)))
)

const taking = fc.constant(command('take outcomes', take))

const often = [
  ...[eagerly(adding), eagerly(addingOne), eagerly(addingOne), asking],
  ...[eagerly(answering), eagerly(answeringTruly), eagerly(answeringTruly), carrying, going]
]

const steps = fc.commands([...often, ...often, waiting, waking, restarting, losing, taking], {
  maxCommands: 30,
  size: '+1'
})

const stepsAndGivingBack = fc.commands([...often, waking, giving, taking, losing], { maxCommands: 20, size: '+1' })

/** One person, true answers, and nothing but their order. */
const races = fc.commands(
  [eagerly(addingOne), eagerly(addingOne), eagerly(answeringTruly), eagerly(answeringTruly), carrying],
  { maxCommands: 16, size: '+1' }
)

/** One person by two keys, and campaigns: the only call about a lead that tells nothing of a lead that is not there. */
const campaignsAnd = (kinds: ReadonlyArray<Kind>): fc.Arbitrary<Command> =>
  fc
    .record({
      kind: fc.constantFrom<Kind>('RequestCampaign', 'RequestCampaign', 'AddCustomActivity', ...kinds),
      by: fc.constantFrom<Seed['by']>('email', 'userId'),
      links: fc.constantFrom<Seed['links']>([], [], ['email'], ['userId'])
    })
    .map((some) =>
      command(`add ${JSON.stringify(some)}`, (world, held) =>
        give(world, held, [givenOf({ ...plainSeed, ...some }, world.given.size)])
      )
    )

const campaigns = campaignsAnd(['UpsertLead', 'UpsertLead'])

/** A lead that was there before, by its number: the caller has it from somewhere else, and may use it long after a merge. */
const campaignsByNumber = fc
  .record({ kind: fc.constantFrom<Kind>('RequestCampaign', 'RequestCampaign', 'AddCustomActivity'), who: fc.nat(1) })
  .map(({ kind, who }) =>
    command(`${kind} by number ${who + 1}`, (world, held) =>
      give(world, held, [givenOf({ ...plainSeed, kind, by: 'id', links: [], who: who + 1 }, world.given.size)])
    )
  )

/** Leads to be gone. */
const deletions = fc
  .constantFrom<Seed['by']>('email', 'userId')
  .map((by) =>
    command(`delete by ${by}`, (world, held) =>
      give(world, held, [givenOf({ ...plainSeed, kind: 'DeleteLead', by, links: [] }, world.given.size)])
    )
  )

const aboutCampaigns = [
  ...[eagerly(campaigns), eagerly(campaigns)],
  ...[eagerly(answeringTruly), eagerly(answeringTruly), eagerly(answering), carrying]
]

/** Somebody else merges the leads of the first instance into one, or deletes one, while nothing is under way. */
const othersHands = fc.tuple(fc.constantFrom('merge', 'merge', 'delete'), fc.nat(2)).map(([what, pick]) =>
  command(`somebody else: ${what} ${pick}`, (world, held) => {
    drain(world, held)
    const marketo = world.marketos.get(munchkinIds[0] ?? '')
    const all = [...(marketo?.leads.values() ?? [])]
    const one = all[pick % Math.max(all.length, 1)]
    if (marketo === undefined || one === undefined) return
    const others = all.filter((lead) => lead !== one)
    if (what === 'delete') marketo.leads.delete(one.id)
    else if (others.length > 0) {
      mergeInto(
        marketo,
        one.id,
        others.map(({ id }) => id)
      )
      knownTogether(
        world,
        [...one.keys].map((key) => `${marketo.munchkinId} ${key}`)
      )
    }
  })
)

/** No writes: two people whom somebody else made one are not known to be one, and written side by side. */
const othersMergesAndDeletions = fc.commands(
  [
    ...[eagerly(campaignsAnd([])), eagerly(campaignsAnd(['AddToList', 'AddToScore'])), eagerly(campaignsByNumber)],
    ...[eagerly(othersHands), eagerly(answeringTruly), eagerly(answering), carrying]
  ],
  { maxCommands: 16, size: '+1' }
)

const merges = fc.commands(aboutCampaigns, { maxCommands: 16, size: '+1' })

/** Nothing goes wrong: of a merge of which no answer came nobody knows whether the number finds anybody. */
const numbersOfMerged = fc.commands(
  [eagerly(campaigns), eagerly(campaignsByNumber), eagerly(answeringTruly), eagerly(answeringTruly), carrying],
  { maxCommands: 16, size: '+1' }
)

const mergesAndDeletions = fc.commands([...aboutCampaigns, eagerly(deletions)], { maxCommands: 16, size: '+1' })

const nature: fc.Arbitrary<Nature> = fc.record({
  lacks: fc.constantFrom<Nature['lacks']>('nothing', 'record', 'call'),
  keepsCompany: fc.boolean(),
  bad: fc.constantFrom<Nature['bad']>('record', 'call'),
  tokenLives: fc.constantFrom(3_600, 3_600, 45, 0)
})

const common = fc.record({
  window: fc.constantFrom(1, 2, 3, 5, 10, 5_000, 5_000),
  linger: fc.constantFrom(0, 0, 10, 2_000),
  remember: fc.constantFrom(0, 1, 3, 20_000, 20_000),
  beacons: fc.constantFrom(1, 10),
  retry: fc.constantFrom<'report' | 'resend'>('report', 'report', 'resend').map((whenInDoubt) => ({
    ...defaultRetryPolicy,
    whenInDoubt
  })),
  events: fc.constantFrom(
    { allow: null, deny: [] },
    { allow: null, deny: [] },
    { allow: null, deny: ['signed up'] },
    { allow: ['identify'], deny: [] }
  ),
  skipUnchanged: fc.boolean(),
  checkCampaignLeads: fc.boolean(),
  seed: fc.nat()
})

const pace = fc.constantFrom<Partial<DeliveryOptions>>(
  {},
  {},
  { budget: { callsPerWindow: 6, runningCalls: 4 } },
  { budget: { callsPerWindow: 2, runningCalls: 2 } }
)

const scarce: fc.Arbitrary<Partial<DeliveryOptions>> = fc.record({
  budget: fc.constantFrom(
    { callsPerDay: 2 },
    { callsPerDay: 4, callsPerWindow: 6 },
    { callsPerDay: 9, runningCalls: 2 }
  ),
  shortage: fc.record({
    reserve: fc.constantFrom(0, 0.3, 0.6),
    rest: fc.constantFrom<'wait' | 'give-back'>('wait', 'give-back')
  })
})

const resolving = fc
  .record({
    duplicates: fc.constantFrom<'report' | 'merge'>('report', 'merge'),
    prefer: fc.constantFrom<'first-key' | 'last-updated' | 'first-created'>(
      'first-key',
      'last-updated',
      'first-created'
    ),
    policies: fc.constantFrom(
      {},
      {},
      { city: 'if-empty' as const },
      { company: 'on-create' as const, city: 'if-empty' as const }
    )
  })
  .map((given) => ({ identity: resolveFirst(given) }))

const merged = ({ identity }: { readonly identity: Identity }): Partial<DeliveryOptions> => ({
  identity: identity._tag === 'resolve' ? { ...identity, duplicates: 'merge' } : identity
})

/** Leads that are there before: some of them are one person twice. */
const there = fc.array(
  fc.record({
    where: fc.constantFrom(0, 0, 1),
    who: fc.nat(3),
    fields: fc.uniqueArray(idField, { minLength: 1, maxLength: 3 }),
    city: fc.boolean()
  }),
  { maxLength: 5 }
)

type There = typeof there extends fc.Arbitrary<infer A> ? A : never

/** Two leads of one person, or three. */
const twice: fc.Arbitrary<There> = fc
  .shuffledSubarray<Seed['links']>([['email', 'userId'], ['email'], ['userId']], { minLength: 2 })
  .map((leads) => leads.map((fields) => ({ where: 0, who: 0, fields: [...fields], city: false })))

const worldOf = (options: Partial<DeliveryOptions>, nature: Nature, leads: There): readonly [World, Held] => {
  const marketos = new Map(munchkinIds.map((id) => [String(id), plainMarketo(id, nature)]))
  const world: World = {
    options: { ...defaultDeliveryOptions, ...options },
    marketos,
    given: new Map(),
    ended: new Map(),
    begun: new Map(),
    groups: new Map(),
    checkedEffects: new Map(),
    doubted: new Set(),
    open: [],
    told: 0,
    now: beginning,
    isBlind: false
  }
  for (const { where, who, fields, city } of leads) {
    const marketo = marketos.get(munchkinIds[where] ?? '')
    const record = Object.fromEntries(fields.map((by) => [by, keyValue(by, who, 0)]))
    if (marketo === undefined) continue
    const { id } = create(marketo, city ? { ...record, city: 'Lyon' } : record)
    knownTogether(
      world,
      [...keysIn(record), `id=${id}`].map((key) => `${marketo.munchkinId} ${key}`)
    )
  }
  return [world, { delivery: start([], options) }]
}

/** A delivery that has a token from the start. */
const warm = (world: World, held: Held): void => {
  give(world, held, [givenOf({ ...plainSeed, kind: 'UpsertLead', by: 'email', links: [], who: 3 }, 0)])
  ask(world, held)
  answerOne(world, held, 0, { _tag: 'Truth', asText: false })
}

/** A list of commands is worth many small tries; days that run short are long. */
const { numRuns = 100 } = fc.readConfigureGlobal()

const holds = (
  options: fc.Arbitrary<Partial<DeliveryOptions>>,
  commands: fc.Arbitrary<Iterable<Command>>,
  share: number,
  thereBefore: fc.Arbitrary<There> = fc.constant([])
): void => {
  fc.assert(
    fc.property(options, nature, thereBefore, fc.boolean(), commands, (chosen, own, leads, isWarm, steps) => {
      const [world, held] = worldOf(chosen, own, leads)
      if (isWarm) warm(world, held)
      fc.modelRun(() => ({ model: world, real: held }), steps)
      drain(world, held)
      settled(world, held)
    }),
    { numRuns: Math.ceil(numRuns * share) }
  )
}

const both = (
  one: fc.Arbitrary<Partial<DeliveryOptions>>,
  other: fc.Arbitrary<Partial<DeliveryOptions>>
): fc.Arbitrary<Partial<DeliveryOptions>> => fc.tuple(common, one, other).map(([a, b, c]) => ({ ...a, ...b, ...c }))

const upserting = fc.constant<Partial<DeliveryOptions>>({})

describe('laws', () => {
  it('D1 D2 D4 D5 D6 D7 D8 D9 P2 P4 S3 hold whatever happens to an upsert delivery', () => {
    holds(both(upserting, pace), steps, 0.5)
  })

  it('D1 D2 D4 D5 D6 D7 D8 D9 P2 P4 S3 hold where leads are looked up first, and some are there twice', () => {
    holds(both(resolving, pace), steps, 0.5, there)
  })

  it('D4 D5 D7 hold for one person, in whatever order the calls are carried out and answered', () => {
    holds(both(fc.oneof(upserting, upserting, resolving), fc.constant({})), races, 1)
  })

  it('D4 D5 D7 hold for one person whose leads are merged meanwhile', () => {
    holds(both(resolving.map(merged), fc.constant({})), merges, 1, twice)
  })

  it('D4 D5 D7 hold for leads that are merged meanwhile and named by their numbers', () => {
    // Whom it was merged into is known as long as anything is known of a person.
    holds(both(resolving.map(merged), fc.constant({ remember: 20_000 })), numbersOfMerged, 1, twice)
  })

  it('D4 D5 D7 hold for one person whose leads are merged or deleted meanwhile', () => {
    holds(both(resolving.map(merged), fc.constant({})), mergesAndDeletions, 1, twice)
  })

  it('D7 holds for one person whose leads somebody else merges or deletes, where campaigns look first', () => {
    const looking = fc.constant({ checkCampaignLeads: true, skipUnchanged: false })
    holds(both(fc.oneof(upserting, resolving), looking), othersMergesAndDeletions, 1, twice)
  })

  it('D1 D6 D7 hold where the day runs short', () => {
    holds(both(upserting, scarce), steps, 0.15)
    holds(both(resolving, scarce), steps, 0.15, there)
  })

  it('D1 D7 hold where much is given back', () => {
    holds(both(fc.oneof(upserting, resolving), fc.oneof(pace, scarce)), stepsAndGivingBack, 0.3, there)
  })
})
