/**
 * What a rule does: a closed set of actions, each an intent or two.
 *
 *     write              lead fields                       add-to-score        points onto a number, read first
 *     add-to-list        a static list                     request-campaign    a trigger campaign, with tokens
 *     remove-from-list                                     delete-lead
 *     leave-lists        every list                        sync-company        a company's record
 *     set-status         a program's status                sync-object         a custom object's record
 *     leave-program
 *
 * @module
 */
import * as t from 'io-ts'
import { FieldName, Finite, MarketoNumber, Name, Source, Sources } from './rule-parts.js'

const Folder = /* @__PURE__ */ t.exact(t.type({ id: MarketoNumber, type: t.keyof({ Folder: null, Program: null }) }))

/** A list by its number, by its name, or by its name with where it is to be made. @internal */
export const ListSource = /* @__PURE__ */ t.union(
  [MarketoNumber, Name, t.exact(t.type({ name: Name, createIn: Folder }))],
  'a list: its number, its name, or { name, createIn }'
)

/** A list. @internal */
export type ListSource = t.TypeOf<typeof ListSource>

/** Tokens by name, with or without `my.` in front. @internal */
const Tokens = /* @__PURE__ */ t.record(Name, Source)

const action = <K extends string, R extends t.Props, O extends t.Props>(
  does: K,
  required: R,
  optional: O
): t.ExactC<t.IntersectionC<[t.TypeC<R & { do: t.LiteralC<K> }>, t.PartialC<O>]>> =>
  t.exact(t.intersection([t.type({ ...required, do: t.literal(does) }), t.partial(optional)]))

/** What a rule does. @internal */
export const Action = /* @__PURE__ */ t.union([
  action('write', { fields: Sources }, { create: t.boolean }),
  action('add-to-list', { list: ListSource }, { create: t.boolean }),
  action('remove-from-list', { list: ListSource }, {}),
  action('leave-lists', {}, { except: t.readonlyArray(MarketoNumber) }),
  action('set-status', { program: MarketoNumber, status: Name }, { create: t.boolean }),
  action('leave-program', { program: MarketoNumber }, {}),
  action('request-campaign', { campaign: MarketoNumber }, { tokens: Tokens, create: t.boolean }),
  action('add-to-score', { field: FieldName, points: Finite }, { least: Finite, most: Finite, create: t.boolean }),
  action('delete-lead', {}, {}),
  action('sync-company', { id: Source }, { fields: Sources }),
  action('sync-object', { object: FieldName, dedupeFields: t.readonlyArray(FieldName), fields: Sources }, {})
])

/** What a rule does. @internal */
export type Action = t.TypeOf<typeof Action>
