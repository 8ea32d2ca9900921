/**
 * Filling the empty places of a call from earlier answers.
 *
 *     slots: [{ at: ['path', 3], step: 0, pick: ['result', 0, 'id'] }]
 *              └ where it belongs  └ answer 0 …  └ … tells it here
 *
 * Only numbers of leads and lists are ever filled in, and only into places that stand empty, so neither an event nor an answer can put anything else
 * into a request.
 *
 * @module
 */
import type * as E from 'fp-ts/Either'
import { isRecord, type Json, type JsonObject, kindOf, ownMember } from '../ground/json.js'
import { type Path, printPath } from '../ground/path.js'
import { malformed, missing, type Problem } from '../ground/problem.js'
import type { Call, HttpRequest, Slot } from '../intent/descriptor.js'
import type { Answer } from '../intent/outcome.js'
import { bodyValue } from './envelope.js'
import { isMarketoId } from './lead-ref.js'

const memberAt = (u: unknown, key: string | number): unknown => {
  if (typeof key === 'number') return Array.isArray(u) ? u[key] : undefined
  return isRecord(u) ? ownMember(u, key) : undefined
}

/** What stands at a path, or undefined, also where reading it throws. */
const picked = (u: unknown, path: Path): unknown => {
  try {
    return path.reduce<unknown>(memberAt, u)
  } catch {
    return undefined
  }
}

const parsed = (answer: Answer | undefined): unknown => {
  try {
    return bodyValue(answer?.body)
  } catch {
    return undefined
  }
}

const isList = (json: Json | undefined): json is ReadonlyArray<Json> => Array.isArray(json)

const isObject = (json: Json | undefined): json is JsonObject => isRecord(json)

/** The value with a number in the empty place at `path`, or undefined when nothing stands empty there. */
const filled = (json: Json | undefined, path: Path, leadId: number): Json | undefined => {
  const [head, ...rest] = path
  if (head === undefined) return json === null ? leadId : undefined
  if (typeof head === 'number' && isList(json)) {
    const member = filled(json[head], rest, leadId)
    return member === undefined ? undefined : json.map((old, i) => (i === head ? member : old))
  }
  if (typeof head !== 'string' || !isObject(json)) return undefined
  const member = filled(json[head], rest, leadId)
  return member === undefined ? undefined : { ...json, [head]: member }
}

/** The value with null in the place of what stands at `path`. */
const emptied = (json: Json, path: Path): Json => {
  const [head, ...rest] = path
  if (head === undefined) return null
  if (isList(json)) return json.map((old, i) => (i === head ? emptied(old, rest) : old))
  return isObject(json) && typeof head === 'string' ? { ...json, [head]: emptied(json[head] ?? null, rest) } : json
}

/** The request with an empty place at `at`, where something stands in the path, the query or the JSON body. @internal */
export const withEmpty = (request: HttpRequest, at: Path): HttpRequest => {
  const [place, index, ...rest] = at
  const { path, query, body } = request
  if (place === 'path') return { ...request, path: path.map((part, i) => (i === index ? '' : part)) }
  if (place === 'query')
    return { ...request, query: query.map(([name, value], i) => [name, i === index ? '' : value] as const) }
  return body !== null && 'json' in body ? { ...request, body: { json: emptied(body.json, rest) } } : request
}

/** The request with a number in the empty place at `at`, or undefined when nothing stands empty there. @internal */
export const withLead = (request: HttpRequest, at: Path, leadId: number): HttpRequest | undefined => {
  const [place, index, ...rest] = at
  if (place === 'path' && typeof index === 'number') {
    return request.path[index] === ''
      ? { ...request, path: request.path.map((part, i) => (i === index ? String(leadId) : part)) }
      : undefined
  }
  if (place === 'query' && typeof index === 'number' && rest[0] === 1) {
    return request.query[index]?.[1] === ''
      ? {
          ...request,
          query: request.query.map(([name, old], i) => [name, i === index ? String(leadId) : old] as const)
        }
      : undefined
  }
  if (place !== 'body' || index !== 'json' || request.body === null || !('json' in request.body)) return undefined
  const json = filled(request.body.json, rest, leadId)
  return json === undefined ? undefined : { ...request, body: { json } }
}

/** Whether a place is that of a list's number. */
const isOfList = ({ endpoint }: HttpRequest, { at: [place] }: Slot): boolean =>
  place === 'path' && (endpoint === 'addToList' || endpoint === 'removeFromList')

const untold = (request: HttpRequest, slot: Slot, found: unknown): Problem => {
  const { at, step, pick } = slot
  const whose = isOfList(request, slot) ? 'list' : 'lead'
  const why = whose === 'list' ? 'no list has that name' : 'that lead was not found or not written'
  const mend = `the answer to call ${step} should tell the ${whose}'s number at ${printPath(pick)}: ${why}`
  return found === undefined ? missing('invalid', at, mend) : malformed('invalid', at, kindOf(found), mend)
}

const misplaced = ({ at }: Slot): Problem =>
  malformed('invalid', at, 'no empty place', 'slots belong to the descriptor that they were described with')

/**
 * The call with its empty places filled from the answers to earlier calls of the same plan, by their position there; or why the first
 * of them cannot be. A lead's number is a whole number above zero. Of several leads with one key, the first told is taken.
 *
 * @category steps
 * @since 0.1.0
 */
export const fillSlots = (
  call: Call<HttpRequest>,
  answers: ReadonlyArray<Answer>
): E.Either<Problem, Call<HttpRequest>> => {
  const bodies = new Map<number, unknown>()
  let descriptor = call.descriptor
  for (const slot of call.slots) {
    const { step, at, pick } = slot
    if (!bodies.has(step)) bodies.set(step, parsed(answers[step]))
    const leadId = picked(bodies.get(step), pick)
    if (!isMarketoId(leadId)) return { _tag: 'Left', left: untold(descriptor, slot, leadId) }
    const next = withLead(descriptor, at, leadId)
    if (next === undefined) return { _tag: 'Left', left: misplaced(slot) }
    descriptor = next
  }
  return { _tag: 'Right', right: { ...call, descriptor, slots: [] } }
}
