/**
 * The figures: each a ratio of two things measured in the same run, so that a slow or noisy machine changes little.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { describeAddCustomActivities } from '../../src/endpoints/add-custom-activities.js'
import { describeAssociateLead } from '../../src/endpoints/associate-lead.js'
import { bodyText } from '../../src/endpoints/body-text.js'
import { hostName, requestUri } from '../../src/endpoints/request-uri.js'
import { describeSteps } from '../../src/endpoints/steps.js'
import { describeSyncLeads } from '../../src/endpoints/sync-leads.js'
import { describeVisitWebPage } from '../../src/endpoints/visit-web-page.js'
import { isNonEmpty } from '../../src/ground/these.js'
import type { Call, Described, HttpRequest } from '../../src/intent/descriptor.js'
import { type Intent, isBrowserIntent, type ServerIntent } from '../../src/intent/intent.js'
import type { Mapper } from '../../src/intent/mapped.js'
import { browserMapper as v1BrowserMapper, mapper as v1Mapper } from '../../src/v1/mapper.js'
import { associateLeadSignature } from '../../src/v1/sign.js'
import { mapper } from '../../src/v2/mapper.js'
import { mapByHand } from './by-hand.js'
import { corpusSettings, corpusV1Settings, makeCorpus } from './corpus.js'
import { callFigures, isBatched, itemsOf, stepSeconds } from './delivery.js'
import { freshRecords, parseAnswers, readLeadsFile, readRecords, sourceAnswers } from './source.js'

const rounds = 25

/** What a run answers is added up here, so that no run can be optimised away. */
let sink = 0

/** Seconds per run of each contestant: the least of many rounds in which they take turns, which neighbours on the machine disturb least. */
const race = (contestants: ReadonlyArray<() => number>): ReadonlyArray<number> => {
  const times: ReadonlyArray<Array<number>> = contestants.map(() => [])
  for (let round = 0; round < rounds + 3; round += 1) {
    contestants.forEach((run, i) => {
      const start = process.hrtime.bigint()
      sink += run()
      const spent = Number(process.hrtime.bigint() - start) / 1e9
      if (round >= 3) times[i]?.push(spent)
    })
  }
  return times.map((list) => Math.min(...list))
}

const corpus = makeCorpus(10_000)
const texts = corpus.map((event) => JSON.stringify(event))
const map = mapper(corpusSettings())
const v1 = v1Mapper(corpusV1Settings())
const v1InBrowser = v1BrowserMapper(corpusV1Settings())
const v1Signing = v1BrowserMapper(corpusV1Settings(), { privateKey: 'fortesting', runsIn: 'server' })

const isMapped = (event: object): boolean => map(event)._tag !== 'Left'
const ofType =
  (type: string) =>
  (event: object): boolean =>
    'type' in event && event.type === type

const rows: Array<{ readonly figure: string; readonly ratio: string; readonly least: string; readonly met: string }> =
  []

const row = (figure: string, ratio: number, limit: number | null): void => {
  rows.push({
    figure,
    ratio: ratio.toFixed(2),
    least: limit === null ? '' : `≤ ${limit}`,
    met: limit === null ? '' : ratio <= limit ? 'yes' : 'NO'
  })
}

const shapeOf = (u: unknown): string =>
  typeof u === 'object' && u !== null
    ? `{${Object.entries(u)
        .map(([key, value]) => key + shapeOf(value))
        .join()}}`
    : typeof u

/** What mapping adds to the parsing of the same events: each is mapped when it has just been parsed, as the events of a stream are. */
const mapping = (figure: string, keep: (event: object) => boolean, limit: number | null, mapOf: Mapper = map): void => {
  const own = texts.filter((_, i) => keep(corpus[i] as object))
  const [parse = Number.NaN, both = Number.NaN] = race([
    () => {
      let n = 0
      for (const text of own) n += Object.keys(JSON.parse(text) as object).length
      return n
    },
    () => {
      let n = 0
      for (const text of own) {
        const event = JSON.parse(text) as object
        n += Object.keys(event).length + mapOf(event)._tag.length
      }
      return n
    }
  ])
  row(figure, (both - parse) / parse, limit)
}

/** The same, of ten thousand events that were all parsed long before: each has to be fetched from far memory first. */
const mappingLater = (): void => {
  const parsed = texts.map((text): unknown => JSON.parse(text))
  const [parse = Number.NaN, mapped = Number.NaN] = race([
    () => texts.reduce((n, text) => n + Object.keys(JSON.parse(text) as object).length, 0),
    () => parsed.reduce((n: number, event) => n + map(event)._tag.length, 0)
  ])
  row('v2 mixed corpus, of events parsed long before', mapped / parse, null)
}

const plainRoundTrip = (): number => {
  let n = 0
  for (const text of texts) n += JSON.stringify(JSON.parse(text)).length
  return n
}

const keyed = (intents: ReadonlyArray<Intent>): ReadonlyArray<ServerIntent> =>
  intents.filter((intent): intent is ServerIntent => !isBrowserIntent(intent))

/** How long a request is as it goes over the wire: its address and its body. */
const wireLength = ({ descriptor }: Call<HttpRequest>): number => {
  const { host, munchkinId, body } = descriptor
  const text = body === null ? '' : bodyText(body).text
  return `https://${hostName(host, munchkinId)}${requestUri(descriptor)}`.length + text.length
}

const wireLengths = (steps: Described<HttpRequest> | undefined): number =>
  steps === undefined || steps._tag === 'Left' ? 0 : steps.right.reduce((n, call) => n + wireLength(call), 0)

/** One event at a time: its line in, the text of its own requests out. */
const oneByOne = (): number => {
  let n = 0
  for (const text of texts) {
    const verdict = map(JSON.parse(text))
    if (verdict._tag === 'Left') continue
    const intents = keyed(verdict.right)
    if (isNonEmpty(intents)) n += wireLengths(describeSteps(intents))
  }
  return n
}

const ofKind =
  <T extends ServerIntent['_tag']>(tag: T) =>
  (intent: ServerIntent): intent is Extract<ServerIntent, { readonly _tag: T }> =>
    intent._tag === tag

const some = <A>(
  list: ReadonlyArray<A>,
  describe: (batch: ReadonlyNonEmptyArray<A>) => Described<HttpRequest>
): ReadonlyArray<Described<HttpRequest>> => (isNonEmpty(list) ? [describe(list)] : [])

/** The requests that a thousand events share, by their lines. Lead numbers are known, as they are after the first call. */
const shared = (lines: ReadonlyArray<string>): ReadonlyArray<Described<HttpRequest>> => {
  const intents: Array<ServerIntent> = []
  for (const text of lines) {
    const verdict = map(JSON.parse(text))
    if (verdict._tag !== 'Left') for (const intent of keyed(verdict.right)) intents.push(intent)
  }
  const withLead = <I>(intent: I, i: number) => ({ intent, lead: { leadId: i + 1 } })
  return [
    ...some(intents.filter(ofKind('UpsertLead')), describeSyncLeads),
    ...some(intents.filter(ofKind('AddCustomActivity')).map(withLead), describeAddCustomActivities),
    ...some(intents.filter(ofKind('AssociateCookie')).map(withLead), describeAssociateLead),
    ...some(intents.filter(ofKind('VisitPage')), describeVisitWebPage)
  ]
}

const thousands = Array.from({ length: texts.length / 1000 }, (_, i) => texts.slice(i * 1000, (i + 1) * 1000))

/** A thousand events at a time: their lines in, the text of the requests that they share out. */
const inBatches = (): number => {
  let n = 0
  for (const lines of thousands) for (const steps of shared(lines)) n += wireLengths(steps)
  return n
}

/** The finished requests of each event, as they stand before they become text. */
const finished = (): ReadonlyArray<Described<HttpRequest>> =>
  corpus.flatMap((event) => {
    const verdict = map(event)
    const intents = verdict._tag === 'Left' ? [] : keyed(verdict.right)
    return isNonEmpty(intents) ? [describeSteps(intents)] : []
  })

/** What stays of each road if mapping and describing cost nothing: lines are read, and the text of the requests is written. */
const leastOfRoads = (): void => {
  // Kept only now: a program that keeps its requests teaches the engine to put the next ones where what is kept belongs, which costs.
  const single = finished()
  const batched = thousands.flatMap(shared)
  const write = (requests: ReadonlyArray<Described<HttpRequest>>) => (): number =>
    requests.reduce((n, steps) => n + wireLengths(steps), 0)
  const [plain = Number.NaN, parse = Number.NaN, singly = Number.NaN, inThousands = Number.NaN] = race([
    plainRoundTrip,
    () => texts.reduce((n, text) => n + Object.keys(JSON.parse(text) as object).length, 0),
    write(single),
    write(batched)
  ])
  row('JSON.parse of the line and the text of the finished requests alone', (parse + singly) / plain, null)
  row('the same in batches of 1,000 events, alone', (parse + inThousands) / plain, null)
}

const wholeRoad = (): void => {
  const [plain = Number.NaN, single = Number.NaN, batched = Number.NaN] = race([plainRoundTrip, oneByOne, inBatches])
  row(
    'event line to request text, one event at a time, against JSON.parse + JSON.stringify of the event',
    single / plain,
    1.25
  )
  row('the same in batches of 1,000 events', batched / plain, 1)
  leastOfRoads()
}

/** The same events through a mapper that checks nothing. */
const besideHand = (): void => {
  const numbers = new Map(corpusSettings().events.map(({ event, activityTypeId }) => [event, activityTypeId]))
  const byHand = mapByHand(numbers)
  const parsed = texts.map((text): unknown => JSON.parse(text))
  const [hand, ours] = race([
    () => parsed.reduce((n: number, event) => n + byHand(event).length, 0),
    () => parsed.reduce((n: number, event) => n + map(event)._tag.length, 0)
  ])
  row(
    'v2 mixed corpus, against a mapper by hand that checks nothing',
    (ours ?? Number.NaN) / (hand ?? Number.NaN),
    null
  )
}

/** Munchkin's signature beside the one that Node makes with its compiled digest. */
const signing = (): void => {
  const emails = corpus.map((_, i) => `person.${i}@example.com`)
  const sign = associateLeadSignature('fortesting')
  const [node, ours] = race([
    () => emails.reduce((n, email) => n + createHash('sha1').update(`fortesting${email}`).digest('hex').length, 0),
    () => emails.reduce((n, email) => n + sign(email).length, 0)
  ])
  row('associateLead signature, against node:crypto', (ours ?? Number.NaN) / (node ?? Number.NaN), null)
}

/** The heap in use once what can be forgotten is forgotten. */
const heap = (): number => {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

/** Nanoseconds an event, for streams of so many: made, mapped and forgotten, as a stream is; and the most that the heap held. */
const perEvent = (size: number): { readonly nanoseconds: number; readonly peak: number } => {
  let spent = 0n
  let peak = heap()
  for (let from = 0; from < size; from += 1_000) {
    const list = makeCorpus(Math.min(1_000, size - from), size + from)
    const start = process.hrtime.bigint()
    for (const event of list) sink += map(event)._tag.length
    spent += process.hrtime.bigint() - start
    peak = Math.max(peak, process.memoryUsage().heapUsed)
  }
  return { nanoseconds: Number(spent) / size, peak }
}

/** The middle of several streams of that size: a short one is over before the machine is quiet. */
const typical = (size: number): ReturnType<typeof perEvent> => {
  const runs = Array.from({ length: size > 10_000 ? 1 : 15 }, () => perEvent(size))
  const middle = (of: 'nanoseconds' | 'peak'): number =>
    runs.map((run) => run[of]).sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? Number.NaN
  return { nanoseconds: middle('nanoseconds'), peak: middle('peak') }
}

const growth = (): void => {
  perEvent(10_000)
  const before = heap()
  const sizes = [1_000, 10_000, 100_000, 1_000_000]
  const streams = sizes.map(typical)
  const [first = Number.NaN, ...times] = streams.map(({ nanoseconds }) => nanoseconds)
  const [least = Number.NaN, ...peaks] = streams.slice(1).map(({ peak }) => peak)
  for (const [i, time] of times.entries())
    row(`time per event of ${sizes[i + 1]}, against ${sizes[0]}`, time / first, null)
  for (const [i, peak] of peaks.entries())
    row(`most heap during ${sizes[i + 2]} events, against ${sizes[1]}`, peak / least, null)
  // The slope of the whole time over the number, both as powers of ten: 1 is linear.
  const slope = 1 + Math.log10((times.at(-1) ?? Number.NaN) / first) / 3
  process.stdout.write(`growth: slope ${slope.toFixed(2)} from a thousand events to a million; 1 is linear\n`)
  process.stdout.write(`heap after a million events: ${((heap() - before) / 1e6).toFixed(1)} MB more than before\n`)
}

/**
 * Upserts and activities of the corpus, told so many times over, through the step function, against JSON.parse of those events. The
 * people stay the same: a delivery keeps whom it has met.
 */
const stepping = (times: number, runs: number): void => {
  const once = itemsOf(corpus, map).filter(isBatched)
  const items = Array.from({ length: times }, (_, k) => once.map((item) => ({ ...item, id: `${k}.${item.id}` }))).flat()
  const ids = new Set(once.map(({ messageId }) => messageId))
  const carrying = corpus.flatMap((event) =>
    'messageId' in event && ids.has(String(event.messageId)) ? [JSON.stringify(event)] : []
  )
  const lines = Array.from({ length: times }, () => carrying).flat()
  const measured = Array.from({ length: runs }, () => {
    const start = process.hrtime.bigint()
    for (const line of lines) sink += Object.keys(JSON.parse(line) as object).length
    const parsing = Number(process.hrtime.bigint() - start) / 1e9
    const [seconds, outcomes] = stepSeconds(items)
    if (outcomes !== items.length) throw new Error('not every item has its outcome')
    return { parsing, seconds }
  })
  const seconds = Math.min(...measured.map((one) => one.seconds))
  row(
    `step function, ${times * corpus.length} events in windows of 3,000 items, against JSON.parse`,
    seconds / Math.min(...measured.map(({ parsing }) => parsing)),
    null
  )
  process.stdout.write(
    `step function: ${lines.length} events (${items.length} items) in ${seconds.toFixed(2)} s, ${Math.round(lines.length / seconds)} events a second\n`
  )
}

/** Calls of the corpus, against the least that its records need, and against a call an intent. */
const calling = (): void => {
  const items = itemsOf(corpus, map)
  for (const [name, some] of [
    ['all intents', items],
    ['upserts and activities', items.filter(isBatched)]
  ] as const) {
    const { made, least } = callFigures(some)
    row(`calls of the corpus, ${name}, against the least possible`, made.calls / least, null)
    process.stdout.write(
      `calls, ${name}: ${made.calls} for ${made.items} intents, ${least} at the least, ${made.naiveCalls} one by one\n`
    )
  }
}

/** Records of a source into rows, against JSON.parse of the answers that told them. */
const sourcing = (): void => {
  for (const [collection, limit] of [
    ['leads', 1],
    ['lead_activities', null]
  ] as const) {
    const answers = sourceAnswers[collection]
    const records = freshRecords(answers)
    const [parse, read] = race([() => parseAnswers(answers), () => readRecords(collection, records)])
    row(
      `rows of ${collection}, against JSON.parse of their answers`,
      (read ?? Number.NaN) / (parse ?? Number.NaN),
      limit
    )
    process.stdout.write(`${collection}: ${Math.round(readRecords(collection, records) / (read ?? 1))} rows a second\n`)
  }
  const [parse, file] = race([() => parseAnswers(sourceAnswers.leads), readLeadsFile])
  row(
    'rows of a file of leads, against JSON.parse of the same in answers',
    (file ?? Number.NaN) / (parse ?? Number.NaN),
    null
  )
}

const bytes = texts.reduce((sum, text) => sum + text.length, 0)
process.stdout.write(
  `corpus: ${corpus.length} events, ${new Set(corpus.map(shapeOf)).size} shapes, mean ${Math.round(bytes / corpus.length)} characters\n`
)
mapping('v2 mixed corpus, against JSON.parse', () => true, 0.6)
mappingLater()
mapping('v2 identify', ofType('identify'), 0.75)
mapping('v2 mapped track', (event) => ofType('track')(event) && isMapped(event), 0.45)
mapping('v2 unmapped track', (event) => ofType('track')(event) && !isMapped(event), null)
mapping('v2 page', ofType('page'), 0.65)
// Segment's own v1 code, which the figures were set against, runs in the browser; a server's visits need an address, an agent and a time.
mapping('v1 mixed corpus in the browser', () => true, 0.55, v1InBrowser)
mapping('v1 identify in the browser, signing apart', ofType('identify'), 0.6, v1InBrowser)
mapping('v1 track in the browser', ofType('track'), 0.55, v1InBrowser)
mapping('v1 page in the browser', ofType('page'), 0.25, v1InBrowser)
mapping('v1 identify in the browser, signed here', ofType('identify'), null, v1Signing)
mapping('v1 identify on the server', ofType('identify'), null, v1)
mapping('v1 track on the server', ofType('track'), null, v1)
mapping('v1 page on the server', ofType('page'), null, v1)
besideHand()
signing()
wholeRoad()
growth()
stepping(1, 3)
stepping(10, 1)
calling()
sourcing()
console.table(rows)
if (sink === 0) process.exitCode = 1
