/**
 * The parts of a rule: when it applies, and where its values come from.
 *
 *     when   { "type": "track", "event": "Trial Started", "where": [{ "path": "properties.plan", "is": "pro" }] }
 *     value  "Trial" · 10 · true · null                                             itself
 *            { "from": "properties.plan", "type": "string", "default": "none" }     read from the event
 *
 * A path begins with what it is about, and is spelled exactly:
 *
 *     traits       of identify and group the call's own, of any other call `context.traits`
 *     properties   of track, page and screen
 *     context      as it stands: `context.campaign.source`, `context.page.path`, `context.library.name`
 *     page         url, host, path, search, title, referrer: of a page call its properties, else `context.page`
 *     campaign     the same as `context.campaign`
 *     time         of the event, as ISO 8601 text
 *     type, event, name, category, channel, userId, anonymousId, groupId, messageId
 *
 * @module
 */
import * as t from 'io-ts'

/** A whole number above zero, as Marketo numbers lists, programs and campaigns. @internal */
export const MarketoNumber = /* @__PURE__ */ t.refinement(
  t.number,
  (n) => Number.isSafeInteger(n) && n > 0,
  'MarketoNumber'
)

/** A number that is neither infinite nor none. @internal */
export const Finite = /* @__PURE__ */ t.refinement(t.number, (n) => Number.isFinite(n), 'Finite')

/** A number of days. @internal */
export const Days = /* @__PURE__ */ t.refinement(t.number, (n) => Number.isFinite(n) && n > 0, 'Days')

/** Text that is not blank. @internal */
export const Name = /* @__PURE__ */ t.refinement(t.string, (s) => s.trim() !== '', 'Name')

/** The API name of a lead field: it becomes a key of what is sent. @internal */
export const FieldName = /* @__PURE__ */ t.refinement(
  t.string,
  (s) => /^[A-Za-z][A-Za-z0-9_]{0,254}$/.test(s),
  'FieldName'
)

/** What a path may begin with. @internal */
export const roots = [
  'traits',
  'properties',
  'context',
  'page',
  'campaign',
  'time',
  'type',
  'event',
  'name',
  'category',
  'channel',
  'userId',
  'anonymousId',
  'groupId',
  'messageId'
] as const

/** What a path may begin with. @internal */
export type Root = (typeof roots)[number]

/** Roots that hold members, and so need more of a path. */
const holding: ReadonlyArray<Root> = ['traits', 'properties', 'context', 'page', 'campaign']

/** The root of a path and the rest of it. @internal */
export const partsOf = (path: string): readonly [root: Root | undefined, rest: string] => {
  const dot = path.indexOf('.')
  const first = dot < 0 ? path : path.slice(0, dot)
  return [roots.find((root) => root === first), dot < 0 ? '' : path.slice(dot + 1)]
}

const isPath = (path: string): boolean => {
  const [root, rest] = partsOf(path)
  return root !== undefined && holding.includes(root) === (rest !== '') && path.length <= 500
}

/** A place in an event. @internal */
export const EventPath = /* @__PURE__ */ t.refinement(t.string, (s) => isPath(s), 'EventPath')

const Scalar = /* @__PURE__ */ t.union([t.string, Finite, t.boolean], 'text, a number, true or false')
const Scalars = /* @__PURE__ */ t.readonlyArray(Scalar)

/** One name or several. */
const names = /* @__PURE__ */ t.union([Name, t.readonlyArray(Name)], 'a name, or a list of names')

// biome-ignore format: table
const EventType = /* @__PURE__ */ t.keyof({
  identify: null, track: null, page: null, screen: null, group: null, alias: null, delete: null
})

// biome-ignore format: table
const FieldType = /* @__PURE__ */ t.keyof({
  string: null, text: null, email: null, url: null, phone: null, integer: null, score: null, float: null, currency: null,
  percent: null, boolean: null, date: null, datetime: null
})

/**
 * What has to hold of a value: every operator that is there.
 *
 *     is, isNot              equal, of the same kind; isNot holds of what is not there
 *     oneOf, noneOf          equal to one of these, to none
 *     exists                 there, and neither null nor empty text (false: the opposite)
 *     contains               a text with this in it, or a list with it among its members
 *     startsWith, endsWith   a text
 *     like                   a text, with `*` for anything; case does not count
 *     above, below, atLeast, atMost   a number, or digits
 *
 * @internal
 */
export const Condition = /* @__PURE__ */ t.exact(
  t.intersection([
    t.type({ path: EventPath }),
    t.partial({
      is: Scalar,
      isNot: Scalar,
      oneOf: Scalars,
      noneOf: Scalars,
      exists: t.boolean,
      contains: Scalar,
      startsWith: t.string,
      endsWith: t.string,
      like: t.string,
      above: Finite,
      below: Finite,
      atLeast: Finite,
      atMost: Finite
    })
  ])
)

/** What has to hold of a value. @internal */
export type Condition = t.TypeOf<typeof Condition>

/**
 * When a rule applies: to calls of this type, of this name (a track's `event`, a page's or screen's `name`), of which all of `where` hold,
 * one of `any`, and whose address has this state of subscription (`context.messaging_subscriptions`).
 *
 * @internal
 */
export const When = /* @__PURE__ */ t.exact(
  t.partial({
    type: t.union([EventType, t.readonlyArray(EventType)], 'a type of call, or a list of them'),
    event: names,
    name: names,
    where: t.readonlyArray(Condition),
    any: t.readonlyArray(Condition),
    subscription: t.keyof({ subscribed: null, unsubscribed: null })
  })
)

/** When a rule applies. @internal */
export type When = t.TypeOf<typeof When>

const Read = /* @__PURE__ */ t.exact(
  t.intersection([t.type({ from: EventPath }), t.partial({ type: FieldType, default: Scalar })])
)

/** A value, or where it comes from. @internal */
export const Source = /* @__PURE__ */ t.union(
  [t.string, Finite, t.boolean, t.null, Read],
  'a value, or { from, type, default }'
)

/** A value, or where it comes from. @internal */
export type Source = t.TypeOf<typeof Source>

/** Fields, each with its value. @internal */
export const Sources = /* @__PURE__ */ t.record(FieldName, Source)

/** What brands ask for, in words and in JSON Schema. @internal */
export const namedSchemas = {
  MarketoNumber: { description: 'a whole number above zero', type: 'integer', minimum: 1, maximum: 9007199254740991 },
  Finite: { description: 'a number' },
  Days: { description: 'a number above zero', exclusiveMinimum: 0 },
  Name: { description: 'text that is not blank', pattern: '\\S' },
  FieldName: {
    description: 'the API name of a field: a letter, then letters, digits and _',
    pattern: '^[A-Za-z][A-Za-z0-9_]{0,254}$'
  },
  EventPath: {
    description: 'a place in the event, such as properties.plan, traits.industry, page.path or groupId',
    maxLength: 500,
    pattern: `^(?:(?:${holding.join('|')})\\..+|${roots.filter((root) => !holding.includes(root)).join('|')})$`
  },
  MunchkinId: { description: 'a munchkin id, such as 561-HYG-937', pattern: '^[0-9]{3}-[A-Z]{3}-[0-9]{3}$' }
} as const
