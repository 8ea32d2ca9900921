/**
 * Conflicts, one by one: what two sides say of a field, what was settled before, and what is to be done.
 *
 * Source: Adobe "Leads", "Activities", "Field Types"; Segment spec, "Common Fields"; the cases of a two-way sync that are known to go wrong.
 */
import type { FieldValue } from '../../src/intent/intent.js'
import type { Claim } from '../../src/writeback/conflict/claims.js'
import type { ConflictAction } from '../../src/writeback/conflict/decide.js'
import type { ConflictReason } from '../../src/writeback/conflict/reasons.js'

/** A side's word: a value, and further what the claim tells. */
type Word = readonly [value: FieldValue, at?: number | null, more?: Omit<Claim, 'value' | 'at'>]

/** One step: what the two sides say at once, null where one is silent. */
export interface ConflictStep {
  readonly segment: Word | null
  readonly marketo: Word | null
  readonly reason: ConflictReason
  readonly action: ConflictAction
  readonly value?: FieldValue
  readonly at?: number | null
}

export interface ConflictCase {
  readonly name: string
  readonly field: string
  readonly policy: string | object | null
  readonly steps: ReadonlyArray<ConflictStep>
}

const [toMarketo, toSegment, toBoth, none] = ['write-to-marketo', 'write-to-segment', 'write-to-both', 'none'] as const
const bound = { bound: true } as const
const optIn = { optIn: true } as const
const stages = ['lead', 'mql', 'customer']

/** Times are milliseconds; a Marketo time is a whole second. */
// biome-ignore format: table
export const conflictCases: ReadonlyArray<ConflictCase> = [
  // Newest
  { name: 'Segment’s change is later', field: 'city', policy: null, steps: [
    { segment: ['Berlin', 60_000], marketo: ['Bonn', 10_000], reason: 'newer', action: toMarketo, value: 'Berlin', at: 60_000 }] },
  { name: 'Marketo’s change is later', field: 'city', policy: null, steps: [
    { segment: ['Berlin', 10_000], marketo: ['Bonn', 60_000], reason: 'newer', action: toSegment, value: 'Bonn', at: 60_999 }] },
  { name: 'equal timestamps are the owner’s', field: 'city', policy: { toleranceMillis: 0 }, steps: [
    { segment: ['Berlin', 10_000], marketo: ['Bonn', 10_000], reason: 'tie', action: toSegment, value: 'Bonn', at: 10_999 }] },
  { name: 'equal timestamps are the owner’s, who may be Segment', field: 'city', policy: { owner: 'segment' }, steps: [
    { segment: ['Berlin', 10_000], marketo: ['Bonn', 10_000], reason: 'tie', action: toMarketo, value: 'Berlin' }] },
  { name: 'a second of Marketo’s against a millisecond of Segment’s', field: 'city', policy: null, steps: [
    { segment: ['Berlin', 10_400], marketo: ['Bonn', 10_000], reason: 'tie', action: toSegment, at: 10_999 }] },
  { name: 'the last millisecond that is still a tie', field: 'city', policy: null, steps: [
    { segment: ['Berlin', 12_000], marketo: ['Bonn', 10_000], reason: 'tie', action: toSegment }] },
  { name: 'the first that is none', field: 'city', policy: null, steps: [
    { segment: ['Berlin', 12_001], marketo: ['Bonn', 10_000], reason: 'newer', action: toMarketo }] },
  { name: 'without tolerance a millisecond decides', field: 'city', policy: { toleranceMillis: 0 }, steps: [
    { segment: ['Berlin', 10_001], marketo: ['Bonn', 10_000], reason: 'newer', action: toMarketo }] },
  { name: 'a device’s clock in the future counts as receivedAt', field: 'city', policy: null, steps: [
    { segment: ['Berlin', 99_000_000, { receivedAt: 20_000 }], marketo: ['Bonn', 60_000], reason: 'newer', action: toSegment }] },
  { name: 'a missing timestamp loses to one that is there', field: 'city', policy: { owner: 'segment' }, steps: [
    { segment: ['Berlin', null], marketo: ['Bonn', 10_000], reason: 'untimed', action: toSegment, value: 'Bonn' }] },
  { name: 'Marketo’s missing timestamp, too', field: 'city', policy: null, steps: [
    { segment: ['Berlin', 10_000], marketo: ['Bonn'], reason: 'untimed', action: toMarketo }] },
  { name: 'without any time the owner stands', field: 'city', policy: null, steps: [
    { segment: ['Berlin', null], marketo: ['Bonn', null], reason: 'no-times', action: toSegment, at: null }] },
  { name: 'a time that is only bound, and earlier', field: 'city', policy: null, steps: [
    { segment: ['Berlin', 60_000], marketo: ['Bonn', 10_000, bound], reason: 'newer', action: toMarketo }] },
  { name: 'a time that is only bound, and later, tells nothing', field: 'city', policy: { owner: 'segment' }, steps: [
    { segment: ['Berlin', 10_000], marketo: ['Bonn', 60_000, bound], reason: 'bound', action: toMarketo }] },
  { name: 'an event that comes late is older than what was settled', field: 'city', policy: null, steps: [
    { segment: null, marketo: ['Bonn', 60_000], reason: 'alone', action: toSegment },
    { segment: ['Berlin', 10_000], marketo: null, reason: 'older', action: none }] },
  { name: 'an event that comes late is put right where both are known', field: 'city', policy: null, steps: [
    { segment: null, marketo: ['Bonn', 60_000], reason: 'alone', action: toSegment },
    { segment: ['Berlin', 10_000], marketo: ['Bonn', 60_000], reason: 'newer', action: toSegment, value: 'Bonn', at: 60_999 }] },
  { name: 'events in the wrong order', field: 'city', policy: null, steps: [
    { segment: ['Berlin', 60_000], marketo: null, reason: 'alone', action: toMarketo },
    { segment: ['Bern', 50_000], marketo: null, reason: 'older', action: none },
    { segment: ['Basel', 60_001], marketo: null, reason: 'newer', action: toMarketo }] },
  { name: 'on one side there is no tolerance: a second late is late', field: 'city', policy: null, steps: [
    { segment: ['Berlin', 60_000], marketo: null, reason: 'alone', action: toMarketo },
    { segment: ['Bern', 59_000], marketo: null, reason: 'older', action: none }] },
  { name: 'late news on one side does not make the other’s win against what was settled', field: 'city', policy: { owner: 'segment' }, steps: [
    { segment: ['Berlin', 12_700], marketo: null, reason: 'alone', action: toMarketo },
    { segment: ['Bern', 11_800], marketo: ['Bonn', 11_000], reason: 'tie', action: none, value: null }] },
  { name: 'an event told twice', field: 'city', policy: null, steps: [
    { segment: ['Berlin', 60_000], marketo: null, reason: 'alone', action: toMarketo },
    { segment: ['Berlin', 60_000], marketo: null, reason: 'known', action: none }] },
  { name: 'a tie with what was settled before', field: 'city', policy: null, steps: [
    { segment: null, marketo: ['Bonn', 10_000], reason: 'alone', action: toSegment },
    { segment: ['Berlin', 11_000], marketo: null, reason: 'tie', action: none }] },
  { name: 'a tie with what was settled before, which the owner wins', field: 'city', policy: null, steps: [
    { segment: ['Berlin', 11_000], marketo: null, reason: 'alone', action: toMarketo },
    { segment: null, marketo: ['Bonn', 10_000], reason: 'tie', action: toSegment, at: 11_001 }] },
  { name: 'a change of Marketo’s is told as of the end of its second, where ties are Marketo’s', field: 'city', policy: { owner: 'segment' }, steps: [
    { segment: null, marketo: ['Bonn', 10_000], reason: 'alone', action: toSegment, at: 10_000 },
    { segment: null, marketo: ['Bern', 12_345], reason: 'newer', action: toSegment, at: 12_345 }] },
  { name: 'so it is where the field is Marketo’s, or ties are; a time that is no second’s is told as it is', field: 'city', policy: null, steps: [
    { segment: null, marketo: ['Bonn', 10_000], reason: 'alone', action: toSegment, at: 10_999 },
    { segment: null, marketo: ['Bern', 12_345], reason: 'newer', action: toSegment, at: 12_345 }] },
  { name: 'what is told again is told as of the same time', field: 'city', policy: { owner: 'segment' }, steps: [
    { segment: null, marketo: ['Bonn', 60_000], reason: 'alone', action: toSegment, at: 60_000 },
    { segment: ['Berlin', 10_000], marketo: ['Bonn', 60_000], reason: 'newer', action: toSegment, value: 'Bonn', at: 60_000 }] },
  { name: 'what the other side says again later is settled as of then', field: 'city', policy: null, steps: [
    { segment: ['Berlin', 60_000], marketo: null, reason: 'alone', action: toMarketo },
    { segment: null, marketo: ['Berlin', 70_000], reason: 'known', action: none },
    { segment: ['Bern', 65_000], marketo: null, reason: 'older', action: none }] },
  { name: 'so is what the same side says again later', field: 'city', policy: null, steps: [
    { segment: ['Berlin', 60_000], marketo: null, reason: 'alone', action: toMarketo },
    { segment: ['Berlin', 80_000], marketo: null, reason: 'known', action: none },
    { segment: null, marketo: ['Bonn', 70_000], reason: 'older', action: none }] },
  { name: 'what a side has taken back stays so, though the other has repeated since what stands', field: 'city', policy: null, steps: [
    { segment: null, marketo: ['Bonn', 11_000], reason: 'alone', action: toSegment },
    { segment: ['Bonn', 12_500], marketo: ['Bern', 10_000], reason: 'newer', action: toMarketo, value: 'Bonn' },
    { segment: ['Bonn', 12_500], marketo: ['Bern', 10_900], reason: 'newer', action: toMarketo, value: 'Bonn' },
    { segment: null, marketo: ['Bern', 10_999], reason: 'older', action: none },
    { segment: null, marketo: ['Bern', 11_000], reason: 'tie', action: toSegment, at: 12_501 }] },
  { name: 'so it does where its last word did not stand', field: 'city', policy: null, steps: [
    { segment: ['Berlin', 15_000], marketo: ['Bonn', 12_000], reason: 'newer', action: toMarketo },
    { segment: null, marketo: ['Bern', 13_000], reason: 'tie', action: toSegment },
    { segment: ['Basel', 14_500], marketo: null, reason: 'older', action: none }] },
  { name: 'and where it only repeated what the other side said', field: 'city', policy: null, steps: [
    { segment: null, marketo: ['Bonn', 12_000], reason: 'alone', action: toSegment },
    { segment: ['Bonn', 11_500], marketo: ['Bonn', 12_000], reason: 'equal', action: none },
    { segment: ['Bern', 11_400], marketo: null, reason: 'older', action: none }] },
  { name: 'a bound before its own last word is late news, too', field: 'city', policy: null, steps: [
    { segment: null, marketo: ['Bonn', 11_000], reason: 'alone', action: toSegment },
    { segment: null, marketo: ['Bern', 10_900, bound], reason: 'older', action: none }] },
  { name: 'before 1970 a side that has not spoken has not spoken', field: 'city', policy: null, steps: [
    { segment: ['Berlin', -4_000], marketo: null, reason: 'alone', action: toMarketo },
    { segment: null, marketo: ['Bonn', -5_000], reason: 'tie', action: toSegment }] },
  { name: 'an event is never our own write', field: 'city', policy: null, steps: [
    { segment: null, marketo: ['Bonn', 60_000], reason: 'alone', action: toSegment },
    { segment: ['Berlin', 70_000, { ours: true }], marketo: null, reason: 'newer', action: toMarketo }] },
  { name: 'when an event was received tells nothing of when it was', field: 'city', policy: null, steps: [
    { segment: ['Berlin', null, { receivedAt: 90_000 }], marketo: ['Bonn', 10_000], reason: 'untimed', action: toSegment }] },
  { name: 'a back-fill, whose times are all the record’s, does not overrule what was settled later', field: 'city', policy: null, steps: [
    { segment: ['Berlin', 60_000], marketo: ['Bonn', 10_000, bound], reason: 'newer', action: toMarketo },
    { segment: null, marketo: ['Bonn', 10_000, bound], reason: 'older', action: none },
    { segment: null, marketo: ['Bonn', 90_000, bound], reason: 'older', action: none }] },
  { name: 'nor does it where it has no time at all', field: 'city', policy: null, steps: [
    { segment: ['Berlin', 60_000], marketo: ['Bonn', 10_000], reason: 'newer', action: toMarketo },
    { segment: null, marketo: ['Bonn'], reason: 'older', action: none }] },
  { name: 'what was overruled is not news again before that, for Segment', field: 'city', policy: { owner: 'segment' }, steps: [
    { segment: ['Berlin', 10_000], marketo: ['Bonn', 60_000], reason: 'newer', action: toSegment },
    { segment: ['Berlin', 59_000], marketo: null, reason: 'older', action: none },
    { segment: ['Berlin', 60_000], marketo: null, reason: 'older', action: none },
    { segment: ['Berlin', 60_001], marketo: null, reason: 'tie', action: toMarketo }] },
  { name: 'but for Marketo, whose log may tell a cut second', field: 'city', policy: null, steps: [
    { segment: ['Berlin', 60_000], marketo: ['Bonn', 10_000], reason: 'newer', action: toMarketo },
    { segment: null, marketo: ['Bonn', 59_000], reason: 'tie', action: toSegment }] },
  { name: 'our own write says what is known', field: 'city', policy: null, steps: [
    { segment: ['Berlin', 60_000], marketo: null, reason: 'alone', action: toMarketo },
    { segment: null, marketo: ['Berlin', 70_000, { ours: true }], reason: 'known', action: none }] },
  { name: 'the last millisecond that is a tie with what was settled, and the first that is late', field: 'city', policy: null, steps: [
    { segment: null, marketo: ['Bonn', 60_000], reason: 'alone', action: toSegment },
    { segment: ['Berlin', 58_000], marketo: null, reason: 'tie', action: none },
    { segment: ['Berlin', 57_999], marketo: null, reason: 'older', action: none }] },
  { name: 'a bound at the very time', field: 'city', policy: { owner: 'segment' }, steps: [
    { segment: ['Berlin', 60_000], marketo: ['Bonn', 60_000, bound], reason: 'bound', action: toMarketo }] },
  { name: 'an event’s time is no bound', field: 'city', policy: null, steps: [
    { segment: ['Berlin', 60_000, bound], marketo: ['Bonn', 10_000], reason: 'newer', action: toMarketo }] },
  { name: 'a time of its own says more than a bound that was settled', field: 'city', policy: null, steps: [
    { segment: null, marketo: ['Bonn', 60_000, bound], reason: 'alone', action: toSegment },
    { segment: ['Berlin', 30_000], marketo: ['Bonn', 10_000], reason: 'newer', action: toMarketo, value: 'Berlin' }] },
  { name: 'what has no time came after what was settled', field: 'city', policy: null, steps: [
    { segment: null, marketo: ['Bonn', 60_000], reason: 'alone', action: toSegment },
    { segment: null, marketo: ['Bern'], reason: 'newer', action: toSegment },
    { segment: ['Berlin', 30_000], marketo: null, reason: 'older', action: none }] },
  { name: 'our own write is as old as what it carried out', field: 'city', policy: { toleranceMillis: 0 }, steps: [
    { segment: ['Berlin', 10_000], marketo: null, reason: 'alone', action: toMarketo },
    { segment: ['Bern', 10_500], marketo: ['Berlin', 60_000, { ours: true }], reason: 'newer', action: toMarketo, value: 'Bern' }] },
  { name: 'our own write of before is not held against what came since', field: 'city', policy: null, steps: [
    { segment: null, marketo: ['Bonn', 60_000], reason: 'alone', action: toSegment },
    { segment: ['Bern', 70_000], marketo: ['Berlin', 90_000, { ours: true }], reason: 'newer', action: toMarketo }] },
  // Equal values
  { name: 'a flag, whatever it is written as', field: 'vip__c', policy: { type: 'boolean' }, steps: [
    { segment: [true, 60_000], marketo: ['True', 10_000], reason: 'equal', action: none },
    { segment: ['true', 60_000], marketo: [1, 10_000], reason: 'equal', action: none },
    { segment: [false, 60_000], marketo: [null, 10_000], reason: 'equal', action: none }] },
  { name: 'a flag of which nothing is said is false', field: 'vip__c', policy: { type: 'boolean', clear: true }, steps: [
    { segment: [null, 60_000], marketo: ['0', 70_000], reason: 'equal', action: none }] },
  { name: 'nothing and false are settled as one', field: 'vip__c', policy: { type: 'boolean' }, steps: [
    { segment: [null, 60_000], marketo: ['False', 10_000], reason: 'equal', action: none },
    { segment: [true, 20_000], marketo: null, reason: 'older', action: none }] },
  { name: 'numbers as text, with signs and thousands apart', field: 'spent__c', policy: { type: 'currency' }, steps: [
    { segment: [1200.5, 60_000], marketo: ['$1,200.50', 10_000], reason: 'equal', action: none },
    { segment: ['1200.5', 60_000], marketo: [1200.5, 10_000], reason: 'equal', action: none }] },
  { name: 'a day and a time of that day', field: 'born__c', policy: { type: 'date' }, steps: [
    { segment: ['2024-05-03T22:00:00Z', 60_000], marketo: ['2024-05-03', 10_000], reason: 'equal', action: none }] },
  { name: 'one moment, in two zones', field: 'seen__c', policy: { type: 'datetime' }, steps: [
    { segment: ['2024-05-03T12:00:00.123+02:00', 60_000], marketo: ['2024-05-03T10:00:00Z', 10_000], reason: 'equal', action: none }] },
  { name: 'blanks around', field: 'city', policy: null, steps: [
    { segment: ['Berlin ', 60_000], marketo: ['Berlin', 10_000], reason: 'equal', action: none }] },
  { name: 'nothing and empty text', field: 'city', policy: { clear: true }, steps: [
    { segment: ['', 60_000], marketo: [null, 10_000], reason: 'equal', action: none }] },
  { name: 'emails but for their case', field: 'email', policy: null, steps: [
    { segment: ['Ana@Example.com', 60_000], marketo: ['ana@example.com', 10_000], reason: 'equal', action: none, value: 'Ana@Example.com' }] },
  { name: 'another case is another text', field: 'city', policy: null, steps: [
    { segment: ['berlin', 60_000], marketo: ['Berlin', 10_000], reason: 'newer', action: toMarketo, value: 'berlin' }] },
  { name: 'the winner’s spelling is written', field: 'email', policy: null, steps: [
    { segment: ['Ana@Example.com', 60_000], marketo: ['bo@example.com', 10_000], reason: 'newer', action: toMarketo, value: 'Ana@Example.com' }] },
  { name: 'a value that does not fit is not sent', field: 'logins__c', policy: { type: 'integer' }, steps: [
    { segment: ['many', 60_000], marketo: null, reason: 'unfit', action: none, value: null }] },
  // Nothing
  { name: 'nothing does not clear', field: 'city', policy: null, steps: [
    { segment: [null, 60_000], marketo: null, reason: 'no-clear', action: none }] },
  { name: 'nor does it in Marketo', field: 'city', policy: null, steps: [
    { segment: null, marketo: [null, 60_000], reason: 'no-clear', action: none, at: null }] },
  { name: 'nothing does not compete', field: 'city', policy: null, steps: [
    { segment: [null, 60_000], marketo: ['Bonn', 10_000], reason: 'alone', action: toSegment, value: 'Bonn' }] },
  { name: 'nothing on both sides settles nothing', field: 'city', policy: null, steps: [
    { segment: [null, 60_000], marketo: [null], reason: 'equal', action: none },
    { segment: ['Berlin', 50_000], marketo: null, reason: 'alone', action: toMarketo }] },
  { name: 'nothing clears where the settings say so', field: 'city', policy: { clear: true }, steps: [
    { segment: [null, 60_000], marketo: ['Bonn', 10_000], reason: 'newer', action: toMarketo, value: null }] },
  // Owners
  { name: 'Segment’s field', field: 'industry', policy: 'segment', steps: [
    { segment: ['Retail', 10_000], marketo: ['Banking', 60_000], reason: 'owner', action: toMarketo, value: 'Retail' },
    { segment: null, marketo: ['Banking', 60_000], reason: 'owner', action: none }] },
  { name: 'Segment’s field, told late', field: 'industry', policy: 'segment', steps: [
    { segment: ['Retail', 60_000], marketo: null, reason: 'owner', action: toMarketo },
    { segment: ['Banking', 10_000], marketo: null, reason: 'older', action: none },
    { segment: ['Retail', 60_000], marketo: null, reason: 'known', action: none }] },
  { name: 'Segment’s field, of which Marketo said the same later', field: 'industry', policy: 'segment', steps: [
    { segment: ['Retail', 10_000], marketo: ['Retail', 60_000], reason: 'equal', action: none },
    { segment: ['Banking', 20_000], marketo: null, reason: 'owner', action: toMarketo }] },
  { name: 'Marketo’s field is put right in Segment, after what it overrules', field: 'leadStatus', policy: 'marketo', steps: [
    { segment: ['New', 60_000], marketo: ['Won', 10_000], reason: 'owner', action: toSegment, value: 'Won', at: 60_001 }] },
  { name: 'Marketo’s field is told as of the end of its second', field: 'leadStatus', policy: { policy: 'marketo', owner: 'segment' }, steps: [
    { segment: ['New', 10_000], marketo: ['Won', 60_000], reason: 'owner', action: toSegment, value: 'Won', at: 60_999 }] },
  { name: 'an owned field that drifts, and is left to', field: 'industry', policy: { policy: 'segment', correct: false }, steps: [
    { segment: ['Retail', 10_000], marketo: null, reason: 'owner', action: toMarketo },
    { segment: ['Retail', 10_000], marketo: ['Banking', 60_000], reason: 'owner', action: none, value: 'Retail' }] },
  { name: 'an owned field that drifts, and is put right', field: 'industry', policy: 'segment', steps: [
    { segment: ['Retail', 10_000], marketo: null, reason: 'owner', action: toMarketo },
    { segment: ['Retail', 10_000], marketo: ['Banking', 60_000], reason: 'owner', action: toMarketo, value: 'Retail' }] },
  { name: 'a score is Marketo’s, whoever is newer', field: 'leadScore', policy: null, steps: [
    { segment: [99, 60_000], marketo: [10, 10_000], reason: 'owner', action: toSegment, value: 10 }] },
  // Filling
  { name: 'an empty field is filled', field: 'department', policy: 'fill-empty', steps: [
    { segment: ['Sales', 10_000], marketo: [null, 60_000], reason: 'fills', action: toMarketo, value: 'Sales' }] },
  { name: 'so is an empty trait', field: 'department', policy: 'fill-empty', steps: [
    { segment: ['', 60_000], marketo: ['Sales', 10_000], reason: 'fills', action: toSegment, at: 60_001 }] },
  { name: 'it is filled as of the very second', field: 'department', policy: 'fill-empty', steps: [
    { segment: ['', 10_000], marketo: ['Sales', 60_000], reason: 'fills', action: toSegment, at: 60_000 }] },
  { name: 'what holds something is left alone', field: 'department', policy: 'fill-empty', steps: [
    { segment: ['Sales', 60_000], marketo: ['Support', 10_000], reason: 'not-empty', action: none, value: null, at: null }] },
  { name: 'what nobody has read is not empty', field: 'department', policy: 'fill-empty', steps: [
    { segment: ['Sales', 60_000], marketo: null, reason: 'not-known', action: none }] },
  // Consent
  { name: 'an opt-out goes to Marketo, unseen', field: 'unsubscribed', policy: null, steps: [
    { segment: [true, 10_000], marketo: null, reason: 'further', action: toMarketo, value: true }] },
  { name: 'an opt-out of Marketo’s goes to Segment', field: 'unsubscribed', policy: null, steps: [
    { segment: null, marketo: ['True', 10_000], reason: 'further', action: toSegment, value: true }] },
  { name: 'a later false takes no opt-out back', field: 'unsubscribed', policy: null, steps: [
    { segment: [false, 60_000], marketo: ['True', 10_000], reason: 'further', action: toSegment, value: true, at: 60_001 }] },
  { name: 'an opt-in does not count where no setting says so', field: 'unsubscribed', policy: null, steps: [
    { segment: [false, 60_000, optIn], marketo: ['True', 10_000], reason: 'opt-in-refused', action: toSegment, value: true }] },
  { name: 'a later opt-in counts where one does', field: 'unsubscribed', policy: { optIn: true }, steps: [
    { segment: [false, 60_000, optIn], marketo: ['True', 10_000], reason: 'opted-in', action: toMarketo, value: false }] },
  { name: 'an opt-in that is older than the opt-out does not', field: 'unsubscribed', policy: { optIn: true }, steps: [
    { segment: [false, 10_000, optIn], marketo: ['True', 60_000], reason: 'opt-in-refused', action: toSegment, value: true }] },
  { name: 'nor one of the same moment', field: 'unsubscribed', policy: { optIn: true }, steps: [
    { segment: [false, 60_000, optIn], marketo: ['True', 60_000], reason: 'opt-in-refused', action: toSegment, value: true, at: 60_001 }] },
  { name: 'nor one without a time', field: 'unsubscribed', policy: { optIn: true }, steps: [
    { segment: [false, null, optIn], marketo: ['True', 60_000], reason: 'opt-in-refused', action: toSegment, value: true }] },
  { name: 'nor against an opt-out whose time nobody knows', field: 'unsubscribed', policy: { optIn: true }, steps: [
    { segment: [false, 60_000, optIn], marketo: ['True'], reason: 'opt-in-refused', action: toSegment, value: true }] },
  { name: 'an opt-in against an opt-out that was settled before', field: 'unsubscribed', policy: { optIn: true }, steps: [
    { segment: [true, 10_000], marketo: null, reason: 'further', action: toMarketo },
    { segment: [false, 5_000, optIn], marketo: null, reason: 'opt-in-refused', action: toSegment, value: true },
    { segment: [false, 60_000, optIn], marketo: null, reason: 'opted-in', action: toMarketo, value: false },
    { segment: [true, 50_000], marketo: null, reason: 'older', action: none },
    { segment: [true, 70_000], marketo: null, reason: 'further', action: toMarketo, value: true }] },
  { name: 'an opt-in where nobody knows of an opt-out', field: 'unsubscribed', policy: { optIn: true }, steps: [
    { segment: [false, 60_000, optIn], marketo: null, reason: 'not-known', action: none }] },
  { name: 'what was opted in again is put right where it is not so', field: 'unsubscribed', policy: { optIn: true }, steps: [
    { segment: [false, 60_000, optIn], marketo: ['True', 10_000], reason: 'opted-in', action: toMarketo },
    { segment: [false, 60_000], marketo: ['True', 10_000], reason: 'opted-in', action: toMarketo, value: false },
    { segment: [true, 20_000], marketo: ['False', 60_000], reason: 'opted-in', action: toSegment, value: false }] },
  { name: 'an opt-out whose time is only bound is not over', field: 'unsubscribed', policy: { optIn: true }, steps: [
    { segment: [false, 60_000, optIn], marketo: ['True', 10_000], reason: 'opted-in', action: toMarketo },
    { segment: null, marketo: ['True', 50_000, bound], reason: 'further', action: toSegment, value: true }] },
  { name: 'an opt-out whose exact time is known counts by that, whatever bound was settled', field: 'unsubscribed', policy: { optIn: true }, steps: [
    { segment: null, marketo: ['True', 60_000, bound], reason: 'further', action: toSegment },
    { segment: [false, 50_000, optIn], marketo: ['True', 10_000], reason: 'opted-in', action: toMarketo, value: false }] },
  { name: 'nothing stands for false where an opt-out is over', field: 'unsubscribed', policy: { optIn: true }, steps: [
    { segment: [false, 60_000, optIn], marketo: ['True', 10_000], reason: 'opted-in', action: toMarketo },
    { segment: [true, 20_000], marketo: [null], reason: 'opted-in', action: toSegment, value: false }] },
  { name: 'an opt-in that is told again is known, and so is what it said', field: 'unsubscribed', policy: { optIn: true }, steps: [
    { segment: [false, 60_000, optIn], marketo: ['True', 10_000], reason: 'opted-in', action: toMarketo },
    { segment: [false, 70_000, optIn], marketo: null, reason: 'known', action: none },
    { segment: [false, 50_000], marketo: null, reason: 'known', action: none }] },
  { name: 'an opt-out without a time is not over', field: 'unsubscribed', policy: { optIn: true }, steps: [
    { segment: [false, 60_000, optIn], marketo: ['True', 10_000], reason: 'opted-in', action: toMarketo },
    { segment: null, marketo: ['True'], reason: 'further', action: toSegment, value: true }] },
  { name: 'nor is one of the same moment', field: 'unsubscribed', policy: { optIn: true }, steps: [
    { segment: [false, 60_000, optIn], marketo: ['True', 10_000], reason: 'opted-in', action: toMarketo },
    { segment: null, marketo: ['True', 60_000], reason: 'further', action: toSegment, value: true }] },
  { name: 'an opt-in whose time is only bound does not count', field: 'unsubscribed', policy: { optIn: true }, steps: [
    { segment: [true, 10_000], marketo: [false, 60_000, { ...optIn, ...bound }], reason: 'opt-in-refused', action: toMarketo, value: true }] },
  { name: 'nor one before an opt-out that was settled, whatever the other side says now', field: 'unsubscribed', policy: { optIn: true }, steps: [
    { segment: [true, 70_000], marketo: null, reason: 'further', action: toMarketo },
    { segment: [false, 60_000, optIn], marketo: ['True', 10_000], reason: 'opt-in-refused', action: toSegment, value: true }] },
  { name: 'an opt-out that was settled without a time gives way to the time that is told now', field: 'unsubscribed', policy: { optIn: true }, steps: [
    { segment: null, marketo: ['True'], reason: 'further', action: toSegment },
    { segment: [false, 60_000, optIn], marketo: ['True', 10_000], reason: 'opted-in', action: toMarketo, value: false }] },
  { name: 'an opt-in before the bound of what was settled does not count', field: 'unsubscribed', policy: { optIn: true }, steps: [
    { segment: null, marketo: ['True', 50_000, bound], reason: 'further', action: toSegment },
    { segment: [false, 40_000, optIn], marketo: null, reason: 'opt-in-refused', action: toSegment, value: true }] },
  { name: 'Marketo resets a flag by itself: that is nobody’s word', field: 'unsubscribed', policy: { optIn: true }, steps: [
    { segment: null, marketo: ['True', 10_000], reason: 'further', action: toSegment },
    { segment: null, marketo: ['False', 60_000], reason: 'further', action: toMarketo, value: true }] },
  { name: 'nor is it late news where its second is cut', field: 'unsubscribed', policy: null, steps: [
    { segment: [true, 10_500], marketo: null, reason: 'further', action: toMarketo },
    { segment: null, marketo: ['False', 10_000], reason: 'further', action: toMarketo, value: true }] },
  { name: 'nothing never clears consent', field: 'unsubscribed', policy: null, steps: [
    { segment: [null, 60_000], marketo: ['True', 10_000], reason: 'further', action: toSegment, value: true },
    { segment: [null, 60_000], marketo: ['False', 10_000], reason: 'further', action: toBoth, value: true }] },
  { name: 'consent that both sides take back without a word', field: 'unsubscribed', policy: { optIn: true }, steps: [
    { segment: [true, 10_000], marketo: [null, null], reason: 'further', action: toMarketo, value: true },
    { segment: [false, 60_000], marketo: ['False', 50_000], reason: 'further', action: toBoth, value: true, at: 60_001 },
    { segment: [false, 60_000], marketo: ['False', 70_000], reason: 'further', action: toBoth, value: true, at: 70_001 },
    { segment: [false, null], marketo: ['False', null], reason: 'further', action: toBoth, value: true, at: 10_001 },
    { segment: [false, 9_000, { optIn: true }], marketo: ['False', 70_000], reason: 'opt-in-refused', action: toBoth, value: true, at: 70_001 },
    { segment: [false, null, { optIn: true }], marketo: ['False', null], reason: 'opt-in-refused', action: toBoth, value: true, at: 10_001 },
    { segment: [false, 80_000, { optIn: true }], marketo: ['False', 70_000], reason: 'equal', action: none },
    { segment: [false, 90_000], marketo: ['False', 70_000], reason: 'equal', action: none }] },
  { name: 'consent that both sides take back, one of them by an opt-in that does not count', field: 'unsubscribed', policy: null, steps: [
    { segment: [null, null], marketo: ['True', 10_000], reason: 'further', action: toSegment, value: true },
    { segment: [false, 60_000], marketo: ['False', 70_000, { optIn: true }], reason: 'opt-in-refused', action: toBoth, value: true, at: 70_001 },
    { segment: [null, 60_000, { optIn: true }], marketo: ['False', 70_000], reason: 'further', action: toBoth, value: true }] },
  { name: 'a stage that both sides step back from', field: 'stage__c', policy: { policy: 'monotone', stages }, steps: [
    { segment: ['mql', 10_000], marketo: ['mql', 10_000], reason: 'equal', action: none, value: 'mql' },
    { segment: ['customer', 20_000], marketo: ['customer', 20_000], reason: 'equal', action: none, value: 'customer' },
    { segment: ['mql', 60_000], marketo: ['mql', 60_000], reason: 'further', action: toBoth, value: 'customer' },
    { segment: ['nobody', 70_000], marketo: ['nobody', 60_000], reason: 'equal', action: none }] },
  { name: 'a number that both sides step back from: what was settled cannot be told', field: 'logins__c', policy: { policy: 'monotone', type: 'integer' }, steps: [
    { segment: [7, 10_000], marketo: [7, 10_000], reason: 'equal', action: none, value: 7 },
    { segment: [5, 20_000], marketo: [5, 20_000], reason: 'equal', action: none, value: 5 }] },
  { name: 'letters in a flag’s place', field: 'unsubscribed', policy: null, steps: [
    { segment: [false, 60_000], marketo: ['maybe', 10_000], reason: 'unfit', action: none },
    { segment: [true, 60_000], marketo: ['maybe', 10_000], reason: 'further', action: toMarketo, value: true }] },
  { name: 'an opt-in against letters', field: 'unsubscribed', policy: { optIn: true }, steps: [
    { segment: [false, 60_000, { optIn: true }], marketo: ['maybe', 10_000], reason: 'unfit', action: none }] },
  // Stages, numbers, days
  { name: 'a later stage', field: 'stage__c', policy: { policy: 'monotone', stages }, steps: [
    { segment: ['mql', 10_000], marketo: ['lead', 60_000], reason: 'further', action: toMarketo, value: 'mql' }] },
  { name: 'an earlier stage', field: 'stage__c', policy: { policy: 'monotone', stages }, steps: [
    { segment: ['lead', 60_000], marketo: ['customer', 10_000], reason: 'further', action: toSegment, value: 'customer' }] },
  { name: 'no stage at all', field: 'stage__c', policy: { policy: 'monotone', stages }, steps: [
    { segment: ['lead', 60_000], marketo: [null, 10_000], reason: 'further', action: toMarketo, value: 'lead' },
    { segment: ['vip', 60_000], marketo: [null, 10_000], reason: 'unfit', action: none },
    { segment: ['vip', 60_000], marketo: ['lead', 10_000], reason: 'further', action: toSegment, value: 'lead' },
    { segment: ['lead', 60_000], marketo: ['vip', 10_000], reason: 'further', action: toMarketo, value: 'lead' },
    { segment: ['vip', 60_000], marketo: null, reason: 'unfit', action: none },
    { segment: ['vip', 60_000], marketo: ['bip', 60_000], reason: 'unfit', action: none }] },
  { name: 'a stage against what was settled before', field: 'stage__c', policy: { policy: 'monotone', stages }, steps: [
    { segment: ['mql', 10_000], marketo: ['lead', 5_000], reason: 'further', action: toMarketo },
    { segment: ['customer', 20_000], marketo: null, reason: 'further', action: toMarketo },
    { segment: ['lead', 30_000], marketo: null, reason: 'further', action: toSegment, value: 'customer', at: 30_001 },
    { segment: ['lead', 15_000], marketo: null, reason: 'older', action: none },
    { segment: ['customer', 40_000], marketo: null, reason: 'known', action: none }] },
  { name: 'a stage without a time, and one of the same moment, against what was settled', field: 'stage__c', policy: { policy: 'monotone', stages }, steps: [
    { segment: ['mql', 20_000], marketo: null, reason: 'not-known', action: none },
    { segment: ['mql', 20_000], marketo: ['lead', 5_000], reason: 'further', action: toMarketo },
    { segment: ['lead', 20_000], marketo: null, reason: 'further', action: toSegment, value: 'mql' },
    { segment: ['lead'], marketo: null, reason: 'further', action: toSegment, value: 'mql' },
    { segment: ['customer'], marketo: null, reason: 'further', action: toMarketo, value: 'customer' }] },
  { name: 'a further stage of the same moment may be the earlier one', field: 'stage__c', policy: { policy: 'monotone', stages }, steps: [
    { segment: ['lead', 30_000], marketo: [null], reason: 'further', action: toMarketo },
    { segment: ['mql', 30_000], marketo: null, reason: 'further', action: toBoth, value: 'mql' }] },
  { name: 'a further stage that is told late: Segment has gone back since', field: 'stage__c', policy: { policy: 'monotone', stages }, steps: [
    { segment: ['lead', 30_000], marketo: [null], reason: 'further', action: toMarketo },
    { segment: ['mql', 20_000], marketo: ['lead', 40_000, { ours: true }], reason: 'further', action: toBoth, value: 'mql', at: 40_001 },
    { segment: ['mql', 20_000], marketo: ['mql', 50_000], reason: 'equal', action: none },
    { segment: ['customer', 10_000], marketo: null, reason: 'further', action: toBoth, value: 'customer' }] },
  { name: 'a further stage of Marketo’s goes to Segment alone, however old its second', field: 'stage__c', policy: { policy: 'monotone', stages }, steps: [
    { segment: ['lead', 30_000], marketo: [null], reason: 'further', action: toMarketo },
    { segment: ['lead', 30_000], marketo: ['mql', 20_000], reason: 'further', action: toSegment, value: 'mql', at: 30_001 }] },
  { name: 'an opt-out that is told late', field: 'unsubscribed', policy: null, steps: [
    { segment: [false, 30_000], marketo: ['False'], reason: 'equal', action: none },
    { segment: [true, 20_000], marketo: null, reason: 'further', action: toBoth, value: true, at: 30_001 }] },
  { name: 'a greater number', field: 'logins__c', policy: { policy: 'monotone', type: 'integer' }, steps: [
    { segment: [9, 10_000], marketo: ['10', 60_000], reason: 'further', action: toSegment, value: 10 },
    { segment: [11, 10_000], marketo: null, reason: 'not-known', action: none }] },
  { name: 'a number against nothing, and against what is none', field: 'logins__c', policy: { policy: 'monotone', type: 'integer' }, steps: [
    { segment: [0, 10_000], marketo: [null], reason: 'further', action: toMarketo, value: 0 },
    { segment: [0, 10_000], marketo: ['none'], reason: 'further', action: toMarketo, value: 0 }] },
  { name: 'a day is no number', field: 'logins__c', policy: { policy: 'monotone', type: 'integer' }, steps: [
    { segment: [0, 10_000], marketo: ['2024-05-03'], reason: 'further', action: toMarketo, value: 0 }] },
  { name: 'a time against an earlier one, and against what is none', field: 'seen__c', policy: { policy: 'monotone', type: 'datetime' }, steps: [
    { segment: ['2024-05-03T10:00:00Z', 10_000], marketo: ['2024-05-03T09:00:00Z', 60_000], reason: 'further', action: toMarketo },
    { segment: ['2024-05-03T10:00:00Z', 10_000], marketo: ['soon', 60_000], reason: 'further', action: toMarketo }] },
  { name: 'a negative number is more than nothing', field: 'logins__c', policy: { policy: 'monotone', type: 'integer' }, steps: [
    { segment: [-5, 10_000], marketo: [null], reason: 'further', action: toMarketo, value: -5 }] },
  { name: 'a later day', field: 'seen__c', policy: { policy: 'monotone', type: 'date' }, steps: [
    { segment: ['2024-05-03', 10_000], marketo: ['2023-12-31', 60_000], reason: 'further', action: toMarketo, value: '2024-05-03' },
    { segment: ['2024-05-03', 10_000], marketo: [null, 60_000], reason: 'further', action: toMarketo },
    { segment: [null, 10_000], marketo: ['2024-05-03', 60_000], reason: 'further', action: toSegment }] },
  // Read-only, and functions
  { name: 'what Marketo keeps itself', field: 'createdAt', policy: null, steps: [
    { segment: ['2024-05-03T10:00:00Z', 60_000], marketo: ['2024-01-01T00:00:00Z', 10_000], reason: 'read-only', action: none }] },
  { name: 'what Marketo keeps itself, where both hold the same', field: 'createdAt', policy: null, steps: [
    { segment: ['2024-05-03T10:00:00Z', 60_000], marketo: ['2024-05-03T10:00:00Z', 10_000], reason: 'read-only', action: none }] },
  { name: 'a function decides', field: 'title', policy: { policy: 'custom', custom: 'longer' }, steps: [
    { segment: ['Head of Sales', 10_000], marketo: ['Head', 60_000], reason: 'custom', action: toMarketo, value: 'Head of Sales' },
    { segment: ['Head', 60_000], marketo: ['Head of Sales', 10_000], reason: 'custom', action: toSegment },
    { segment: ['Head of Sales', 60_000], marketo: null, reason: 'known', action: none },
    { segment: null, marketo: ['Head of Sales', 70_000], reason: 'known', action: none }] },
  { name: 'a function that decides nothing', field: 'title', policy: { policy: 'custom', custom: 'longer' }, steps: [
    { segment: ['', 10_000], marketo: null, reason: 'no-clear', action: none },
    { segment: null, marketo: ['Head', 60_000], reason: 'custom', action: toSegment }] },
  { name: 'a function that is not there', field: 'title', policy: { policy: 'custom', custom: 'nobody' }, steps: [
    { segment: ['Head', 10_000], marketo: ['Lead', 60_000], reason: 'custom-failed', action: none }] }
]
