/**
 * A track event as a page that was never there: what v1 customers filter and trigger on in Marketo.
 *
 *     'Trial Started', { plan: 'pro', seats: 3 }   → /event/Trial-Started     plan=pro&seats=3&
 *
 * Keys and values are percent-encoded; each pair ends in `&`, because that is how Segment's own code wrote it and how filters were made.
 *
 * Sources: Segment "Marketo v2 Destination", migrating; Segment's marketo for analytics.js 2.0.2.
 *
 * @module
 */
import { kindOf } from '../ground/json.js'
import { malformed, type Problem } from '../ground/problem.js'
import { isWellFormed } from '../ground/utf8.js'
import type { TrackEvent } from '../segment/event.js'
import { recordOf } from '../segment/record.js'
import type { Compiled } from './compile.js'

/** An event as a page: `url` for Munchkin, `path` for a URL. */
export interface TrackPage {
  readonly url: string
  readonly path: string
  readonly params: string
}

const mendText = 'take out the halves of surrogate pairs'
const mendScalar = 'send one text, number or boolean; a list or an object never becomes text'
const half = 'text with half a surrogate pair'

/** A property as the text of a parameter; undefined when it says nothing, or after saying why it cannot be one. */
const parameter = (name: string, value: unknown, problems: Array<Problem>): string | undefined => {
  if (typeof value === 'string') {
    if (isWellFormed(value)) return value
    problems.push(malformed('dropped', ['properties', name], half, mendText))
  } else if (typeof value === 'boolean' || Number.isFinite(value)) return String(value)
  else if (value !== null && value !== undefined)
    problems.push(malformed('dropped', ['properties', name], kindOf(value), mendScalar))
  return undefined
}

/** Properties as parameters. Null says nothing; clean parameters leave empty text out as well, and end without a `&`. */
const trackParams = ({ settings, parameterName }: Compiled, event: TrackEvent, problems: Array<Problem>): string => {
  const properties = recordOf(event.properties)
  const isClean = settings.trackParams === 'clean'
  let params = ''
  for (const name of Object.keys(properties)) {
    const text = parameter(name, properties[name], problems)
    if (text === undefined || (isClean && text === '')) continue
    const key = parameterName(name)
    if (key !== null) params += `${key}=${encodeURIComponent(text)}&`
    else problems.push(malformed('dropped', ['properties', name], 'a name with half a surrogate pair', mendText))
  }
  return isClean ? params.slice(0, -1) : params
}

/** The page that a track event becomes, or undefined after saying why it cannot. */
export const trackPage = (compiled: Compiled, event: TrackEvent, problems: Array<Problem>): TrackPage | undefined => {
  const sent: unknown = event.event
  const { url, path } = compiled.eventPage(typeof sent === 'string' ? sent : '')
  if (path !== undefined) return { url, path, params: trackParams(compiled, event, problems) }
  problems.push(malformed('invalid', ['event'], half, mendText))
  return undefined
}
