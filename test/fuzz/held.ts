/**
 * What holds of every target and every input.
 *
 *     no throw   ·   no longer than 50 ms for each 32 KB begun and each reading   ·   no prototype touched   ·   no marked value in what it says
 *
 * @module
 */
import { mark, type Target } from './target.js'

/** What did not hold, in a word for counting and a sentence for people. */
export interface Fault {
  readonly what: 'throws' | 'is slow' | 'touches a prototype' | 'tells a value'
  readonly says: string
}

const millisPerBlock = 50
const blockLength = 32_768

const prototypes: ReadonlyArray<readonly [name: string, prototype: object]> = [
  ['Object', Object.prototype],
  ['Array', Array.prototype],
  ['Function', Function.prototype],
  ['String', String.prototype],
  ['Number', Number.prototype],
  ['Map', Map.prototype],
  ['Set', Set.prototype]
]

const stateOf = (prototype: object): string =>
  [...Object.getOwnPropertyNames(prototype), String(Object.isFrozen(prototype))].join()

const untouched = prototypes.map(([, prototype]) => stateOf(prototype))

const touched = (): string | undefined => prototypes.find(([, one], i) => stateOf(one) !== untouched[i])?.[0]

const told: ReadonlySet<string> = new Set(['event', 'id', 'marketoGUID'])

/** Names may be told: those of members and of events, and the ids of activities. A mark that a mutation has carried into one proves nothing. */
const namesHoldMark = (u: unknown): boolean => {
  const open: Array<unknown> = [u]
  for (let value = open.pop(); value !== undefined || open.length > 0; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue
    for (const [key, member] of Object.entries(value)) {
      if (key.includes(mark)) return true
      if (told.has(key) && typeof member === 'string' && member.includes(mark)) return true
      open.push(member)
    }
  }
  return false
}

/** How long a run takes: by the clock, or by the processor where that was shared with others. */
const millisOf = (run: () => void): number => {
  const begun = process.hrtime.bigint()
  const before = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(before)
  return Math.min(Number(process.hrtime.bigint() - begun) / 1e6, (user + system) / 1e3)
}

/** The time of a run that took too long: a neighbour on the machine may take the time of one, not of all of ten. */
const leastOf = (first: number, most: number, run: () => void): number => {
  let least = first
  for (let i = 0; i < 9 && least > most; i += 1) least = Math.min(least, millisOf(run))
  return least
}

/** How long an input is: as text, or as the JSON that it was. */
export const lengthOf = (input: unknown): number =>
  typeof input === 'string' ? input.length : (JSON.stringify(input) ?? '').length

/** What does not hold of a target that takes this input, or undefined. */
export const faultOf = ({ feed, times = 1 }: Target, input: unknown): Fault | undefined => {
  let said: unknown
  let thrown: unknown
  const run = (): void => {
    try {
      said = feed(input)
    } catch (error) {
      thrown = error
    }
  }
  const millis = millisOf(run)
  if (thrown !== undefined) return { what: 'throws', says: thrown instanceof Error ? (thrown.stack ?? '') : 'no error' }
  const prototype = touched()
  if (prototype !== undefined) return { what: 'touches a prototype', says: prototype }
  if ((JSON.stringify(said) ?? '').includes(mark) && !namesHoldMark(input))
    return { what: 'tells a value', says: JSON.stringify(said) }
  const most = times * millisPerBlock * (1 + Math.floor(lengthOf(input) / blockLength))
  const least = leastOf(millis, most, run)
  return least > most ? { what: 'is slow', says: `${least.toFixed(1)} ms of ${most}` } : undefined
}

/** A text as the input of a target: itself, or the value that it is the JSON of; what is no JSON is a value too. */
export const inputFrom = ({ reads }: Target, text: string): unknown => {
  if (reads === 'text') return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
