/**
 * What rules promise, for any file and any events.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fields, Intent, UpsertLead } from '../../src/intent/intent.js'
import { keyText } from '../../src/intent/lead-key.js'
import type { Mapped } from '../../src/intent/mapped.js'
import { isConsentField } from '../../src/marketo/consent-fields.js'
import { rulesFor } from '../../src/recipes/applying.js'
import { decodeRecipes, type Recipes } from '../../src/recipes/decode.js'
import { folder, mapper } from '../../src/recipes/mapper.js'
import { forgetBefore, type Memory, noMemory } from '../../src/recipes/memory.js'
import { refreshScores } from '../../src/recipes/refresh.js'
import { settle } from '../../src/recipes/settle.js'
import { anyEvent, deepFrozen, foreign, hostileEvent, hostileValue, oddEvent } from '../arbitraries/events.js'
import { fragile } from '../arbitraries/hostile.js'
import { eventMillis, recipes, ruledEvent } from '../arbitraries/recipes.js'

/** When folding begins: behind every event of these laws, for none is counted as of a time to come. */
const start = 1_714_557_600_000 + 11 * 86_400_000

const intentsOf = (mapped: Mapped): ReadonlyArray<Intent> => (mapped._tag === 'Left' ? [] : mapped.right)

/** Events folded one after another, a minute apart. */
const foldAll = (
  file: Recipes,
  events: ReadonlyArray<unknown>
): readonly [memory: Memory, verdicts: ReadonlyArray<Mapped>] => {
  const fold = folder(file)
  let memory = noMemory
  const verdicts = events.map((event, i) => {
    const [after, verdict] = fold(memory, event, start + i * 60_000)
    memory = after
    return verdict
  })
  return [memory, verdicts]
}

const read = (u: unknown): Recipes => {
  const decoded = decodeRecipes(u)
  if (decoded._tag === 'Left') return expect.fail(JSON.stringify(decoded.left))
  return decoded.right
}

const munchkinId = '561-HYG-937'
const events = fc.array(ruledEvent, { maxLength: 25 })

describe('purity', () => {
  it('P1 P2 P4 mapping and folding change nothing that they are given, and answer the same JSON each time', () => {
    fc.assert(
      fc.property(recipes, events, (file, all) => {
        const frozen = deepFrozen(all)
        const [memory, verdicts] = foldAll(deepFrozen(file), frozen)
        expect(foldAll(file, all)).toEqual([memory, verdicts])
        expect(JSON.parse(JSON.stringify([memory, verdicts]))).toEqual([memory, verdicts])
        expect(all.map(mapper(file))).toEqual(frozen.map(mapper(file)))
      })
    )
  })

  it('P3 any value gets a verdict, and leaves the memory usable', () => {
    fc.assert(
      fc.property(recipes, fc.oneof(hostileValue, hostileEvent, oddEvent, anyEvent), (file, event) => {
        const verdict = mapper(file)(event)
        expect(verdict._tag === 'Left' ? verdict.left.length : verdict.right.length).toBeGreaterThan(0)
        const [memory] = folder(file)(noMemory, event, start)
        expect(JSON.parse(JSON.stringify(memory))).toEqual(memory)
      })
    )
    fc.assert(
      fc.property(recipes, ruledEvent, fc.nat({ max: 60 }), (file, event, patience) => {
        const [, verdict] = folder(file)(noMemory, fragile(event, patience), start)
        expect(['Left', 'Right', 'Both']).toContain(verdict._tag)
      })
    )
  })

  it('P5 an event of another realm is read like one of our own', () => {
    fc.assert(
      fc.property(recipes, ruledEvent, (file, event) => {
        expect(mapper(file)(foreign(event))).toEqual(mapper(file)(event))
      })
    )
  })

  it('S3 no problem holds a value of the event', () => {
    const marked = /secret-\d+/
    const secret = fc.nat({ max: 9 }).map((n) => `secret-${n}`)
    const traits = fc.record({ email: secret, plan: secret, industry: secret, vip: secret }, { requiredKeys: [] })
    fc.assert(
      fc.property(recipes, ruledEvent, traits, (file, event, given) => {
        const told = {
          ...event,
          properties: given,
          traits: given,
          context: { ...Object(event.context), traits: given }
        }
        const [, verdict] = folder(file)(noMemory, told, start)
        if (verdict._tag !== 'Right') expect(JSON.stringify(verdict.left)).not.toMatch(marked)
      })
    )
  })

  it('C5 every intent names its lead by key, or is about another record', () => {
    fc.assert(
      fc.property(recipes, events, (file, all) => {
        for (const intent of foldAll(file, all)[1].flatMap(intentsOf))
          expect('lead' in intent ? keyText(intent.lead) !== '' : intent._tag.startsWith('Sync')).toBe(true)
      })
    )
  })

  it('M2 nothing leaves of an event that no rule is about, and no audience', () => {
    let silent = 0
    fc.assert(
      fc.property(recipes, ruledEvent, (file, event) => {
        const applying = rulesFor(file)(event)
        const isOfAudience =
          Object(event.context).personas !== undefined || Object(event.properties).audience_key !== undefined
        const intents = intentsOf(folder(file)(noMemory, event, start)[1])
        if (applying.length > 0 || (file.audiences !== undefined && isOfAudience)) return
        silent += 1
        expect(intents).toEqual([])
      }),
      { examples: [[read({ munchkinId }), { type: 'track', event: 'Other', userId: 'u1' }]] }
    )
    expect(silent).toBeGreaterThan(0)
  })

  it('no rule without an opt-in gives consent back', () => {
    fc.assert(
      fc.property(recipes, events, (file, all) => {
        const { optIns: _, ...rest } = file
        for (const intent of foldAll(rest, all)[1].flatMap(intentsOf))
          if (intent._tag === 'UpsertLead')
            for (const [field, value] of Object.entries(intent.fields))
              if (isConsentField(field)) expect(value).toBe(true)
      })
    )
  })
})

const audienceFile = read({ munchkinId, audiences: { lists: { vip: 1001, beta: 1002 } } })

const change = fc.record({
  key: fc.constantFrom('vip', 'beta'),
  isMember: fc.boolean(),
  at: eventMillis,
  by: fc.constantFrom('identify', 'track')
})

type Change = { readonly key: string; readonly isMember: boolean; readonly at: number; readonly by: string }

const membershipEvent = ({ key, isMember, at, by }: Change): unknown => ({
  type: by,
  userId: 'u1',
  timestamp: new Date(at).toISOString(),
  context: { traits: { email: 'ana@example.com' }, personas: { computation_class: 'audience', computation_key: key } },
  ...(by === 'track'
    ? { event: isMember ? 'Audience Entered' : 'Audience Exited', properties: { audience_key: key, [key]: isMember } }
    : { traits: { email: 'ana@example.com', [key]: isMember } })
})

/** Lists as Marketo keeps them, after these intents. */
const listsAfter = (intents: ReadonlyArray<Intent>): ReadonlySet<string> => {
  const on = new Set<string>()
  for (const intent of intents) {
    if (intent._tag === 'AddToList') on.add(JSON.stringify(intent.list))
    else if (intent._tag === 'RemoveFromList') on.delete(JSON.stringify(intent.list))
    else if (intent._tag === 'LeaveLists') on.clear()
  }
  return on
}

const withIntents = (verdicts: ReadonlyArray<Mapped>): ReadonlyArray<{ readonly intent: Intent }> =>
  verdicts.flatMap(intentsOf).map((intent) => ({ intent }))

describe('audiences', () => {
  it('R1 for a lead not on the list before, entering and then leaving leaves it off, in any order of arrival', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
        const batch = withIntents(changes.map(membershipEvent).map(mapper(audienceFile)))
        const { kept, left } = settle(batch)
        const on = listsAfter(kept.map(({ intent }) => intent))
        for (const [key, listId] of [
          ['vip', 1001],
          ['beta', 1002]
        ] as const) {
          const own = changes.filter((one) => one.key === key)
          const latest = Math.max(...own.map(({ at }) => at))
          const last = own.filter(({ at }) => at === latest)
          // At one time, leaving counts.
          const isOn = last.length > 0 && last.every(({ isMember }) => isMember)
          expect(on.has(JSON.stringify({ listId }))).toBe(isOn)
        }
        expect(kept.length + left.length).toBe(batch.length)
      })
    )
  })
})

const scoreFile = (way: unknown, more: object = {}) =>
  read({
    munchkinId,
    scores: [
      {
        name: 'Product',
        to: way,
        points: [
          { when: { event: 'Report Shared' }, points: 10 },
          { when: { event: 'Trial Started', where: [{ path: 'properties.plan', is: 'pro' }] }, points: -3 }
        ],
        ...more
      }
    ]
  })

const pointsOf = (event: Readonly<Record<string, unknown>>): number =>
  event.type !== 'track'
    ? 0
    : event.event === 'Report Shared'
      ? 10
      : event.event === 'Trial Started' && Object(event.properties).plan === 'pro'
        ? -3
        : 0

/** Events of one person; of one message, always the same. */
const personEvents = fc
  .array(
    fc.record({
      event: fc.constantFrom('Report Shared', 'Trial Started', 'Other'),
      plan: fc.constantFrom('pro', 'free'),
      message: fc.nat({ max: 8 }),
      keys: fc.constantFrom('both', 'email', 'userId'),
      at: eventMillis
    }),
    { maxLength: 25 }
  )
  .map((all) =>
    all
      .map(({ message }) => all.find((one) => one.message === message) ?? all[0])
      .flatMap((one) => (one === undefined ? [] : [one]))
      .map(({ event, plan, message, keys, at }) => ({
        type: 'track',
        event,
        messageId: `m${message}`,
        timestamp: new Date(at).toISOString(),
        properties: { plan },
        ...(keys === 'email' ? {} : { userId: 'u1' }),
        context: keys === 'userId' ? {} : { traits: { email: 'ana@example.com' } }
      }))
  )

/** Both keys in one event: whoever was two people is one from here on. */
const joining = {
  type: 'track',
  event: 'Other',
  messageId: 'join',
  userId: 'u1',
  timestamp: '2024-05-01T10:00:00.000Z',
  context: { traits: { email: 'ana@example.com' } }
}
const last = { ...joining, event: 'Report Shared', messageId: 'last' }

const distinct = <A extends { readonly messageId: string }>(all: ReadonlyArray<A>): ReadonlyArray<A> => [
  ...new Map(all.map((event) => [event.messageId, event])).values()
]

const fieldsOf = (mapped: Mapped | undefined): Fields =>
  (mapped === undefined ? [] : intentsOf(mapped)).find((one): one is UpsertLead => one._tag === 'UpsertLead')?.fields ??
  {}

describe('scores', () => {
  it('R2 without cap or decay the score is the sum over distinct messages, in any order, under any of the keys', () => {
    const file = scoreFile({ way: 'total', field: 'productScore' })
    fc.assert(
      fc.property(personEvents, (all) => {
        const [, verdicts] = foldAll(file, [...all, joining, last])
        const sum = distinct(all).reduce((total, event) => total + pointsOf(event), 10)
        expect(fieldsOf(verdicts.at(-1)).productScore).toBe(sum)
      })
    )
  })

  it('R2 points that are added come to the same sum', () => {
    const file = scoreFile({ way: 'add', field: 'productScore' })
    fc.assert(
      fc.property(personEvents, (all) => {
        const added = foldAll(file, all)[1]
          .flatMap(intentsOf)
          .reduce((sum, intent) => sum + (intent._tag === 'AddToScore' ? intent.points : 0), 0)
        expect(added).toBe(distinct(all).reduce((total, event) => total + pointsOf(event), 0))
      })
    )
  })

  it('R2 a campaign is asked for once for each message that gives points', () => {
    const file = scoreFile({ way: 'campaign', campaign: 1003, token: 'points' })
    fc.assert(
      fc.property(personEvents, (all) => {
        const asked = foldAll(file, all)[1]
          .flatMap(intentsOf)
          .filter(({ _tag }) => _tag === 'RequestCampaign')
        expect(asked.length).toBe(distinct(all).filter((event) => pointsOf(event) !== 0).length)
      })
    )
  })

  it('a capped rule gives no more than its cap, and a bounded score stays within its bounds', () => {
    const capped = read({
      munchkinId,
      scores: [
        {
          name: 'Product',
          to: { way: 'total', field: 'productScore' },
          least: -5,
          most: 60,
          points: [
            { when: { event: 'Report Shared' }, points: 10, cap: { points: 25 } },
            { when: { event: 'Trial Started' }, points: 10, cap: { points: 10, days: 1 } }
          ]
        }
      ]
    })
    fc.assert(
      fc.property(personEvents, (all) => {
        const both = all.map((event) => ({ ...event, userId: 'u1' }))
        const [, verdicts] = foldAll(capped, [joining, ...both, last])
        const reports = Math.min(25, 10 * distinct(both).filter(({ event }) => event === 'Report Shared').length + 10)
        const days = new Set(
          distinct(both).flatMap(({ event, timestamp }) => (event === 'Trial Started' ? [timestamp.slice(0, 10)] : []))
        )
        expect(fieldsOf(verdicts.at(-1)).productScore).toBe(Math.min(60, reports + 10 * days.size))
      })
    )
  })

  it('with a half-life, points count half after it, whenever they arrive', () => {
    const file = scoreFile({ way: 'total', field: 'productScore' }, { halfLifeDays: 1 })
    fc.assert(
      fc.property(personEvents, (all) => {
        const both = distinct(all.map((event) => ({ ...event, userId: 'u1' })))
        const [memory, verdicts] = foldAll(file, [...both, joining, last])
        const counted = [...both, last].filter((event) => pointsOf(event) !== 0)
        const asOf = Math.max(...counted.map(({ timestamp }) => Date.parse(timestamp)))
        const at = (now: number) =>
          counted.reduce(
            (sum, event) => sum + pointsOf(event) * 2 ** (-(now - Date.parse(event.timestamp)) / 86_400_000),
            0
          )
        expect(Math.abs(Number(fieldsOf(verdicts.at(-1)).productScore) - at(asOf))).toBeLessThanOrEqual(0.51)
        const [told, upserts] = refreshScores(file)(memory, asOf + 3 * 86_400_000)
        const now = at(asOf + 3 * 86_400_000)
        for (const { fields } of upserts) expect(Math.abs(Number(fields.productScore) - now)).toBeLessThanOrEqual(0.51)
        expect(refreshScores(file)(told, asOf + 3 * 86_400_000)[1]).toEqual([])
      })
    )
  })
})

const stages = ['Visitor', 'Trial', 'Customer', 'Champion']
const lifecycleFile = read({
  munchkinId,
  lifecycles: [
    {
      name: 'Main',
      field: 'lifecycleStage',
      stages,
      rules: stages.map((stage) => ({
        when: { event: stage },
        stage,
        actions: [{ do: 'set-status', program: 1002, status: stage }]
      }))
    }
  ]
})

describe('lifecycles', () => {
  it('R3 no stage earlier than the latest known is written, and what a stage begins is begun once', () => {
    const stage = fc.record({ stage: fc.constantFrom(...stages), at: eventMillis, key: fc.constantFrom('u1', 'u2') })
    fc.assert(
      fc.property(fc.array(stage, { maxLength: 20 }), (all) => {
        const made = all.map(({ stage: event, at, key }, i) => ({
          type: 'track',
          event,
          userId: key,
          messageId: `m${i}`,
          timestamp: new Date(at).toISOString()
        }))
        const known = new Map<string, number>()
        foldAll(lifecycleFile, made)[1].forEach((verdict, i) => {
          const { stage: name = '', key = '' } = all[i] ?? {}
          const before = known.get(key) ?? -1
          const index = stages.indexOf(name)
          const intents = intentsOf(verdict)
          expect(fieldsOf(verdict).lifecycleStage).toBe(index > before ? name : undefined)
          expect(intents.filter(({ _tag }) => _tag === 'SetProgramStatus').length).toBe(index > before ? 1 : 0)
          known.set(key, Math.max(before, index))
        })
      })
    )
  })
})

const suppressionFile = read({
  munchkinId,
  suppressions: [{ name: 'Out', lists: 'all' }],
  optIns: [{ name: 'In', when: { event: 'Subscribed' } }],
  rules: [
    {
      name: 'Engage',
      when: { event: 'Trial Started' },
      actions: [
        { do: 'add-to-list', list: 1001 },
        { do: 'set-status', program: 1002, status: 'Member' },
        { do: 'request-campaign', campaign: 1003 }
      ]
    }
  ]
})

describe('suppression', () => {
  it('R4 suppression wins over every enrolment of the batch, unless an opt-in is later', () => {
    const happening = fc.record({
      event: fc.constantFrom('Unsubscribed', 'Subscribed', 'Trial Started'),
      at: eventMillis,
      keys: fc.constantFrom('both', 'email')
    })
    fc.assert(
      fc.property(fc.array(happening, { minLength: 1, maxLength: 10 }), (all) => {
        const made = all.map(({ event, at, keys }) => ({
          type: 'track',
          event,
          timestamp: new Date(at).toISOString(),
          ...(keys === 'both' ? { userId: 'u1' } : {}),
          context: { traits: { email: 'ana@example.com' } }
        }))
        const { kept } = settle(withIntents(made.map(mapper(suppressionFile))))
        const latest = (name: string): number =>
          Math.max(Number.NEGATIVE_INFINITY, ...all.flatMap(({ event, at }) => (event === name ? [at] : [])))
        const isOut =
          latest('Unsubscribed') > Number.NEGATIVE_INFINITY && latest('Unsubscribed') >= latest('Subscribed')
        const engaging = kept.filter(({ intent }) => 'purpose' in intent && intent.purpose === 'engage')
        if (isOut) expect(engaging).toEqual([])
        else if (latest('Trial Started') > Math.max(latest('Unsubscribed'), latest('Subscribed')))
          expect(engaging.length).toBeGreaterThan(0)
        // Whatever the order of delivery, the last word on consent is the later one.
        const said = kept.flatMap(({ intent }) => (intent._tag === 'UpsertLead' ? [intent.fields.unsubscribed] : []))
        const words = new Set(said.filter((one) => one !== undefined))
        const isAsked =
          latest('Unsubscribed') > Number.NEGATIVE_INFINITY || latest('Subscribed') > Number.NEGATIVE_INFINITY
        expect([...words]).toEqual(isAsked ? [isOut] : [])
      })
    )
  })

  it('settling again changes nothing, and nothing leaves unsaid', () => {
    fc.assert(
      fc.property(recipes, events, (file, all) => {
        const batch = withIntents(foldAll(file, all)[1])
        const once = settle(batch)
        expect(once.kept.length + once.left.length).toBe(batch.length)
        expect(settle(once.kept)).toEqual({ kept: once.kept, left: [] })
      })
    )
  })
})

describe('memory', () => {
  it('D8 survives JSON between any two events', () => {
    fc.assert(
      fc.property(recipes, events, (file, all) => {
        const fold = folder(file)
        let memory = noMemory
        const verdicts = all.map((event, i) => {
          const [after, verdict] = fold(JSON.parse(JSON.stringify(memory)), event, start + i * 60_000)
          memory = after
          return verdict
        })
        expect([memory, verdicts]).toEqual(foldAll(file, all))
      })
    )
  })

  it('forgets people of whom nothing was heard, and nobody else', () => {
    const file = scoreFile({ way: 'total', field: 'productScore' })
    const report = (userId: string, n: number) => ({
      type: 'track',
      event: 'Report Shared',
      messageId: `${userId}${n}`,
      userId
    })
    const fold = folder(file)
    const [one] = fold(noMemory, report('u1', 1), 1000)
    const [two] = fold(one, report('u2', 1), 2000)
    const after = forgetBefore(two, 1500)
    expect(fieldsOf(fold(after, report('u1', 2), 3000)[1]).productScore).toBe(10)
    expect(fieldsOf(fold(after, report('u2', 2), 3000)[1]).productScore).toBe(20)
    expect(JSON.stringify(after)).not.toContain('u1')
    expect(JSON.stringify(forgetBefore(two, 1000))).toContain('u1')
    const [again] = fold(two, report('u1', 2), 3000)
    const [early] = fold(again, report('u1', 3), 500)
    expect(JSON.stringify(forgetBefore(early, 3000))).toContain('u1')
    const both = {
      type: 'track',
      event: 'Report Shared',
      messageId: 'b',
      userId: 'u1',
      context: { traits: { email: 'ana@example.com' } }
    }
    const [joint] = fold(fold(early, { ...both, userId: undefined, messageId: 'e' }, 500)[0], both, 400)
    expect(JSON.stringify(forgetBefore(joint, 3000))).toContain('u1')
  })
})
