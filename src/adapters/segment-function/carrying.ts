/**
 * The intents of many events, carried out in as few calls as they need.
 *
 *     1  Sync Leads            one call for up to 300 leads; events of one lead in one record, later values over earlier ones
 *     2  Get Leads             numbers of leads that no write told
 *     3  Add Custom Activities         ┐ side by side
 *     4  Associate Lead, then the visit ┘
 *
 * An event of which a step was not done goes no further, and ends with the reason. A record that Marketo refuses costs nobody else
 * anything: a call that it spoilt is halved, and a lead that several events wrote is written once more for each of them.
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { isOneRecord, mergeUpserts } from '../../delivery/coalesce.js'
import { describeAddCustomActivities, interpretAddCustomActivities } from '../../endpoints/add-custom-activities.js'
import { describeAssociateLead, interpretAssociateLead } from '../../endpoints/associate-lead.js'
import {
  describeGetLeads,
  interpretGetLeads,
  type LeadQuestion,
  type LookupOutcome
} from '../../endpoints/get-leads.js'
import { describeSyncLeads, interpretSyncLeads } from '../../endpoints/sync-leads.js'
import { describeVisitWebPage, interpretVisitWebPage } from '../../endpoints/visit-web-page.js'
import { malformed, missing } from '../../ground/problem.js'
import { isNonEmpty } from '../../ground/these.js'
import type { Call, Described, HttpRequest } from '../../intent/descriptor.js'
import type { AssociateCookie, Intent, KeyedIntent, UpsertLead } from '../../intent/intent.js'
import { keyText } from '../../intent/lead-key.js'
import type { Answer, RecordOutcome, Verdict } from '../../intent/outcome.js'
import { type Ended, mayBeOne, type Seen, seenIn } from '../../pace/remedies.js'
import type { CallEnded, Caller } from './calling.js'
import { type Ending, endingOfSeen, unfit } from './ending.js'

/** Something to do, for these events, by position. */
interface Job<I> {
  readonly intent: I
  readonly events: ReadonlyArray<number>
}

/** What one invocation knows. */
interface Run {
  readonly caller: Caller
  readonly endings: Array<Ending | undefined>
  readonly numbers: Map<string, number>
  /** How many more calls may be made to find out which record spoilt one. */
  spare: number
}

const mostHalvings = 24

type Jobs<I> = ReadonlyArray<Job<I>>

/** How jobs of one kind become calls. */
interface Way<I, O> {
  readonly describe: (batch: ReadonlyNonEmptyArray<I>) => Described<HttpRequest>
  readonly interpret: (call: Call<HttpRequest>, answer: Answer) => Verdict<O>
  readonly repeatable: boolean
  readonly take: (job: Job<I>, outcome: O, endpoint: string) => void
}

const end = (run: Run, { events }: Pick<Job<unknown>, 'events'>, ending: Ending | undefined): void => {
  for (const event of events) run.endings[event] ??= ending
}

const isDivisible = (seen: Seen): boolean =>
  seen.word === 'split-request' || ((seen.word === 'mend-request' || seen.word === 'mend-record') && mayBeOne(seen))

const refused = async <I, O>(
  run: Run,
  jobs: Jobs<I>,
  way: Way<I, O>,
  endpoint: string,
  ended: Ended
): Promise<void> => {
  const seen = seenIn(ended)
  if (jobs.length > 1 && isDivisible(seen) && run.spare > 1) {
    run.spare -= 2
    const half = Math.ceil(jobs.length / 2)
    await carry(run, jobs.slice(0, half), way)
    return carry(run, jobs.slice(half), way)
  }
  for (const job of jobs) end(run, job, endingOfSeen(endpoint, seen, way.repeatable))
}

const settle = async <I, O>(
  run: Run,
  jobs: Jobs<I>,
  way: Way<I, O>,
  endpoint: string,
  ended: CallEnded<O>
): Promise<void> => {
  if (ended._tag === 'NotMade') for (const job of jobs) end(run, job, ended.why)
  else if (ended._tag === 'Accepted')
    jobs.forEach((job, k) => {
      const outcome = ended.outcomes[k]
      if (outcome === undefined) end(run, job, endingOfSeen(endpoint, seenIn({ _tag: 'Lost' }), way.repeatable))
      else way.take(job, outcome, endpoint)
    })
  else await refused(run, jobs, way, endpoint, ended)
}

/** Carries out jobs of one kind, in as many calls as they need, side by side. */
const carry = async <I, O>(run: Run, jobs: Jobs<I>, way: Way<I, O>): Promise<void> => {
  const batch = jobs.map(({ intent }) => intent)
  if (!isNonEmpty(batch)) return
  const described = way.describe(batch)
  if (described._tag !== 'Right')
    for (const { intent, problem } of described.left) end(run, jobs[intent] ?? { events: [] }, unfit(problem))
  if (described._tag === 'Left') return
  await Promise.all(
    described.right.map(async (call) => {
      const ended = await run.caller.make(call, way.interpret, way.repeatable)
      const own = call.intents.flatMap((i) => jobs[i] ?? [])
      await settle(run, own, way, call.descriptor.endpoint, ended)
    })
  )
}

/** What is done with the outcome of a record: an applied one tells a lead's number, another one ends its events. */
const takeRecord =
  <I extends KeyedIntent | { readonly intent: KeyedIntent }>(run: Run, repeatable: boolean) =>
  (job: Job<I>, outcome: RecordOutcome, endpoint: string): void => {
    if (outcome._tag !== 'Applied') end(run, job, endingOfSeen(endpoint, seenIn(outcome), repeatable))
  }

const grouped = <A>(list: ReadonlyArray<A>, nameOf: (a: A) => string): ReadonlyArray<ReadonlyArray<A>> => {
  const groups = new Map<string, Array<A>>()
  for (const a of list) {
    const name = nameOf(a)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [a])
    else group.push(a)
  }
  return [...groups.values()]
}

const keyOf = ({ intent }: Job<LeadQuestion>): string => keyText(intent.lead)

/** Several writes of one lead as one. */
const merged = (jobs: Jobs<UpsertLead>): Jobs<UpsertLead> => {
  const [first, ...others] = jobs
  if (first === undefined) return []
  const alike = others.every(({ intent }) => isOneRecord(first.intent, intent))
  if (!alike) return jobs
  const intent = others.reduce((earlier, later) => mergeUpserts(earlier, later.intent), first.intent)
  return [{ intent, events: jobs.flatMap(({ events }) => events) }]
}

const writeLeads = async (run: Run, jobs: Jobs<UpsertLead>): Promise<void> => {
  const people = grouped(jobs, keyOf)
  const again: Array<Jobs<UpsertLead>> = []
  const way = (ofKey: ReadonlyMap<string, Jobs<UpsertLead>>): Way<UpsertLead, RecordOutcome> => ({
    describe: describeSyncLeads,
    interpret: interpretSyncLeads,
    repeatable: true,
    take: (job, outcome, endpoint) => {
      if (outcome._tag === 'Applied') {
        if (outcome.leadId !== null) run.numbers.set(keyOf(job), outcome.leadId)
        return
      }
      const seen = seenIn(outcome)
      const own = ofKey.get(keyOf(job)) ?? []
      if (own.length > 1 && job.events.length > 1 && seen.word !== 'lost') again.push(own)
      else end(run, job, endingOfSeen(endpoint, seen, true))
    }
  })
  const byKey = new Map(people.map((own) => [own[0] === undefined ? '' : keyOf(own[0]), own]))
  await carry(run, people.flatMap(merged), way(byKey))
  const rounds = Math.max(0, ...again.map((own) => own.length))
  for (let round = 0; round < rounds; round += 1)
    await carry(
      run,
      again.flatMap((own) => own[round] ?? []),
      way(new Map())
    )
}

const nobody = missing('invalid', ['lead'], 'Marketo has no lead with that key, and the settings make none')
const unreadableNumber = malformed('invalid', ['lead'], 'no number of a lead', 'send the key of a lead')

const askNumbers = async (run: Run, jobs: Jobs<LeadQuestion>): Promise<void> => {
  const asked = grouped(
    jobs.filter((job) => !run.numbers.has(keyOf(job)) && job.intent.lead.lookupField !== 'id'),
    keyOf
  ).flatMap((own): Jobs<LeadQuestion> => {
    const [first] = own
    return first === undefined ? [] : [{ intent: first.intent, events: own.flatMap(({ events }) => events) }]
  })
  const way: Way<LeadQuestion, LookupOutcome> = {
    describe: (batch) => describeGetLeads(batch),
    interpret: interpretGetLeads,
    repeatable: true,
    take: (job, outcome, endpoint) => {
      if (outcome._tag === 'Unanswered') return end(run, job, endingOfSeen(endpoint, seenIn(outcome), true))
      const [leadId] = outcome.leadIds
      if (leadId === undefined) end(run, job, unfit(nobody))
      else run.numbers.set(keyOf(job), leadId)
    }
  }
  await carry(run, asked, way)
}

/** The jobs with the numbers of their leads; those without end. */
const numbered = <I extends KeyedIntent>(run: Run, jobs: Jobs<I>) =>
  alive(run, jobs).flatMap(({ intent, events }) => {
    const { lookupField, value } = intent.lead
    const leadId = lookupField === 'id' ? Number(value) : run.numbers.get(keyText(intent.lead))
    if (leadId === undefined) end(run, { events }, unfit(unreadableNumber))
    return leadId === undefined ? [] : [{ intent: { intent, lead: { leadId } }, events }]
  })

/** The jobs whose events have not ended. */
const alive = <I>(run: Run, jobs: Jobs<I>): Jobs<I> =>
  jobs.filter(({ events }) => events.some((event) => run.endings[event] === undefined))

const visitorText = ({ intent: { lead, visitor } }: Job<AssociateCookie>): string =>
  JSON.stringify([keyText(lead), visitor._tag === 'Cookie' ? visitor.cookie : null])

const associate = (run: Run, jobs: Jobs<AssociateCookie>): Promise<void> => {
  const once = grouped(alive(run, jobs), visitorText).flatMap((own) =>
    own.slice(0, 1).map(({ intent }) => ({ intent, events: own.flatMap(({ events }) => events) }))
  )
  return carry(run, numbered(run, once), {
    describe: describeAssociateLead,
    interpret: interpretAssociateLead,
    repeatable: true,
    take: takeRecord(run, true)
  })
}

type OfKind<T extends Intent['_tag']> = Extract<Intent, { readonly _tag: T }>

const ofKind = <T extends Intent['_tag']>(jobs: Jobs<Intent>, tag: T): Jobs<OfKind<T>> =>
  jobs.flatMap(({ intent, events }) => (isOfKind(intent, tag) ? [{ intent, events }] : []))

const isOfKind = <T extends Intent['_tag']>(intent: Intent, tag: T): intent is OfKind<T> => intent._tag === tag

const takeSteps = async (run: Run, jobs: Jobs<Intent>): Promise<void> => {
  // One lookup field after the other: two keys of one person at once could make two leads.
  for (const group of grouped(ofKind(jobs, 'UpsertLead'), ({ intent }) => intent.lead.lookupField))
    await writeLeads(run, group)
  const [cookies, activities] = [ofKind(jobs, 'AssociateCookie'), ofKind(jobs, 'AddCustomActivity')]
  await askNumbers(run, alive<LeadQuestion>(run, [...cookies, ...activities]))
  const visit = async (): Promise<void> => {
    await associate(run, cookies)
    await carry(run, alive(run, ofKind(jobs, 'VisitPage')), {
      describe: (batch) => describeVisitWebPage(batch),
      interpret: interpretVisitWebPage,
      repeatable: false,
      take: takeRecord(run, false)
    })
  }
  const add = carry(run, numbered(run, activities), {
    describe: describeAddCustomActivities,
    interpret: interpretAddCustomActivities,
    repeatable: false,
    take: takeRecord(run, false)
  })
  await Promise.all([add, visit()])
}

/** Carries out what each event asks for; how each of those ended that did not end well, by position. @internal */
export const carryOut = async (
  caller: Caller,
  intents: ReadonlyArray<ReadonlyArray<Intent>>
): Promise<ReadonlyArray<Ending | undefined>> => {
  const run: Run = { caller, endings: [], numbers: new Map(), spare: mostHalvings }
  const jobs = intents.flatMap((own, event) => own.map((intent): Job<Intent> => ({ intent, events: [event] })))
  await takeSteps(run, jobs)
  return intents.map((_, event) => run.endings[event])
}
