/**
 * A plan as a page of Markdown.
 *
 *     # Plan of a delivery
 *     ## Calls   ## Quota   ## Events   ## To stop an event   ## Device mode   ## Unsent   ## Warnings
 *
 * Names come from events: they stand as code, cut at 120 characters, and cannot break the page.
 *
 * @module
 */
import { code, plain, table } from '../ground/markdown.js'
import { describeProblem } from '../ground/problem.js'
import type { Plan, PlanRisk } from './plan-types.js'

/** Two decimals where there are any. */
const figure = (n: number): string => String(Math.round(n * 100) / 100)

const percent = (share: number | null): string => (share === null ? 'no quota' : `${figure(share * 100)} %`)

/** Seconds, or hours where there are some. */
const time = (seconds: number | null): string =>
  seconds === null ? 'never' : seconds < 3_600 ? `${figure(seconds)} s` : `${figure(seconds / 3_600)} h`

const mostNames = 8

/** The first so many names, and how many more there are. */
const names = (list: ReadonlyArray<string>): string => {
  const shown = list.slice(0, mostNames).map(code).join(', ')
  return list.length > mostNames ? `${shown} and ${list.length - mostNames} more` : shown
}

const opening = ({ items, carried, calls, countedCalls, naiveCalls, heldBack }: Plan): ReadonlyArray<string> => [
  '# Plan of a delivery',
  `Items: ${items}; carried by calls: ${carried}. Calls: ${calls}, of which ${countedCalls} count against the daily quota. ` +
    `With a call for each intent they would be ${naiveCalls}.${heldBack === 0 ? '' : ` Held back: ${heldBack}.`}`
]

const callsPart = ({ endpoints }: Plan): ReadonlyArray<string> =>
  endpoints.length === 0
    ? []
    : [
        '## Calls',
        table(
          ['Endpoint', 'Calls', 'Records', 'Counts against the quota'],
          endpoints.map(({ endpoint, calls, records, isCounted }) => [
            code(endpoint),
            calls,
            records,
            isCounted ? 'yes' : 'no'
          ])
        )
      ]

const quotaPart = ({ quota }: Plan): ReadonlyArray<string> =>
  quota.length === 0
    ? []
    : [
        '## Quota',
        table(
          ['Instance', 'Counted calls', 'Ours a day', 'Part of the day', 'Least time'],
          quota.map(({ munchkinId, countedCalls, callsPerDay, share, leastSeconds }) => [
            code(munchkinId),
            countedCalls,
            callsPerDay,
            percent(share),
            time(leastSeconds)
          ])
        )
      ]

const eventsPart = ({ events }: Plan): ReadonlyArray<string> =>
  events.length === 0
    ? []
    : [
        '## Events',
        'Calls are shared: an item has its part of each call that carries it.',
        table(
          ['Event', 'Items', 'Calls', 'Counted', 'Records', 'Unsent'],
          events.map(({ event, items, calls, countedCalls, records, unsent }) => [
            code(event),
            items,
            figure(calls),
            figure(countedCalls),
            figure(records),
            unsent
          ])
        )
      ]

/** The line is the same for every event: it is put into those that shall stay away. */
const stopPart = ({ events: [first] }: Plan): ReadonlyArray<string> =>
  first === undefined
    ? []
    : [
        '## To stop an event',
        'In the call at its source, to keep it away from Marketo and from nothing else:',
        `\`\`\`json\n${JSON.stringify(first.stop)}\n\`\`\``
      ]

const devicePart = ({ deviceMode, events }: Plan): ReadonlyArray<string> => {
  const saved = events.filter(({ browserCalls }) => browserCalls > 0)
  return saved.length === 0
    ? []
    : [
        '## Device mode',
        `Page views and cookies of events that come from browsers cost nothing there: at most ${deviceMode.calls} calls less, ` +
          `${deviceMode.countedCalls} of them counted.`,
        table(
          ['Event', 'Calls'],
          saved.map(({ event, browserCalls }) => [code(event), browserCalls])
        )
      ]
}

const unsentPart = ({ unsent }: Plan): ReadonlyArray<string> =>
  unsent.length === 0
    ? []
    : [
        '## Unsent',
        table(
          ['Why', 'Items', 'Events'],
          unsent.map(({ problem, items, events }) => [plain(describeProblem(problem)), items, names(events)])
        )
      ]

// biome-ignore format: table
const titles: Readonly<Record<PlanRisk, string>> = {
  'over-quota':           'More than the day’s quota',
  'much-of-quota':        'Much of the day’s quota',
  'lookup-before-upsert': 'Lookups that an upsert would have saved',
  'lead-not-upserted':    'Leads that nothing here writes',
  'call-each':            'A call each',
  'derived-visitor':      'Visitors beside the lead’s own browser',
  'no-message-id':        'No messageId',
  'same-id':              'The id of another item',
  'deletes-leads':        'Leads that are deleted',
  'in-browser':           'Intents for browsers',
  'retired-route':        'Intents of a retired route',
  'company-fields':       'Fields of the company',
  'removed-fields':       'Fields that Marketo may lack',
  'held-back':            'Held back'
}

const warningsPart = ({ warnings }: Plan): ReadonlyArray<string> =>
  warnings.length === 0
    ? []
    : [
        '## Warnings',
        table(
          ['What', 'Instance', 'Items', 'Calls', 'Fields', 'Events', 'Mending'],
          warnings.map(({ _tag, munchkinId, items, calls, names: fields, events, mend }) => [
            titles[_tag],
            code(munchkinId),
            items,
            figure(calls),
            names(fields),
            names(events),
            mend
          ])
        )
      ]

/**
 * The plan as a page of Markdown.
 *
 * @example
 * import { plan, printPlan } from 'segment-marketo/delivery'
 *
 * printPlan(plan([])).split('\n')[0] // => '# Plan of a delivery'
 * @category plans
 * @since 0.1.0
 */
export const printPlan = (plan: Plan): string => {
  const parts = [opening, callsPart, quotaPart, eventsPart, stopPart, devicePart, unsentPart, warningsPart]
  return `${parts.flatMap((part) => part(plan)).join('\n\n')}\n`
}
