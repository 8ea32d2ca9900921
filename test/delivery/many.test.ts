/**
 * A large stream against the simulator. It takes a second, and tries nothing that smaller ones do not.
 */
import { describe, expect, it } from 'vitest'
import { start } from '../../src/delivery/start.js'
import { drive } from './drive.js'
import { activity, email, itemsOf, marketo, outcomesOf, upsert } from './world.js'

describe('figures', () => {
  it('D3 however the answers come, calls stay full: 15,000 events of 5,000 people take a tenth more than the least at most', () => {
    const list = itemsOf(
      ...Array.from({ length: 5_000 }, (_, i) => [
        upsert({ email: email(i), userId: `u${i}`, plan: 'pro' }),
        upsert({ userId: `u${i}`, seats: i }, 'userId'),
        activity(`u${i}`, i, 'userId')
      ]).flat()
    )
    const { sent, delivery } = drive(start(list), marketo(), { draw: () => 1 })
    expect(outcomesOf(delivery).every(({ _tag }) => _tag === 'Applied')).toBe(true)
    const least = Math.ceil(5_000 / 300) * 3
    expect(sent.length).toBeLessThanOrEqual(Math.ceil(least * 1.1) + 1)
  })
})
