/**
 * A Marketo that says yes to everything, made up so that a plan can be walked without one.
 *
 *     identity token        a token for an hour
 *     Sync Leads            every record updated; a key keeps its number
 *     Get Leads             one lead for each key
 *     Add Custom Activities every activity added
 *     a list by its name    is there; a lead is on no list
 *     Data Ingestion        queued
 *     an import             a job that is complete when it is asked for
 *     anything else         done
 *
 * @module
 */
import { isRecord, type Json, type JsonObject, ownMember } from '../ground/json.js'
import type { Call, EndpointName, HttpRequest } from '../intent/descriptor.js'
import { keyText } from '../intent/lead-key.js'
import type { Answer } from '../intent/outcome.js'

/** The made-up numbers of leads, by instance and key. @internal */
export type MadeUpLeads = Map<string, number>

/** Far above the numbers that instances give, so that a made-up lead is none of those that items name. */
const firstNumber = 2 ** 40

/** The number of the lead with a key: what it is written as, where the key is a number of Marketo's. */
const numberOf = (leads: MadeUpLeads, munchkinId: string, lookupField: string, value: string | number): number => {
  if (lookupField === 'id') return Number(value)
  const key = `${munchkinId} ${keyText({ lookupField, value })}`
  const known = leads.get(key)
  const id = known ?? firstNumber + leads.size
  if (known === undefined) leads.set(key, id)
  return id
}

/** A number that nothing else has. */
const newNumber = (leads: MadeUpLeads): number => {
  const id = firstNumber + leads.size
  leads.set(`number ${id}`, id)
  return id
}

const ok = (body: Json): Answer => ({ status: 200, headers: {}, body })

const done = (result: ReadonlyArray<JsonObject>): Answer => ok({ requestId: 'made-up', success: true, result })

/** The records of a request's body. */
const recordsOf = ({ body }: HttpRequest): ReadonlyArray<unknown> => {
  const json: unknown = body !== null && 'json' in body ? body.json : null
  const input = isRecord(json) ? ownMember(json, 'input') : null
  return Array.isArray(input) ? input : []
}

const isKey = (u: unknown): u is string | number => typeof u === 'string' || typeof u === 'number'

const synced = (leads: MadeUpLeads, { descriptor }: Call<HttpRequest>): Answer => {
  const { munchkinId, body } = descriptor
  const json: unknown = body !== null && 'json' in body ? body.json : null
  const field = isRecord(json) ? ownMember(json, 'lookupField') : undefined
  const lookupField = typeof field === 'string' ? field : 'email'
  return done(
    recordsOf(descriptor).map((record) => {
      const value = isRecord(record) ? ownMember(record, lookupField) : undefined
      return { id: numberOf(leads, munchkinId, lookupField, isKey(value) ? value : ''), status: 'updated' }
    })
  )
}

/** What a Get Leads call asks for, wherever its pairs stand. @internal */
export const lookupOf = ({
  query,
  body
}: HttpRequest): {
  readonly lookupField: string
  readonly values: ReadonlyArray<string>
  readonly asksMore: boolean
} => {
  const pairs = new Map(body !== null && 'form' in body ? body.form : query)
  return {
    lookupField: pairs.get('filterType') ?? '',
    values: (pairs.get('filterValues') ?? '').split(','),
    asksMore: (pairs.get('fields') ?? '').split(',').includes('updatedAt')
  }
}

const found = (leads: MadeUpLeads, { descriptor }: Call<HttpRequest>): Answer => {
  const { lookupField, values, asksMore } = lookupOf(descriptor)
  const { munchkinId } = descriptor
  // Who looks before writing asks for more than numbers; a lead that nobody has written yet would be one too many there.
  const known = asksMore
    ? values.filter((value) => leads.has(`${munchkinId} ${keyText({ lookupField, value })}`))
    : values
  return done(
    known.map((value) => ({
      ...(lookupField === 'id' ? {} : { [lookupField]: value }),
      id: numberOf(leads, munchkinId, lookupField, value)
    }))
  )
}

const each =
  (status: string) =>
  (_: MadeUpLeads, { intents }: Call<HttpRequest>): Answer =>
    done(intents.map((_intent, i) => ({ id: i + 1, status })))

const granted = (): Answer => ok({ access_token: 'made-up', token_type: 'bearer', expires_in: 3_600 })

type Yes = (leads: MadeUpLeads, call: Call<HttpRequest>) => Answer

const yes: ReadonlyMap<EndpointName, Yes> = /* @__PURE__ */ new Map<EndpointName, Yes>([
  ['identityToken', granted],
  ['syncLeads', synced],
  ['getLeadsByFilter', found],
  ['addCustomActivities', each('added')],
  ['findList', (leads) => done([{ id: newNumber(leads) }])],
  ['listsOfLead', () => done([])],
  ['ingestPersons', () => ({ status: 202, headers: {}, body: '' })],
  ['importLeads', (leads) => done([{ batchId: newNumber(leads), status: 'Queued' }])],
  ['importLeadsStatus', () => done([{ batchId: 1, status: 'Complete', numOfRowsFailed: 0, numOfRowsWithWarning: 0 }])],
  ['visitWebPage', () => ({ status: 200, headers: {}, body: '' })]
])

const otherwise = /* @__PURE__ */ each('updated')

/** The answer to a call; numbers made up for it are kept. @internal */
export const sayYes = (leads: MadeUpLeads, call: Call<HttpRequest>): Answer =>
  (yes.get(call.descriptor.endpoint) ?? otherwise)(leads, call)
