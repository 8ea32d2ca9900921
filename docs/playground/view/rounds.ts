/**
 * Rounds of a delivery: the calls of each with their answers; opened, the texts of both.
 *
 *     waits 20.4 s
 *     Round 3  +21.1 s · 1 call                              177 delivered, 3 failed
 *     ▸ POST /rest/v1/leads.json   60 intents   59 created, 1 skipped (1003 Invalid data)   0.3 s
 *
 * @module
 */
import { bodyText } from '../../../src/endpoints/body-text.js'
import { answerWords, fateCounts, fates, isTrouble, kindOfRoute, routeOf, spanOf } from '../model/delivery-words.js'
import type { Round, Run, Told } from '../model/run.js'
import { plural } from '../model/summary.js'
import { folded, h, longCode } from './dom.js'

/** Calls of a round that read alike stand in one line. */
const alike = (told: ReadonlyArray<Told>): ReadonlyArray<ReadonlyArray<Told>> => {
  const lines = new Map<string, Array<Told>>()
  for (const one of told) {
    const key = `${kindOfRoute(one.request.call.descriptor)} ${answerWords(one)} ${one.request.call.intents.length}`
    lines.set(key, [...(lines.get(key) ?? []), one])
  }
  return [...lines.values()]
}

const pretty = (body: unknown): string => {
  if (typeof body !== 'string') return JSON.stringify(body, null, 2) ?? ''
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

const requestText = ({ request: { call } }: Told): string => {
  const { query, body } = call.descriptor
  const pairs = query.map(([name, value]) => `${name} = ${value}`)
  return [routeOf(call.descriptor), ...pairs, ...(body === null ? [] : [pretty(bodyText(body).text)])].join('\n')
}

const exchange = (told: Told): HTMLElement =>
  h(
    'div',
    { class: 'exchange' },
    longCode(requestText(told), 'Request'),
    longCode(told.answer === null ? 'no answer' : pretty(told.answer.body), 'Answer')
  )

const soundness = (told: Told): string => {
  if (isTrouble(told)) return 'trouble'
  return answerWords(told).includes('skipped') ? 'partly' : 'good'
}

const callLine = (some: ReadonlyArray<Told>): HTMLElement | null => {
  const [first] = some
  if (first === undefined) return null
  const { call } = first.request
  const route = some.length === 1 ? routeOf(call.descriptor) : `${some.length} × ${kindOfRoute(call.descriptor)}`
  const records = call.intents.length === 0 ? '' : plural(call.intents.length, 'intent')
  const slowest = Math.max(...some.map(({ millis }) => millis))
  const line = h(
    'span',
    { class: 'call' },
    h('span', { class: 'call-route' }, route),
    h('span', { class: 'call-records' }, records),
    h('span', { class: `call-answer ${soundness(first)}` }, answerWords(first)),
    h('span', { class: 'call-time' }, `${spanOf(slowest)}`)
  )
  return h(
    'li',
    {},
    folded(line, () => exchange(first))
  )
}

const endedText = ({ ended }: Round): string => {
  const counts = fateCounts(ended)
  return fates.flatMap((fate) => (counts.has(fate) ? [`${counts.get(fate)} ${fate}`] : [])).join(', ')
}

/** A round. */
export const roundView = (run: Run, round: Round): HTMLElement => {
  const ended = endedText(round)
  return h(
    'li',
    { class: 'round' },
    round.idle >= 1_000 ? h('p', { class: 'idle' }, `waits ${spanOf(round.idle)}`) : null,
    h(
      'h3',
      {},
      `Round ${round.number} `,
      h('span', { class: 'round-time' }, `+${spanOf(round.at - run.begunAt)} · ${plural(round.told.length, 'call')}`),
      ended === '' ? null : h('span', { class: 'round-ended' }, ended)
    ),
    h('ul', {}, ...alike(round.told).map(callLine))
  )
}
