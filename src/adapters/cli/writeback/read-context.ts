/**
 * What is known of leads, emails and campaigns, out of a file.
 *
 *     { "leads": { "42": { "userId": "u1" } }, "emails": { … }, "campaigns": { … } }
 *
 * @module
 */
import { isRecord, kindOf, type UnknownRecord } from '../../../ground/json.js'
import { malformed, type Problem } from '../../../ground/problem.js'
import { anyText, aRecord, member, orNull, type Reader, warnOfUnknownKeys } from '../../../ground/reading.js'
import { isNonEmpty, type Remarked, remarked } from '../../../ground/these.js'
import type { WritebackContext } from '../../../writeback/event-of.js'

const parts = ['leads', 'emails', 'campaigns'] as const

/** The names that a part has under each number; leads have any. */
const nameIn = { leads: null, emails: 'subject', campaigns: 'name' } as const

const part =
  (name: string | null): Reader<UnknownRecord> =>
  (u, at, problems) => {
    const record = aRecord(u, at, problems)
    for (const number of Object.keys(record ?? {})) {
      const one = aRecord(record?.[number], [...at, number], problems)
      if (one !== undefined && name !== null) member(one, [...at, number], [name], orNull(anyText), undefined, problems)
    }
    return record
  }

/** Names, each under the member that has them; what is no name is left out when it is asked for. */
const isContext = (u: unknown): u is WritebackContext => isRecord(u)

/** What is known, or what is wrong with what is told. @internal */
export const readContext = (u: unknown): Remarked<WritebackContext> => {
  const problems: Array<Problem> = []
  if (!isRecord(u) || !isContext(u)) {
    const mend = 'expected an object with leads, emails and campaigns'
    return { _tag: 'Left', left: [malformed('invalid', [], kindOf(u), mend)] }
  }
  warnOfUnknownKeys(u, [], parts, problems)
  for (const name of parts) member(u, [], [name], part(nameIn[name]), undefined, problems)
  const isBad = problems.some(({ weight }) => weight === 'invalid')
  return isBad && isNonEmpty(problems) ? { _tag: 'Left', left: problems } : remarked(u, problems)
}
