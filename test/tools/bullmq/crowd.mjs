// @ts-check
/**
 * Events of a crowd from a seed, each of which tells its place among its person's, and the Marketo that takes them.
 */

/** Numbers from 0 up to 1, the same for a seed. @param {number} seed @returns {() => number} */
export const seeded = (seed) => {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    const more = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((more ^ (more >>> 14)) >>> 0) / 4_294_967_296
  }
}

const munchkinId = '561-HYG-937'
const activityTypeId = 100001

export const settings = {
  munchkinId,
  traits: [{ trait: 'n', field: 'count', type: 'integer' }],
  events: [
    { event: 'Step', activityTypeId, attributes: [{ property: 'n', attribute: 'n', type: 'string', primary: true }] }
  ]
}

/** @type {import('segment-marketo/simulator').SimulatorOptions} */
export const marketo = {
  munchkinId,
  clientId: 'id',
  clientSecret: 'secret',
  customFields: [
    { name: 'userId', type: 'string' },
    { name: 'anonymousId', type: 'string' },
    { name: 'count', type: 'integer' }
  ],
  activityTypes: [{ id: activityTypeId, primaryAttribute: { apiName: 'n', dataType: 'string' }, attributes: [] }]
}

/** @typedef {{ readonly id: string, readonly person: number, readonly n: number, readonly kind: string, readonly line: string }} CrowdEvent */

/**
 * Identify and track calls of so many people, all mixed up, and some few lines that nothing can be made of.
 *
 * @param {number} seed @param {number} people @param {number} count @returns {ReadonlyArray<CrowdEvent>}
 */
export const crowd = (seed, people, count) => {
  const random = seeded(seed)
  const counts = new Array(people).fill(0)
  return Array.from({ length: count }, (_, i) => {
    const person = Math.floor(random() * people)
    const n = (counts[person] += 1)
    const id = `m${i}`
    // Of some, all that is known is the address.
    const email = `p${person}@corp.test`
    const ids = person % 5 === 0 ? { userId: email } : { userId: `u${person}`, anonymousId: `a${person}` }
    const shared = { ...ids, messageId: id, timestamp: new Date(1_714_550_400_000 + i * 1_000).toISOString() }
    const dice = random()
    /** @param {string} kind @param {object} event */
    const told = (kind, event) => ({ id, person, n, kind, line: JSON.stringify({ ...shared, ...event }) })
    if (dice < 0.5) return told('identify', { type: 'identify', traits: { email, n } })
    if (dice < 0.95)
      return told('track', {
        type: 'track',
        event: 'Step',
        properties: { n: String(n) },
        context: { traits: { email } }
      })
    return dice < 0.98
      ? told('unmapped', { type: 'track', event: 'Something Else' })
      : told('broken', { type: 'identify', traits: { email: 42 } })
  })
}
