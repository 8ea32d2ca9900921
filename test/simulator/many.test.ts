/** An instance of many leads. */
import { describe, expect, it } from 'vitest'
import { ownMember } from '../../src/ground/json.js'
import { leadsIn } from '../../src/simulator/reading.js'
import { Client, short } from './world.js'

/** The objects of a state that the state before did not hold: what a request had to make anew. */
const made = (before: unknown, after: unknown): number => {
  if (before === after || typeof after !== 'object' || after === null) return 0
  return Object.entries(after).reduce((sum, [key, value]) => sum + made(ownMember(Object(before), key), value), 1)
}

describe('many leads', () => {
  it('share what a request leaves alone: one record makes a few small nodes anew, among ten thousand as among none', () => {
    const client = new Client({ callsPerWindow: 1000 }).signIn()
    const batch = (n: number) =>
      Array.from({ length: 300 }, (_, i) => ({ email: `p${n * 300 + i}@example.com`, plan__c: 'same' }))
    for (let n = 0; n < 34; n += 1) client.sync(batch(n))
    expect(leadsIn(client.state)).toHaveLength(10_200)
    const before = client.state
    client.sync([
      { email: 'p7@example.com', firstName: 'Ana' },
      { email: 'new@example.com', plan__c: 'same' }
    ])
    expect(made(before, client.state)).toBeLessThan(150)
    expect(short(client.sync([{ plan__c: 'same' }], { lookupField: 'plan__c' }))).toEqual([
      { status: 'skipped', reasons: ['1007'] }
    ])
  })
})
