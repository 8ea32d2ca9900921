/**
 * The loop guard's settings.
 *
 * @module
 */
import type { SettingRow } from '../../contract/setting-rows.js'
import type { Problem } from '../../ground/problem.js'
import {
  aBoolean,
  aRecord,
  decoding,
  listOf,
  member,
  nonBlank,
  type Reader,
  warnOfUnknownKeys,
  wholeNumber
} from '../../ground/reading.js'
import type { Remarked } from '../../ground/these.js'

/**
 * How the loop guard tells our own writes, and when it stops.
 *
 * @category loop guard
 * @since 0.1.0
 */
export interface LoopSettings {
  readonly apiUsers: ReadonlyArray<string>
  readonly anyProgram: boolean
  readonly windowMillis: number
  readonly mostEntries: number
  readonly mostTurns: number
  readonly turnsMillis: number
  readonly freezeMillis: number
}

const hour = 3_600_000
const day = 24 * hour

/**
 * Every setting of the loop guard.
 *
 * @category loop guard
 * @since 0.1.0
 */
// biome-ignore format: table
export const loopSettingRows: Readonly<Record<keyof LoopSettings, SettingRow>> = {
  apiUsers:     { segment: null, fallback: [],      takes: 'list of texts', about: 'The users of Marketo’s API that write for us, as `Modifying User` names them' },
  anyProgram:   { segment: null, fallback: false,   takes: 'boolean',       about: 'Whether whatever came in over Marketo’s API counts as ours; other integrations write there, too' },
  windowMillis: { segment: null, fallback: day,     takes: 'whole number',  about: 'How long a write of ours is remembered' },
  mostEntries:  { segment: null, fallback: 100_000, takes: 'whole number',  about: 'How many fields of leads are remembered at most; the longest untouched go first' },
  mostTurns:    { segment: null, fallback: 6,       takes: 'whole number',  about: 'How often a field may change its direction within `turnsMillis` before it is frozen; 0 never freezes' },
  turnsMillis:  { segment: null, fallback: hour,    takes: 'whole number',  about: 'The time in which these turns are counted' },
  freezeMillis: { segment: null, fallback: day,     takes: 'whole number',  about: 'How long a frozen field stays so' }
}

/**
 * The settings where nothing is said. Nobody’s writes are told by their user then, only by what was written.
 *
 * @category loop guard
 * @since 0.1.0
 */
export const usualLoopSettings: LoopSettings = {
  apiUsers: [],
  anyProgram: false,
  windowMillis: day,
  mostEntries: 100_000,
  mostTurns: 6,
  turnsMillis: hour,
  freezeMillis: day
}

const millis = wholeNumber(1, 90 * day)

const readSettings = (u: unknown, problems: Array<Problem>): LoopSettings | undefined => {
  const record = aRecord(u, [], problems)
  if (record === undefined) return undefined
  warnOfUnknownKeys(record, [], Object.keys(loopSettingRows), problems)
  const read = <K extends keyof LoopSettings>(name: K, reader: Reader<LoopSettings[K]>): LoopSettings[K] =>
    member(record, [], [name], reader, usualLoopSettings[name], problems) ?? usualLoopSettings[name]
  return {
    apiUsers: read('apiUsers', listOf(nonBlank)),
    anyProgram: read('anyProgram', aBoolean),
    windowMillis: read('windowMillis', millis),
    mostEntries: read('mostEntries', wholeNumber(1, 10_000_000)),
    mostTurns: read('mostTurns', wholeNumber(0, 1_000)),
    turnsMillis: read('turnsMillis', millis),
    freezeMillis: read('freezeMillis', millis)
  }
}

/**
 * Reads the loop guard's settings; every mistake is gathered, and any but a warning refuses the whole.
 *
 * @example
 * decodeLoopSettings({ apiUsers: ['api@example.com'] })._tag // => 'Right'
 * @category loop guard
 * @since 0.1.0
 */
export const decodeLoopSettings: (u: unknown) => Remarked<LoopSettings> = decoding(readSettings)
