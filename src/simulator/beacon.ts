/**
 * The beacon host: page views, by whoever has the Munchkin token.
 *
 *     GET /webevents/visitWebPage?_mchNc=…&_mchId=561-HYG-937&_mchTk=…&_mchHo=example.com&_mchRu=/pricing&…
 *
 * It answers 200 to anything it knows, whether or not it made sense of it. Clicks and the retired associateLead are answered, too, and
 * nothing comes of them here.
 *
 * Sources: Munchkin 159 (the pairs); Adobe "Lead Tracking"; no page documents the answer.
 *
 * @module
 */

import { valueAt, withValue } from '../ground/tree.js'
import type { Pairs } from '../intent/descriptor.js'
import type { Answer } from '../intent/outcome.js'
import type { Draft } from './state.js'
import { htmlAnswer } from './told.js'

const noticed: Answer = { status: 200, headers: { 'content-type': 'text/plain' }, body: 'OK' }

/** Munchkin writes the ampersands of a page's query so. */
const ampersand = /__-__/g

const urlOf = (valueUnder: (name: string) => string): string => {
  const port = valueUnder('_mchPo')
  const query = valueUnder('_mchQp').replace(ampersand, '&')
  const place = `${valueUnder('_mchHo')}${port === '' ? '' : `:${port}`}${valueUnder('_mchRu')}`
  return `${valueUnder('_mchPc')}//${place}${query === '' ? '' : `?${query}`}${valueUnder('_mchHa')}`
}

const visited = (draft: Draft, query: Pairs, at: string): void => {
  const valueUnder = (name: string): string => query.find(([own]) => own === name)?.[1] ?? ''
  const token = valueUnder('_mchTk')
  if (token === '' || valueUnder('_mchId').toUpperCase() !== draft.options.munchkinId) return
  const id = draft.nextVisit
  draft.nextVisit += 1
  const leadId = valueAt(draft.visitors, token)?.leadId ?? null
  const visit = { id, leadId, token, url: urlOf(valueUnder), referrer: valueUnder('_mchRe'), at }
  draft.visits = withValue(draft.visits, String(id), visit)
}

/** Answers a beacon; `event` is what follows `/webevents/`. @internal */
export const beacon = (draft: Draft, event: string | undefined, query: Pairs, time: string): Answer => {
  if (event === 'visitWebPage') visited(draft, query, time)
  return event === 'visitWebPage' || event === 'clickLink' || event === 'associateLead'
    ? noticed
    : htmlAnswer(404, 'Not Found')
}
