/**
 * An endless stream of events from a seed: identify, track and page of many people, who come and go.
 *
 *     person    drawn from a thousand at a time; the thousand moves on with the stream, so that nobody stays for ever
 *     track     its `plan` is told by no other event: an activity that is missing or there twice can be named
 *
 * @module
 */
import { eventNames } from './marketo.js'

const atOnce = 1_000
const eventsPerPerson = 8

/** Numbers from 0 up to 1, the same for a seed. */
export const seeded = (seed: number): (() => number) => {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    const more = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((more ^ (more >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Event number so many of the stream. */
export const eventAt = (n: number, random: () => number): object => {
  const person = Math.floor(n / eventsPerPerson) + Math.floor(random() * atOnce)
  const email = `p${person}@corp.test`
  const shared = {
    messageId: `m${n}`,
    userId: `u${person}`,
    anonymousId: `a${person}`,
    timestamp: '2024-05-01T10:00:00.000Z'
  }
  const dice = random()
  if (dice < 0.5) {
    const traits = { email, plan: `plan ${Math.floor(random() * 3)}`, seats: Math.floor(random() * 50) }
    return { ...shared, type: 'identify', traits, context: {} }
  }
  if (dice < 0.95) {
    const event = eventNames[Math.floor(random() * eventNames.length)]
    const context = random() < 0.5 ? { traits: { email } } : {}
    return { ...shared, type: 'track', event, properties: { plan: `m${n}`, seats: 3 }, context }
  }
  const url = 'https://www.example.com/pricing'
  return {
    ...shared,
    type: 'page',
    properties: { url, path: '/pricing' },
    context: { userAgent: 'Mozilla/5.0', traits: { email } }
  }
}
