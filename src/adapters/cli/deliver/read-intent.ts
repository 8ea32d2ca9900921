/**
 * An intent out of a file: as `map --as intents` writes it, and a dead letter keeps it.
 *
 * Only what a server can send is one here. Members beside those that are known stay away.
 *
 * @module
 */
import * as t from 'io-ts'
import type { ServerIntent } from '../../../intent/intent.js'
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
const at = nullable(t.number)
const list = t.union([
  t.strict({ listId: t.number }),
  t.strict({
    name: t.string,
    createIn: nullable(t.strict({ id: t.number, type: t.union([t.literal('Folder'), t.literal('Program')]) }))
  })
])
const purpose = t.keyof({ engage: null, suppress: null, measure: null })
const score = nullable(t.number)

const IntentFromFile = t.union([
  t.exact(
    t.intersection([
      t.type({
        ...base,
        _tag: t.literal('UpsertLead'),
        fields,
        action: t.union([t.literal('createOrUpdate'), t.literal('updateOnly')]),
        partitionName: nullable(t.string)
      }),
      t.partial({ at, consent: t.union([t.literal('opt-out'), t.literal('opt-in')]) })
    ])
  ),
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
  }),
  t.strict({ ...base, _tag: t.literal('AddToList'), list, purpose, at }),
  t.strict({ ...base, _tag: t.literal('RemoveFromList'), list, at }),
  t.strict({ ...base, _tag: t.literal('LeaveLists'), except: t.array(t.number), at }),
  t.strict({ ...base, _tag: t.literal('SetProgramStatus'), programId: t.number, statusName: t.string, purpose, at }),
  t.strict({ ...base, _tag: t.literal('LeaveProgram'), programId: t.number, at }),
  t.strict({
    ...base,
    _tag: t.literal('RequestCampaign'),
    campaignId: t.number,
    tokens: t.array(t.strict({ name: t.string, value: t.string })),
    purpose,
    at
  }),
  t.strict({
    ...base,
    _tag: t.literal('AddToScore'),
    field: t.string,
    points: t.number,
    least: score,
    most: score
  }),
  t.strict({ ...base, _tag: t.literal('DeleteLead') }),
  t.strict({ munchkinId: MunchkinId, _tag: t.literal('SyncCompany'), externalCompanyId: t.string, fields }),
  t.strict({
    munchkinId: MunchkinId,
    _tag: t.literal('SyncCustomObject'),
    objectName: t.string,
    dedupeFields: t.array(t.string),
    fields
  })
])

/** The intent, or undefined where the value is none that a server sends. */
export const readIntent = (u: unknown): ServerIntent | undefined => {
  const read = IntentFromFile.decode(u)
  return read._tag === 'Right' ? read.right : undefined
}
