/**
 * Rule files and events that meet: the words of both are drawn from the same few.
 */
import * as fc from 'fast-check'
import { decodeRecipes, type Recipes } from '../../src/recipes/decode.js'
import { RecipeFile } from '../../src/recipes/file.js'
import { valueFrom } from './codecs.js'

const words = ['Trial Started', 'Report Shared', 'Unsubscribed', 'pro', 'vip', 'beta', 'Account Closed'] as const

/** A word of rules and events alike. */
export const word = fc.constantFrom(...words)

const paths = [
  'properties.plan',
  'properties.seats',
  'properties.a.b',
  'traits.email',
  'traits.industry',
  'traits.tags',
  'context.campaign.source',
  'context.page.path',
  'page.path',
  'page.host',
  'campaign.source',
  'groupId',
  'userId',
  'event',
  'name',
  'time',
  'type'
] as const

const fieldNames = ['leadStatus', 'city', 'productScore', 'lifecycleStage', 'isVip', 'lastSeen', 'plan__c'] as const

const brands = {
  MunchkinId: fc.constantFrom('561-HYG-937', '123-ABC-456'),
  MarketoNumber: fc.integer({ min: 1, max: 5 }).map((n) => 1000 + n),
  Finite: fc.integer({ min: -20, max: 20 }),
  Days: fc.constantFrom(0.5, 1, 7, 30),
  Name: word,
  FieldName: fc.constantFrom(...fieldNames),
  EventPath: fc.constantFrom(...paths)
}

/** What the codec of rule files reads. */
export const recipeJson: fc.Arbitrary<unknown> = valueFrom(brands, word)(RecipeFile)

const isObject = (u: unknown): u is Record<string, unknown> => typeof u === 'object' && u !== null && !Array.isArray(u)

const each = (u: unknown, mend: (one: Record<string, unknown>, i: number) => unknown): unknown =>
  Array.isArray(u) ? u.map((one, i) => (isObject(one) ? mend(one, i) : one)) : u

const numbered = (u: unknown): unknown => each(u, (one, i) => ({ ...one, name: `rule ${i}` }))

const staged = (one: Record<string, unknown>): unknown => {
  const stages = ['first', 'second', 'third']
  return { ...one, stages, rules: each(one.rules, (rule, i) => ({ ...rule, stage: stages[i % 3] })) }
}

const capped = (one: Record<string, unknown>): unknown => ({
  ...one,
  points: each(one.points, ({ cap, ...rest }) =>
    isObject(cap) && typeof rest.points === 'number' && typeof cap.points === 'number'
      ? { ...rest, cap: { ...cap, points: Math.sign(rest.points || 1) * Math.abs(cap.points) } }
      : rest
  )
})

/** Names that differ, stages that are there, caps that fit: what the shape of a file does not say. */
const mended = (u: unknown): unknown => {
  if (!isObject(u)) return u
  const lead = isObject(u.lead) && Array.isArray(u.lead.keys) && u.lead.keys.length === 0 ? {} : u.lead
  const all = {
    ...u,
    lead,
    rules: numbered(u.rules),
    suppressions: numbered(u.suppressions),
    optIns: numbered(u.optIns),
    scores: numbered(each(u.scores, capped)),
    lifecycles: numbered(each(u.lifecycles, staged)),
    behaviors: numbered(u.behaviors)
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

type Read = ReturnType<typeof decodeRecipes>

const isRight = (read: Read): read is Exclude<Read, { readonly _tag: 'Left' }> => read._tag !== 'Left'

/** Rule files that can be used. */
export const recipes: fc.Arbitrary<Recipes> = recipeJson
  .map((u) => decodeRecipes(mended(u)))
  .filter(isRight)
  .map(({ right }) => right)

const people = [
  { userId: 'u1' },
  { userId: 'u2' },
  { userId: 'u1', context: { traits: { email: 'ana@example.com' } } },
  { context: { traits: { email: 'Ana@Example.com' } } },
  { userId: 'u2', context: { traits: { email: 'bo@example.com', industry: 'pro', tags: ['vip'] } } },
  { anonymousId: 'a1' }
] as const

const personas = fc
  .tuple(fc.constantFrom('audience', 'journey_step', 'trait'), fc.constantFrom('vip', 'beta'))
  .map(([computation_class, computation_key]) => ({
    computation_class,
    computation_key,
    computation_id: 'c1',
    external_audience_id: '1042'
  }))

const properties = fc.record(
  {
    plan: word,
    seats: fc.oneof(fc.integer({ min: -5, max: 50 }), fc.constantFrom('7', 'many', null)),
    vip: fc.boolean(),
    beta: fc.boolean(),
    audience_key: fc.constantFrom('vip', 'beta'),
    a: fc.record({ b: word })
  },
  { requiredKeys: [] }
)

/** When events of a test happened: within some days. */
export const eventMillis = fc.integer({ min: 0, max: 40 }).map((n) => 1_714_557_600_000 + n * 21_600_000)

/** Events that the rules above are about. */
export const ruledEvent: fc.Arbitrary<Record<string, unknown>> = fc
  .record({
    type: fc.constantFrom('track', 'track', 'track', 'identify', 'page', 'group', 'delete'),
    who: fc.constantFrom(...people),
    event: fc.oneof(word, fc.constantFrom('Audience Entered', 'Audience Exited')),
    messageId: fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: 1, max: 30 }).map((n) => `m${n}`) },
      { weight: 1, arbitrary: fc.constant(undefined) }
    ),
    at: fc.oneof({ weight: 9, arbitrary: eventMillis }, { weight: 1, arbitrary: fc.constant(undefined) }),
    properties,
    personas: fc.option(personas, { nil: undefined })
  })
  .map(({ type, who, event, messageId, at, properties: given, personas: computed }) => {
    const context = {
      ...('context' in who ? who.context : {}),
      ...(computed === undefined ? {} : { personas: computed })
    }
    const traits = 'context' in who ? { ...given, email: who.context.traits.email } : given
    return {
      type,
      ...('userId' in who ? { userId: who.userId } : type === 'delete' ? { userId: 'u1' } : {}),
      ...('anonymousId' in who ? { anonymousId: who.anonymousId } : {}),
      ...(type === 'track' ? { event, properties: given } : {}),
      ...(type === 'page' ? { name: event, properties: { ...given, url: 'https://www.example.com/pricing' } } : {}),
      ...(type === 'identify' ? { traits } : {}),
      ...(type === 'group' ? { groupId: 'g1', traits: given } : {}),
      ...(messageId === undefined ? {} : { messageId }),
      ...(at === undefined ? {} : { timestamp: new Date(at).toISOString() }),
      context
    }
  })
