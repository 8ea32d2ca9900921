/**
 * An event in a word or two: its type, and the name of what happened or of the page.
 *
 * @module
 */
import { isRecord, kindOf, ownMember } from '../../../ground/json.js'
import { printable } from './printable.js'

const longest = 60

const shortened = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text)

const nameOf = (event: Readonly<Record<string, unknown>>): unknown => {
  if (event.type === 'track') return ownMember(event, 'event')
  return event.type === 'page' || event.type === 'screen' ? ownMember(event, 'name') : undefined
}

/** What to call an event: `identify`, `track Order Completed`, `page Home`; a value that is none by its kind. */
export const describeEvent = (event: unknown): string => {
  if (!isRecord(event)) return kindOf(event)
  const type = ownMember(event, 'type')
  if (typeof type !== 'string') return 'no type'
  const name = nameOf(event)
  return printable(shortened(typeof name === 'string' && name !== '' ? `${type} ${name}` : type))
}
