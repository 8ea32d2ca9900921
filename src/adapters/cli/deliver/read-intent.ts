/**
 * An intent out of a file: as `map --as intents` writes it, and a dead letter keeps it.
 *
 * Only what a server can send is one here. Members beside those that are known stay away.
 *
 * @module
 */
import * as t from 'io-ts'
import type { KeyedIntent } from '../../../intent/intent.js'
import { MunchkinId } from '../../../marketo/munchkin-id.js'

const nullable = <C extends t.Mixed>(codec: C) => t.union([codec, t.null])
const key = t.strict({ lookupField: t.string, value: t.union([t.string, t.number]) })
const fields = t.record(t.string, t.union([t.string, t.number, t.boolean, t.null]))
const visitor = t.union([
  t.strict({ _tag: t.literal('Cookie'), cookie: t.string }),
  t.strict({ _tag: t.literal('Derived') })
])
const value = t.union([t.string, t.number, t.boolean])
const base = { munchkinId: MunchkinId, lead: key }

const IntentFromFile = t.union([
  t.strict({
    ...base,
    _tag: t.literal('UpsertLead'),
    fields,
    action: t.union([t.literal('createOrUpdate'), t.literal('updateOnly')]),
    partitionName: nullable(t.string)
  }),
  t.strict({ ...base, _tag: t.literal('AssociateCookie'), visitor }),
  t.strict({
    ...base,
    _tag: t.literal('AddCustomActivity'),
    activityTypeId: t.number,
    activityDate: t.string,
    primaryAttributeValue: t.string,
    attributes: t.array(t.union([t.strict({ apiName: t.string, value }), t.strict({ name: t.string, value })]))
  }),
  t.strict({
    ...base,
    _tag: t.literal('VisitPage'),
    visitor,
    page: t.strict({ origin: nullable(t.string), path: t.string, params: t.string, fragment: t.string }),
    referrer: t.string,
    userAgent: t.string,
    ip: nullable(t.string),
    at: t.number
  }),
  t.strict({
    ...base,
    _tag: t.literal('SubmitForm'),
    formId: t.number,
    fields,
    cookie: nullable(t.string),
    page: nullable(t.strict({ url: t.string, params: t.string })),
    userAgent: nullable(t.string),
    ip: nullable(t.string)
  })
])

/** The intent, or undefined where the value is none that a server sends. */
export const readIntent = (u: unknown): KeyedIntent | undefined => {
  const read = IntentFromFile.decode(u)
  return read._tag === 'Right' ? read.right : undefined
}
