/**
 * Which of many queues an event goes down, so that one person's events stay in order.
 *
 *     event ──partitionKey──▶ 'u1' ──partitionOf──▶ 4, of 16
 *
 *     the key      userId, else anonymousId, else email, as the mappings read them
 *
 * Events of one key go down one queue. What joins two ids does not join their queues: the events of a visitor before and after the first
 * userId have different keys, and may overtake each other.
 *
 * @module
 */
import { fnv1a64, jumpBucket } from '../ground/spread.js'
import { comparableEmail } from './compare.js'
import { isEmailLike, readEmail } from './email.js'
import { readEvent, type SegmentEvent } from './event.js'
import { textOf } from './found.js'
import { readAnonymousId, readUserId } from './identity.js'

/** An id that is an address counts as one: mappings take it for the person's email. */
const idKey = (id: string): string => (isEmailLike(id) ? comparableEmail(id) : id)

const keyIn = (event: SegmentEvent): string | null => {
  const id = readUserId(event) ?? readAnonymousId(event)
  if (id !== undefined) return idKey(id.value)
  const address = textOf(readEmail(event)?.value)
  return address === undefined ? null : comparableEmail(address)
}

/**
 * The key that the events of one person share: userId, else anonymousId, else email. Null for what names nobody, or is no event: there is no
 * order to keep, so it may go anywhere.
 *
 * Addresses are trimmed and in lower case, also where they are sent as an id; other ids count letter by letter.
 *
 * @example
 * partitionKey({ type: 'track', event: 'Signed Up', userId: 42, anonymousId: 'a1' }) // => '42'
 * partitionKey({ type: 'page', anonymousId: 'a1' }) // => 'a1'
 * partitionKey({ type: 'identify', traits: { email: ' Ana@Corp.Test ' } }) // => 'ana@corp.test'
 * partitionKey({ type: 'page' }) // => null
 * @category partitions
 * @since 0.1.0
 */
export const partitionKey = (event: unknown): string | null => {
  try {
    const known = readEvent(event, [])
    return known === undefined ? null : keyIn(known)
  } catch {
    // An event whose own getters throw gives no intents either.
    return null
  }
}

/**
 * The partition of a key, from 0 to one less than there are: FNV-1a of its UTF-8 bytes (64 bits), then jump consistent hash. Every
 * language has both, so producers in several of them agree. With one partition more, what moves goes to the new one.
 *
 * @example
 * partitionOf('u1', 16) // => 4
 * partitionOf('u1', 17) // => 4
 * partitionOf('u1', 1) // => 0
 * @category partitions
 * @since 0.1.0
 */
export const partitionOf = (key: string, partitions: number): number => jumpBucket(fnv1a64(key), partitions)
