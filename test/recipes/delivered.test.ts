/**
 * Rules, delivered: events go in at one end, and at the other a Marketo in memory holds what they mean.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Item } from '../../src/delivery/outcome.js'
import { start } from '../../src/delivery/start.js'
import { isDone, takeOutcomes } from '../../src/delivery/state.js'
import { decodeRecipes } from '../../src/recipes/decode.js'
import { folder } from '../../src/recipes/mapper.js'
import { noMemory } from '../../src/recipes/memory.js'
import { settle } from '../../src/recipes/settle.js'
import type { SimulatorOptions } from '../../src/simulator/options.js'
import { campaignRequestsIn, companiesIn, leadsIn, listsIn, programMembersIn } from '../../src/simulator/reading.js'
import { startSimulator } from '../../src/simulator/start.js'
import { drive, type World } from '../delivery/drive.js'
import { deliveredExample } from '../docs/recipe-pages.js'

const recipes = (() => {
  const read = decodeRecipes({
    munchkinId: '561-HYG-937',
    audiences: { lists: { vip: 1001 } },
    suppressions: [{ name: 'Out', lists: 'all' }],
    scores: [
      { name: 's', to: { way: 'total', field: 'productScore' }, points: [{ when: { event: 'Shared' }, points: 10 }] },
      { name: 'a', to: { way: 'add', field: 'addedScore' }, points: [{ when: { event: 'Shared' }, points: 3 }] }
    ]
  })
  return read._tag === 'Left' ? expect.fail(JSON.stringify(read.left)) : read.right
})()

const marketo = (faults: SimulatorOptions['faults'] = []) =>
  startSimulator({
    munchkinId: recipes.munchkinId,
    clientId: 'client',
    clientSecret: 'secret',
    customFields: ['userId', 'productScore', 'addedScore'].map((name) => ({
      name,
      type: name === 'userId' ? 'string' : 'integer'
    })),
    lists: [{ id: 1001, name: 'VIP' }],
    faults
  })

const happening = fc.record({
  who: fc.nat({ max: 4 }),
  what: fc.constantFrom('in', 'out', 'Shared', 'Unsubscribed'),
  at: fc.integer({ min: 1, max: 1000 }),
  message: fc.nat({ max: 40 })
})

type Happening = { readonly who: number; readonly what: string; readonly at: number; readonly message: number }

const eventOf = ({ who, what, at, message }: Happening) => {
  const isMove = what === 'in' || what === 'out'
  const personas = { computation_class: 'audience', computation_key: 'vip' }
  return {
    type: 'track',
    event: isMove ? (what === 'in' ? 'Audience Entered' : 'Audience Exited') : what,
    messageId: `m${message}`,
    userId: `u${who}`,
    timestamp: new Date(1_714_557_600_000 + at * 1000).toISOString(),
    ...(isMove ? { properties: { vip: what === 'in' } } : {}),
    context: { traits: { email: `p${who}@corp.test` }, ...(isMove ? { personas } : {}) }
  }
}

const itemsOf = (all: ReadonlyArray<Happening>): ReadonlyArray<Item> => {
  const fold = folder(recipes)
  let memory = noMemory
  return all.flatMap((one, i) => {
    const [after, mapped] = fold(memory, eventOf(one), 1_714_557_600_000 + 2_000_000 + i)
    memory = after
    const intents = mapped._tag === 'Left' ? [] : mapped.right
    return intents.map((intent, k) => ({ id: `${i}.${k}`, messageId: `m${one.message}`, intent }))
  })
}

/** Of one message, always the same event. */
const consistent = (all: ReadonlyArray<Happening>): ReadonlyArray<Happening> =>
  all.map((one) => all.find(({ message }) => message === one.message) ?? one)

const leadOf = ({ marketo: world }: World, who: number) =>
  leadsIn(world).find(({ fields }) => fields.email === `p${who}@corp.test`)

describe('laws', () => {
  const faults: ReadonlyArray<SimulatorOptions['faults']> = [
    [],
    [{ at: { probability: 0.2, until: 30 }, kind: '606' }],
    [{ at: { probability: 0.2, until: 30 }, kind: 'timeout-after' }],
    [
      { at: { probability: 0.2, until: 30 }, kind: 'timeout-before' },
      { at: { probability: 0.2, until: 30 }, kind: '604' }
    ]
  ]

  it('R1 R2 R4 D1 D7 what Marketo holds at the end is what the events mean, whatever goes wrong on the way', () => {
    fc.assert(
      fc.property(
        fc.array(happening, { minLength: 1, maxLength: 30 }),
        fc.constantFrom(...faults),
        fc.nat(),
        (raw, wrong, turn) => {
          const all = consistent(raw)
          const { kept } = settle(itemsOf(all))
          const world = drive(start(kept), marketo(wrong), { draw: () => turn })
          expect(isDone(world.delivery)).toBe(true)
          const outcomes = takeOutcomes(world.delivery)[1]
          expect(outcomes.map(({ id }) => id).sort()).toEqual(kept.map(({ id }) => id).sort())
          const on = new Set(listsIn(world.marketo).flatMap(({ leadIds }) => leadIds))
          for (const who of new Set(all.map((one) => one.who))) {
            const own = all.filter((one) => one.who === who)
            const lead = leadOf(world, who)
            const latest = (what: string) => Math.max(-1, ...own.flatMap((one) => (one.what === what ? [one.at] : [])))
            const isOut = latest('Unsubscribed') >= 0
            const isMember = latest('in') > latest('out')
            expect(lead !== undefined && on.has(lead.id)).toBe(isMember && !isOut)
            if (isOut) expect(lead?.fields.unsubscribed).toBe(true)
            const shares = new Set(own.flatMap((one) => (one.what === 'Shared' ? [one.message] : []))).size
            if (shares === 0) continue
            expect(lead?.fields.productScore).toBe(10 * shares)
            expect(lead?.fields.addedScore).toBe(3 * shares)
          }
        }
      ),
      { numRuns: Math.min(300, fc.readConfigureGlobal().numRuns ?? 100) }
    )
  })
})

describe('the shipped recipes', () => {
  const ana = (world: World) => leadsIn(world.marketo).find(({ fields }) => fields.email === 'ana@example.com')

  it.each(['enrichment', 'audiences', 'programs', 'scores', 'suppression', 'lifecycle', 'behaviors'])(
    '%s is delivered whole: nothing is refused, nothing is left',
    (name) => {
      const world = deliveredExample(name)
      expect(isDone(world.delivery)).toBe(true)
      const ends = takeOutcomes(world.delivery)[1].map((outcome) =>
        outcome._tag === 'Skipped' ? outcome.remedy : outcome._tag
      )
      expect(ends.filter((end) => end !== 'Applied' && end !== 'accept')).toEqual([])
      expect(ends.length).toBeGreaterThan(0)
    }
  )

  it('enrichment fills the lead, and writes the company', () => {
    const world = deliveredExample('enrichment')
    expect(ana(world)?.fields).toMatchObject({
      firstName: 'Ana',
      signupCampaign: 'spring',
      leadStatus: 'Trial',
      trialPlan: 'pro',
      lastPricingVisit: '2026-03-03T08:00:00Z',
      externalCompanyId: 'acc-77'
    })
    expect(companiesIn(world.marketo).map(({ fields }) => fields.numberOfEmployees)).toEqual([120])
  })

  it('audiences put the lead on the lists that it entered, and off the one that it left', () => {
    const world = deliveredExample('audiences')
    const on = listsIn(world.marketo).flatMap(({ name, leadIds }) => (leadIds.length > 0 ? [name] : []))
    expect(on).toEqual(['Trial power users', 'At risk'])
    expect(ana(world)?.fields).toMatchObject({ isTrialPowerUser: true, lifetimeValue: 1250 })
  })

  it('programs move the member on, and the campaign is asked for with its tokens', () => {
    const world = deliveredExample('programs')
    expect(programMembersIn(world.marketo, 1002).map(({ statusName }) => statusName)).toEqual(['Attended'])
    expect(campaignRequestsIn(world.marketo).map(({ tokens }) => tokens)).toEqual([
      [
        { name: '{{my.product}}', value: 'Blue train' },
        { name: '{{my.total}}', value: '89.9' }
      ]
    ])
  })

  it('scores count a repeated message once', () => {
    expect(ana(deliveredExample('scores'))?.fields.productScore).toBe(40)
  })

  it('suppression leaves the lists and moves to the last status; who opts in later is in', () => {
    const world = deliveredExample('suppression')
    const members = Object.fromEntries(listsIn(world.marketo).map(({ name, leadIds }) => [name, leadIds.length]))
    expect(members).toMatchObject({ 'Trial power users': 0 })
    expect(ana(world)?.fields.unsubscribed).toBe(false)
    const bo = leadsIn(world.marketo).find(({ fields }) => fields.email === 'bo@example.com')
    expect(bo?.fields).toMatchObject({ marketingSuspended: true, marketingSuspendedCause: 'Subscription ended' })
  })

  it('a lifecycle does not step back, and begins what its stages begin', () => {
    const world = deliveredExample('lifecycle')
    expect(ana(world)?.fields.lifecycleStage).toBe('Customer')
    expect(campaignRequestsIn(world.marketo).map(({ campaignId }) => campaignId)).toEqual([1006])
  })

  it('behaviours are counted, with the first and the last time', () => {
    expect(ana(deliveredExample('behaviors'))?.fields).toMatchObject({
      loginCount: 2,
      firstLogin: '2026-03-13T09:00:00Z',
      lastLogin: '2026-03-14T09:00:00Z',
      usesReports: true
    })
  })
})
