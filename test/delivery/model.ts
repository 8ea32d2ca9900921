/**
 * A plain model of Marketo for the step function to be held against: maps and lists, written apart from the simulator, so that a mistake
 * in the one is no mistake in the other.
 *
 *     leads       number ──▶ fields          effects   what was done, in the order in which Marketo did it
 *     cookies     cookie ──▶ number          merged    loser ──▶ winner
 *
 * It answers in Marketo's shapes (Adobe "Leads", "Activities", "Error Codes") and can be told to fail in all of its ways: before the effect
 * or after it, as a whole or for one record.
 *
 * @module
 */
import type { LostCall } from '../../src/delivery/receive.js'
import type { HttpRequest } from '../../src/intent/descriptor.js'
import type { Answer } from '../../src/intent/outcome.js'

/** No state may ever hold this text: it begins every token. */
export const tokenMark = 'TOKEN-OF-THE-MODEL'

type Bag = Readonly<Record<string, unknown>>

/** One lead; `keys` are all that it ever had in fields that identify people. */
export interface ModelLead {
  readonly id: number
  readonly fields: Map<string, unknown>
  readonly keys: Set<string>
}

/** Something that Marketo did. `marks` are the texts by which the items of it are known. */
export interface Effect {
  readonly kind: 'lead' | 'activity' | 'visit' | 'cookie' | 'merge' | 'belonging'
  readonly munchkinId: string
  readonly leadId: number
  readonly isNew: boolean
  readonly record: Bag
}

/** What an instance is like: how it answers a field that it lacks, a company's field, and a bad value. */
export interface Nature {
  readonly lacks: 'nothing' | 'record' | 'call'
  readonly keepsCompany: boolean
  readonly bad: 'record' | 'call'
  readonly tokenLives: number
}

/** An instance. */
export interface PlainMarketo {
  readonly munchkinId: string
  readonly nature: Nature
  readonly leads: Map<number, ModelLead>
  readonly merged: Map<number, number>
  readonly cookies: Map<string, number>
  readonly lists: Map<string, number>
  readonly effects: Array<Effect>
  nextLead: number
  tokens: number
}

/** An instance with nobody in it. */
export const plainMarketo = (munchkinId: string, nature: Nature): PlainMarketo => ({
  munchkinId,
  nature,
  leads: new Map(),
  merged: new Map(),
  cookies: new Map(),
  lists: new Map(),
  effects: [],
  nextLead: 1,
  tokens: 0
})

/** Fields that identify people. */
export const idFields = ['email', 'userId', 'anonymousId']

/** How Marketo compares: email without regard to case and blanks around, the rest as it stands. */
export const folded = (field: string, value: unknown): string =>
  `${field}=${field === 'email' ? String(value).trim().toLowerCase() : String(value)}`

/** The keys in a record. */
export const keysIn = (record: Bag): ReadonlyArray<string> =>
  idFields.flatMap((field) =>
    record[field] === undefined || record[field] === null || record[field] === '' ? [] : [folded(field, record[field])]
  )

const bagOf = (u: unknown): Bag => (typeof u === 'object' && u !== null ? Object.fromEntries(Object.entries(u)) : {})
const listOf = (u: unknown): ReadonlyArray<unknown> => (Array.isArray(u) ? u : [])

/** The number that a lead has after merges. */
export const liveId = ({ merged }: PlainMarketo, id: number): number => {
  let at = id
  for (let to = merged.get(at); to !== undefined; to = merged.get(at)) at = to
  return at
}

/** The leads with a key. */
export const leadsBy = ({ leads }: PlainMarketo, field: string, value: unknown): ReadonlyArray<ModelLead> =>
  field === 'id'
    ? [...leads.values()].filter(({ id }) => String(id) === String(value))
    : [...leads.values()].filter(
        ({ fields }) => fields.has(field) && folded(field, fields.get(field)) === folded(field, value)
      )

const write = (lead: ModelLead, record: Bag): void => {
  for (const [name, value] of Object.entries(record)) {
    if (name === 'id') continue
    if (value === null || value === '') lead.fields.delete(name)
    else lead.fields.set(name, value)
  }
  for (const key of keysIn(record)) lead.keys.add(key)
}

/** A new lead of these fields. */
export const create = (marketo: PlainMarketo, record: Bag): ModelLead => {
  const lead: ModelLead = { id: marketo.nextLead, fields: new Map(), keys: new Set() }
  marketo.nextLead += 1
  marketo.leads.set(lead.id, lead)
  write(lead, record)
  lead.fields.set('createdAt', `2024-01-01T00:00:${String(lead.id).padStart(2, '0')}Z`)
  lead.fields.set('updatedAt', `2024-01-02T00:00:${String((lead.id * 7) % 60).padStart(2, '0')}Z`)
  return lead
}

const ok = (body: unknown): Answer => ({ status: 200, headers: {}, body })

/** A call that was refused as a whole. */
export const refused = (code: string, message: string): Answer =>
  ok({ requestId: 'q', success: false, errors: [{ code, message }] })

const skipped = (list: 'reasons' | 'errors', code: string, message: string): Bag => ({
  status: 'skipped',
  [list]: [{ code, message }]
})

/** Which record of a call is to be skipped for no fault of its own, and with which code. */
export interface Spite {
  readonly at: number
  readonly code: string
}

const done = (marketo: PlainMarketo, kind: Effect['kind'], leadId: number, isNew: boolean, record: Bag): void => {
  marketo.effects.push({ kind, munchkinId: marketo.munchkinId, leadId, isNew, record })
}

const writeLead = (marketo: PlainMarketo, record: Bag, field: string, action: unknown): Bag => {
  const found = leadsBy(marketo, field, record[field])
  const [lead, other] = found
  if (other !== undefined) return skipped('reasons', '1007', 'Multiple lead match lookup criteria')
  if (lead === undefined && (action === 'updateOnly' || field === 'id')) {
    return skipped('reasons', '1004', 'Lead not found')
  }
  if (lead !== undefined) write(lead, record)
  const own = lead ?? create(marketo, record)
  done(marketo, 'lead', own.id, lead === undefined, record)
  return { id: own.id, status: lead === undefined ? 'created' : 'updated' }
}

const syncLeads = (marketo: PlainMarketo, body: Bag, spite: Spite | undefined): Answer => {
  const { nature } = marketo
  const input = listOf(body.input).map(bagOf)
  if (nature.lacks === 'call' && input.some((one) => 'nope' in one)) return refused('1006', "Field 'nope' not found")
  if (nature.bad === 'call' && input.some((one) => one.seats === 'bad')) return refused('1003', 'bad value')
  const result = input.map((one, k) => {
    if (spite?.at === k) return skipped('reasons', spite.code, 'for no fault of its own')
    if (nature.lacks === 'record' && 'nope' in one) return skipped('reasons', '1006', "Field 'nope' not found")
    if (nature.keepsCompany && 'company' in one) return skipped('reasons', '1021', 'Company update not allowed')
    if (one.seats === 'bad') return skipped('reasons', '1003', 'bad value')
    return writeLead(marketo, one, String(body.lookupField), body.action)
  })
  return ok({ requestId: 'q', success: true, result })
}

const submitForm = (marketo: PlainMarketo, body: Bag): Answer => {
  const fields = bagOf(bagOf(listOf(body.input)[0]).leadFormFields)
  if (fields.seats === 'bad') return ok({ success: true, result: [skipped('reasons', '1003', 'bad value')] })
  const [lead] = leadsBy(marketo, 'email', fields.email)
  if (lead !== undefined) write(lead, fields)
  const own = lead ?? create(marketo, fields)
  done(marketo, 'lead', own.id, false, fields)
  return ok({ success: true, result: [{ id: own.id, status: lead === undefined ? 'created' : 'updated' }] })
}

const isBadActivity = (one: Bag): boolean =>
  listOf(one.attributes).some((attribute) => bagOf(attribute).value === 'bad')

const addActivities = (marketo: PlainMarketo, body: Bag, spite: Spite | undefined): Answer => {
  const input = listOf(body.input).map(bagOf)
  if (marketo.nature.bad === 'call' && input.some(isBadActivity)) return refused('1003', 'bad value')
  // A lead that is not there is not there for any activity of the call.
  const isSpited = (one: Bag, k: number): boolean =>
    spite?.code === '1004' ? input[spite.at]?.leadId === one.leadId : spite?.at === k
  const result = input.map((one, k) => {
    const leadId = Number(one.leadId)
    if (spite !== undefined && isSpited(one, k)) return skipped('errors', spite.code, 'for no fault of its own')
    if (isBadActivity(one)) return skipped('errors', '1003', 'bad value')
    if (!marketo.leads.has(leadId)) return skipped('errors', '1004', 'Lead not found')
    done(marketo, 'activity', leadId, false, one)
    return { id: 1, marketoGUID: 'g', status: 'added' }
  })
  return ok({ requestId: 'q', success: true, result })
}

const pairsOf = ({ query, body }: HttpRequest): Bag =>
  Object.fromEntries(body !== null && 'form' in body ? body.form : query)

const getLeads = (marketo: PlainMarketo, pairs: Bag): Answer => {
  const field = String(pairs.filterType)
  const found = String(pairs.filterValues)
    .split(',')
    .flatMap((value) => leadsBy(marketo, field, value))
  const result = [...new Set(found)].map(({ id, fields }) =>
    Object.fromEntries(
      String(pairs.fields)
        .split(',')
        .map((name) => [name, name === 'id' ? id : (fields.get(name) ?? null)])
    )
  )
  return ok({ requestId: 'q', success: true, result })
}

const associate = (marketo: PlainMarketo, leadId: number, cookie: string): Answer => {
  if (!marketo.leads.has(leadId)) return refused('1004', 'Lead not found')
  marketo.cookies.set(cookie, leadId)
  done(marketo, 'cookie', leadId, false, { cookie })
  return ok({ requestId: 'q', success: true })
}

/** Merges leads into another, whoever does it; whether all of them are there. */
export const mergeInto = (marketo: PlainMarketo, winnerId: number, losers: ReadonlyArray<number>): boolean => {
  const winner = marketo.leads.get(winnerId)
  if (winner === undefined || losers.some((id) => !marketo.leads.has(id))) return false
  for (const id of losers) {
    const loser = marketo.leads.get(id)
    for (const [name, value] of loser?.fields ?? []) if (!winner.fields.has(name)) winner.fields.set(name, value)
    for (const key of loser?.keys ?? []) winner.keys.add(key)
    marketo.leads.delete(id)
    marketo.merged.set(id, winnerId)
  }
  return true
}

const merge = (marketo: PlainMarketo, winnerId: number, losers: ReadonlyArray<number>): Answer => {
  if (!mergeInto(marketo, winnerId, losers)) return refused('1004', 'Lead not found')
  done(marketo, 'merge', winnerId, false, { losers })
  return ok({ requestId: 'q', success: true })
}

/** What leads belong to is numbered by the item that is about it: so the number tells the item. */
export const firstThing = 1_000

/** Something is done to each lead of a call. */
const belong = (
  marketo: PlainMarketo,
  thing: string | undefined,
  leadIds: ReadonlyArray<number>,
  status: string,
  name: 'id' | 'leadId',
  spite: Spite | undefined
): Answer => {
  const result = leadIds.map((leadId, k) => {
    if (spite?.at === k) return skipped('reasons', spite.code, 'for no fault of its own')
    if (!marketo.leads.has(leadId)) return skipped('reasons', '1004', 'Lead not found')
    done(marketo, 'belonging', leadId, false, { mark: `i${Number(thing) - firstThing}` })
    return { seq: k, [name]: leadId, status }
  })
  return ok({ requestId: 'q', success: true, result })
}

/** A lead that is gone leaves nothing behind. */
const deleteLeads = (marketo: PlainMarketo, leadIds: ReadonlyArray<number>, spite: Spite | undefined): Answer => {
  const result = leadIds.map((id, k) => {
    if (spite?.at === k) return skipped('reasons', spite.code, 'for no fault of its own')
    return marketo.leads.delete(id) ? { id, status: 'deleted' } : skipped('reasons', '1004', 'Lead not found')
  })
  return ok({ requestId: 'q', success: true, result })
}

/** A campaign tells of no single lead. */
const requestCampaign = (
  marketo: PlainMarketo,
  thing: string | undefined,
  body: Bag,
  spite: Spite | undefined
): Answer => {
  const result = { id: Number(thing), ...(spite === undefined ? {} : skipped('reasons', spite.code, 'no campaign')) }
  if (spite === undefined)
    belong(marketo, thing, numbersIn(bagOf(body.input).leads, 'id'), 'requested', 'id', undefined)
  return ok({ requestId: 'q', success: true, result: [result] })
}

const numbersIn = (u: unknown, name: string): ReadonlyArray<number> => listOf(u).map((one) => Number(bagOf(one)[name]))

/** A list is found where one bears the name; the name tells whose list it is. */
const findList = ({ lists }: PlainMarketo, name: string): Answer => {
  const id = lists.get(name)
  return ok({ requestId: 'q', success: true, ...(id === undefined ? {} : { result: [{ id, name }] }) })
}

const makeList = ({ lists }: PlainMarketo, name: string): Answer => {
  if (lists.has(name)) return refused('709', 'A list of this name is in the folder already')
  const id = firstThing + Number(name.slice(1))
  lists.set(name, id)
  return ok({ requestId: 'q', success: true, result: [{ id, name }] })
}

const grantToken = (marketo: PlainMarketo): Answer => {
  marketo.tokens += 1
  const access_token = `${tokenMark}-${marketo.tokens}`
  // A token may be handed out in its last second, though not for ever.
  const lives = marketo.nature.tokenLives === 0 && marketo.tokens % 3 === 0 ? 3_600 : marketo.nature.tokenLives
  return ok({ access_token, token_type: 'bearer', expires_in: lives, scope: 'a@b.test' })
}

/** Does what a call asks, and answers truly. */
export const carriedOut = (marketo: PlainMarketo, call: HttpRequest, spite?: Spite): Answer => {
  const json = call.body !== null && 'json' in call.body ? bagOf(call.body.json) : {}
  const pairs = pairsOf(call)
  switch (call.endpoint) {
    case 'identityToken':
      return grantToken(marketo)
    case 'syncLeads':
      return syncLeads(marketo, json, spite)
    case 'submitForm':
      return submitForm(marketo, json)
    case 'addCustomActivities':
      return addActivities(marketo, json, spite)
    case 'getLeadsByFilter':
      return getLeads(marketo, pairs)
    case 'associateLead':
      return associate(marketo, Number(call.path[3]), String(pairs.cookie))
    case 'mergeLeads':
      return merge(marketo, Number(call.path[3]), String(pairs.leadIds).split(',').map(Number))
    case 'addToList':
      return belong(marketo, call.path[3], numbersIn(json.input, 'id'), 'added', 'id', spite)
    case 'removeFromList':
      return belong(
        marketo,
        call.path[3],
        call.query.map(([, id]) => Number(id)),
        'removed',
        'id',
        spite
      )
    case 'syncProgramStatus':
      return belong(marketo, call.path[3], numbersIn(json.input, 'leadId'), 'created', 'leadId', spite)
    case 'deleteProgramMembers':
      return belong(marketo, call.path[3], numbersIn(json.input, 'leadId'), 'deleted', 'leadId', spite)
    case 'requestCampaign':
      return requestCampaign(marketo, call.path[3], json, spite)
    case 'deleteLeads':
      return deleteLeads(marketo, numbersIn(json.input, 'id'), spite)
    case 'findList':
      return findList(marketo, String(pairs.name))
    case 'createList':
      return makeList(marketo, String(pairs.name))
    case 'visitWebPage':
      done(marketo, 'visit', 0, false, pairs)
      return { status: 200, headers: {}, body: '' }
    default:
      return refused('610', 'Requested resource not found')
  }
}

/** How a call goes wrong. `effect` says whether it is carried out all the same. */
export type Trouble =
  | { readonly _tag: 'Truth'; readonly asText: boolean }
  | { readonly _tag: 'Lost'; readonly effect: boolean }
  | { readonly _tag: 'Html'; readonly effect: boolean }
  | { readonly _tag: 'Garbage'; readonly effect: boolean; readonly which: number }
  | { readonly _tag: 'Code'; readonly code: string; readonly effect: boolean }
  | { readonly _tag: 'Skip'; readonly spite: Spite }
  | { readonly _tag: 'Short' | 'Long' }

const garbage: ReadonlyArray<unknown> = [
  null,
  'not json',
  '{"success": tru',
  42,
  [],
  {},
  { success: 'true' },
  { success: false },
  { success: null, result: [{ id: 1 }] },
  '<html>'
]

const html: Answer = {
  status: 502,
  headers: { 'content-type': 'text/html' },
  body: '<html><h1>Bad Gateway</h1></html>'
}
const lost: LostCall = { kind: 'lost' }

const words: Readonly<Record<string, string>> = {
  '1006': "Field 'zzz' not found",
  '1011': 'Field not supported',
  '1021': 'Company update not allowed'
}

/** An answer that tells less, or more, than was done. A lookup may only tell less if it says that there is more. */
const resized = ({ status, headers, body }: Answer, isLookup: boolean, tag: 'Short' | 'Long'): Answer => {
  const bag = bagOf(body)
  if (!Array.isArray(bag.result)) return { status, headers, body }
  const told: ReadonlyArray<unknown> = bag.result
  if (isLookup) return { status, headers, body: { ...bag, result: told.slice(0, -1), moreResult: true } }
  const result = tag === 'Short' ? told.slice(0, -1) : [...told, { id: 999, status: 'updated' }]
  return { status, headers, body: { ...bag, result } }
}

const isIdentity = ({ endpoint }: HttpRequest): boolean => endpoint === 'identityToken'

/** Faults that the identity endpoint and the beacons do not know answer truly there. */
const fits = (call: HttpRequest, trouble: Trouble): boolean =>
  trouble._tag === 'Lost' ||
  trouble._tag === 'Html' ||
  trouble._tag === 'Truth' ||
  (call.host === 'rest' && !(trouble._tag === 'Skip' && call.endpoint === 'getLeadsByFilter')) ||
  (isIdentity(call) && trouble._tag === 'Garbage')

/** Whether an answer of that kind can come from a Marketo that has carried the call out. */
const fitsDone = (trouble: Trouble): boolean => (trouble._tag === 'Code' ? trouble.effect : trouble._tag !== 'Skip')

/** What becomes of a call: the trouble as far as it fits. A call may have been carried out a while ago, and be answered only now. */
export const fitting = (call: HttpRequest, trouble: Trouble, isDone: boolean): Trouble =>
  fits(call, trouble) && (!isDone || fitsDone(trouble)) ? trouble : { _tag: 'Truth', asText: false }

/** Answers a call with a trouble that fits; `done` is the true answer where it was carried out before. */
export const answered = (
  marketo: PlainMarketo,
  call: HttpRequest,
  trouble: Trouble,
  done: Answer | null
): Answer | LostCall => {
  const truth = (): Answer => done ?? carriedOut(marketo, call)
  if ('effect' in trouble && trouble.effect) truth()
  switch (trouble._tag) {
    case 'Truth': {
      const answer = truth()
      return trouble.asText ? { ...answer, body: JSON.stringify(answer.body) } : answer
    }
    case 'Lost':
      return lost
    case 'Html':
      return html
    case 'Garbage':
      return ok(garbage[trouble.which % garbage.length])
    case 'Code':
      return refused(trouble.code, words[trouble.code] ?? 'for no fault of its own')
    case 'Skip':
      return carriedOut(marketo, call, trouble.spite)
    case 'Short':
    case 'Long':
      return resized(truth(), call.endpoint === 'getLeadsByFilter', trouble._tag)
  }
}
