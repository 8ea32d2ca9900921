/**
 * Scores: points for what somebody does.
 *
 *     way        Marketo is told                                   who else may write the field
 *     total      the number itself, kept here                      nobody: it is ours alone (the safe one)
 *     add        to add to what it has: read, added, written       nobody: what is written between is lost
 *     campaign   to send the lead through a campaign, with a token  anybody: Marketo's own flow step adds
 *
 * A cap is how many points a rule gives one person, in all or in each span of so many days. With a half-life, points of long ago count
 * less; late events are counted from when they happened. What is told is a whole number.
 *
 * Source: Adobe "Change Score"; "Leads" (Sync Leads sets numbers, and adds to none).
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import type { Path } from '../ground/path.js'
import { malformed, type Problem } from '../ground/problem.js'
import { compileWhen, type Test } from './conditions.js'
import { about, type Draft, putField } from './draft.js'
import type { Score } from './file.js'
import { decayed, type ScoreMemory, withPoints } from './memory.js'

const day = 86_400_000

/** A score made ready. @internal */
export interface CompiledScore {
  readonly score: Score
  readonly halfLife: number | null
  readonly rules: ReadonlyArray<readonly [test: Test, points: number, cap: Score['points'][number]['cap']]>
}

const mendCap = 'a cap bounds the points of its rule: give it their sign'

/** A score made ready. @internal */
export const compileScore = (score: Score, at: Path, problems: Array<Problem>): CompiledScore => {
  score.points.forEach(({ points, cap }, i) => {
    if (cap !== undefined && cap.points * points < 0)
      problems.push(malformed('invalid', [...at, 'points', i, 'cap', 'points'], 'the other sign', mendCap))
  })
  return {
    score,
    halfLife: score.halfLifeDays === undefined ? null : score.halfLifeDays * day,
    rules: score.points.map(({ when, points, cap }) => [compileWhen(when), points, cap])
  }
}

/** A score of which nothing is known. */
const noScore = (asOf: Instant): ScoreMemory => ({ sum: 0, asOf, used: {}, told: null })

/** As many of the points as a cap has room for: caps bound points of their own sign. */
const within = (points: number, cap: number, used: number): number =>
  points >= 0 ? Math.max(0, Math.min(points, cap - used)) : Math.min(0, Math.max(points, cap - used))

/** Numbers that Marketo keeps are whole, and there is one zero. */
const whole = (n: number, { least, most }: Score): number =>
  Math.round(Math.max(least ?? Number.MIN_SAFE_INTEGER, Math.min(most ?? Number.MAX_SAFE_INTEGER, n))) + 0

/** The name of what a cap has used up. */
const usedName = (rule: number, days: number | undefined, at: Instant): string =>
  days === undefined ? String(rule) : `${rule} ${Math.floor(at / (days * day))}`

/** The points that an event gives, and the score with them counted. */
const counted = (
  { rules, halfLife }: CompiledScore,
  draft: Draft,
  before: ScoreMemory,
  at: Instant
): readonly [ScoreMemory, number, boolean] => {
  let after = before
  let all = 0
  let applies = false
  rules.forEach(([test, given, cap], i) => {
    if (!test(draft.view)) return
    applies = true
    const name = usedName(i, cap?.days, at)
    const used = new Map(Object.entries(after.used)).get(name) ?? 0
    const points = cap === undefined ? given : within(given, cap.points, used)
    all += points
    after = withPoints(after, points, at, halfLife)
    if (cap !== undefined) after = { ...after, used: { ...after.used, [name]: used + points } }
  })
  return [after, all, applies]
}

/** Tells Marketo of points, in the way of the score. */
const tell = ({ score }: CompiledScore, draft: Draft, memory: ScoreMemory, points: number): ScoreMemory => {
  const { to, least = null, most = null } = score
  if (to.way === 'total') {
    const told = whole(memory.sum, score)
    putField(draft, to.field, told)
    draft.creates = true
    return { ...memory, told }
  }
  const delta = Math.round(points)
  if (delta === 0) return memory
  draft.creates = true
  if (to.way === 'add')
    draft.joinings.push({ _tag: 'AddToScore', ...about(draft), field: to.field, points: delta, least, most })
  else {
    const name = to.token.startsWith('{{') ? to.token : `{{my.${to.token.replace(/^my\./, '')}}}`
    const value = delta > 0 ? `+${delta}` : String(delta)
    draft.joinings.push({
      _tag: 'RequestCampaign',
      ...about(draft),
      campaignId: to.campaign,
      tokens: [{ name, value }],
      purpose: 'measure',
      at: draft.view.at
    })
  }
  return memory
}

/** What caps have used up, without spans that ended before: events of that time are no longer told apart either. */
const pruned = ({ rules }: CompiledScore, score: ScoreMemory, since: Instant): ScoreMemory => {
  const isOver = (name: string): boolean => {
    const [rule = '', span] = name.split(' ')
    const days = rules[Number(rule)]?.[2]?.days
    return span !== undefined && (days === undefined || (Number(span) + 1) * days * day < since)
  }
  const entries = Object.entries(score.used)
  return entries.some(([name]) => isOver(name))
    ? { ...score, used: Object.fromEntries(entries.filter(([name]) => !isOver(name))) }
    : score
}

/** The score of a person after an event; undefined where no rule of it applies. @internal */
export const scored = (
  compiled: CompiledScore,
  draft: Draft,
  known: ScoreMemory | undefined,
  now: Instant,
  since: Instant
): ScoreMemory | undefined => {
  const at = draft.view.at ?? now
  const [after, points, applies] = counted(compiled, draft, known ?? noScore(at), at)
  return applies ? tell(compiled, draft, pruned(compiled, after, since), points) : undefined
}

/** What a score is by now, as Marketo would be told. @internal */
export const currentScore = ({ score, halfLife }: CompiledScore, { sum, asOf }: ScoreMemory, now: Instant): number =>
  whole(decayed(sum, now - asOf, halfLife), score)
