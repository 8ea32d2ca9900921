/**
 * The attributes that an activity tells, by REST or in a cell of a file.
 *
 *     REST    [ { "name": "Link", "value": "https://…" } ]
 *     file    {"Link":"https://…"}      or the list, as text
 *
 * Every value is text here, as in the one column that they share; its data type stands with the activity's type. Names may repeat.
 *
 * Sources: Adobe "Activities", "Bulk Activity Extract".
 *
 * @module
 */
import { isRecord, ownMember, type UnknownRecord } from '../ground/json.js'
import { renderedText } from './cell-text.js'

/** An attribute: its name and its value as text. @internal */
export type ToldPair = readonly [name: string, value: string | null]

/** Attributes in the order told; how many had no name; whether there was a list or an object at all. @internal */
export interface ToldAttributes {
  readonly pairs: ReadonlyArray<ToldPair>
  readonly nameless: number
  readonly readable: boolean
}

const none: ToldAttributes = { pairs: [], nameless: 0, readable: true }

/** No activity has so many attributes; a list that says it has billions is not gone through. @internal */
export const mostAttributes = 1_000

const nameUnder = (record: UnknownRecord, member: string): string | undefined => {
  const u = ownMember(record, member)
  if (typeof u === 'number') return Number.isFinite(u) ? String(u) : undefined
  return typeof u === 'string' && u !== '' ? u : undefined
}

/** What an attribute is called: its display name, or its API name where no other is told. @internal */
export const attributeName = (record: UnknownRecord): string | undefined =>
  nameUnder(record, 'name') ?? nameUnder(record, 'apiName')

const inList = (list: ReadonlyArray<unknown>): ToldAttributes => {
  const pairs: Array<ToldPair> = []
  const length = Math.min(list.length, mostAttributes)
  for (let i = 0; i < length; i += 1) {
    const u = list[i]
    const name = isRecord(u) ? attributeName(u) : undefined
    if (isRecord(u) && name !== undefined) pairs.push([name, renderedText(ownMember(u, 'value'))])
  }
  return { pairs, nameless: length - pairs.length, readable: list.length <= mostAttributes }
}

const inRecord = (record: UnknownRecord): ToldAttributes => {
  const names = Object.keys(record)
  const named = names.filter((name) => name !== '')
  const pairs = named.map((name): ToldPair => [name, renderedText(ownMember(record, name))])
  return { pairs, nameless: names.length - named.length, readable: true }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Attributes as a list, an object, or either as JSON text. @internal */
export const toldAttributes = (u: unknown): ToldAttributes => {
  if (u === undefined || u === '') return none
  const value = typeof u === 'string' ? parsed(u) : u
  if (Array.isArray(value)) return inList(value)
  if (isRecord(value)) return inRecord(value)
  return value === null ? none : { pairs: [], nameless: 0, readable: false }
}
