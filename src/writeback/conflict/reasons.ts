/**
 * Reasons: why a field was decided so, as a word for programs and a sentence for people.
 *
 * No sentence ever holds a value: what two systems know of a person is nobody else's business.
 *
 * @module
 */
import type { Side } from './policy.js'

/**
 * Every reason, with its sentence; `{winner}` stands for the name of the side that won.
 *
 * @category conflicts
 * @since 0.1.0
 */
// biome-ignore format: table
export const reasons = {
  equal:            'Both sides hold the same.',
  known:            'This is what was settled before.',
  alone:            'Nothing is known of this field but what {winner} says.',
  owner:            'The field is {winner}’s.',
  newer:            '{winner}’s change is the later one.',
  tie:              'Both changed at one time; the field’s owner, {winner}, stands.',
  bound:            'Marketo’s change may have been before or after; the field’s owner, {winner}, stands.',
  untimed:          'Only {winner}’s change has a time.',
  'no-times':       'Neither change has a time; the field’s owner, {winner}, stands.',
  older:            'A later change was settled before.',
  fills:            'The other side holds nothing.',
  'not-empty':      'Both sides hold something, and only an empty one is filled.',
  'not-known':      'What the other side holds is not known: read it first.',
  further:          '{winner} is further along, and this field never steps back.',
  'opted-in':       '{winner} tells of an opt-in later than the opt-out.',
  'opt-in-refused': 'An opt-in is not known to be later than the opt-out, or the settings do not let it count.',
  'no-clear':       'Nothing is no value here: the settings do not let it clear the field.',
  unfit:            'The value does not fit the type of the field, or is none of its stages.',
  'read-only':      'Nobody writes this field.',
  custom:           'The function that was given for this field says so.',
  'custom-failed':  'The function for this field is missing, or named no side that says something.'
} as const satisfies Readonly<Record<string, string>>

/**
 * One of the reasons: `explainReason` puts it into a sentence.
 *
 * @category conflicts
 * @since 0.1.0
 */
export type ConflictReason = keyof typeof reasons

const names: Readonly<Record<Side, string>> = { segment: 'Segment', marketo: 'Marketo' }

/**
 * The sentence of a reason.
 *
 * @example
 * explainReason('newer', 'segment') // => 'Segment’s change is the later one.'
 * @category conflicts
 * @since 0.1.0
 */
export const explainReason = (reason: ConflictReason, winner: Side | null): string =>
  reasons[reason].split('{winner}').join(winner === null ? 'Nobody' : names[winner])
