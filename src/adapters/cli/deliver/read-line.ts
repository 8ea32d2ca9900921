/**
 * What a line of the input asks for.
 *
 *     {"type":"identify",…}                                      an event, to be mapped
 *     {"line":12,"messageId":"m-12","intent":{…}}                an intent that was mapped before
 *     {"line":12,"messageId":"m-12","intent":{…},"outcome":{…}}  an intent out of a dead letter
 *     {"line":17,"messageId":"m-17","event":{…},"problems":[…]}  an event out of a dead letter
 *
 * An intent that may have been done already is held: doing it again might do it twice, and only somebody who looks can tell.
 *
 * @module
 */
import { isRecord, ownMember, type UnknownRecord } from '../../../ground/json.js'
import type { ServerIntent } from '../../../intent/intent.js'
import type { MunchkinId } from '../../../marketo/munchkin-id.js'
import { messageIdOf } from '../map/result.js'
import { readIntent } from './read-intent.js'

/** A line, read. */
export type Line =
  | { readonly _tag: 'Event'; readonly event: unknown }
  | { readonly _tag: 'Intent'; readonly intent: ServerIntent; readonly messageId: string | null }
  | { readonly _tag: 'Held'; readonly why: string }
  | { readonly _tag: 'Unfit'; readonly why: string }

const mayBeDone =
  'may have been done already; look in Marketo, and take its outcome out of the line to deliver it all the same'
const noIntent = 'holds no intent that a server sends; take lines as map --as intents or a dead letter writes them'
const foreign = 'is for another Marketo than the settings are; deliver it with settings of its own'

const intentLine = (line: UnknownRecord, munchkinId: MunchkinId): Line => {
  const intent = readIntent(ownMember(line, 'intent'))
  if (intent === undefined) return { _tag: 'Unfit', why: noIntent }
  if (intent.munchkinId !== munchkinId) return { _tag: 'Unfit', why: foreign }
  const outcome = ownMember(line, 'outcome')
  if (isRecord(outcome) && ownMember(outcome, '_tag') === 'Unknown') return { _tag: 'Held', why: mayBeDone }
  const id = messageIdOf(line)
  return { _tag: 'Intent', intent, messageId: id === null ? null : String(id) }
}

/** What a line asks for. Events of Segment's have a type; what we write around them and around intents has none. */
export const readLine = (u: unknown, munchkinId: MunchkinId): Line => {
  if (!isRecord(u) || 'type' in u) return { _tag: 'Event', event: u }
  const event = ownMember(u, 'event')
  if (isRecord(ownMember(u, 'intent'))) return intentLine(u, munchkinId)
  return { _tag: 'Event', event: isRecord(event) ? event : u }
}
