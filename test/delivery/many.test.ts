/**
 * Large streams against the simulator. They take a second or two, and try nothing that smaller ones do not.
 */
import { describe, expect, it } from 'vitest'
import { start } from '../../src/delivery/start.js'
import type { Intent } from '../../src/intent/intent.js'
import { byteLimits } from '../../src/marketo/limits.js'
import { callsIn } from '../../src/simulator/reading.js'
import { belonging, campaign, points, putOn, remove, status } from './belonging.js'
import { drive } from './drive.js'
import { activity, email, itemsOf, marketo, outcomesOf, upsert } from './world.js'

describe('by REST', () => {
  const many = Array.from({ length: 1000 }, (_, i) => upsert({ email: email(i), plan: 'pro', userId: `u${i}` }))

  it('D3 a thousand leads take four calls and a token', () => {
    const { sent, delivery } = drive(start(itemsOf(...many)), marketo())
    expect(sent.map(({ endpoint }) => endpoint)).toEqual([
      'identityToken',
      'syncLeads',
      'syncLeads',
      'syncLeads',
      'syncLeads'
    ])
    expect(outcomesOf(delivery).every(({ _tag }) => _tag === 'Applied')).toBe(true)
  })

  it('D3 with an activity each, four more: the answers to the first tell the numbers', () => {
    const acts = many.map((_, i) => activity(email(i), i))
    const { sent } = drive(start(itemsOf(...many, ...acts)), marketo())
    expect(sent.filter(({ endpoint }) => endpoint === 'addCustomActivities')).toHaveLength(4)
    expect(sent).toHaveLength(9)
    for (const { body } of sent) expect(body === null || JSON.stringify(body).length <= byteLimits.body).toBe(true)
  })

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

describe('calls are shared', () => {
  it('by 300 leads of a list, 300 of a status, 100 with equal tokens', () => {
    const people = Array.from({ length: 301 }, (_, n) => n)
    const leads = people.map((n) => ({ fields: { email: email(n) } }))
    const all = (make: (n: number) => Intent) =>
      callsIn(drive(start(itemsOf(...people.map(make))), marketo({ ...belonging, leads, seed: 3 })).marketo).byEndpoint
    expect(all((n) => putOn(n, { listId: 1 })).addToList).toBe(2)
    expect(all((n) => status(n, 'Invited')).syncProgramStatus).toBe(2)
    expect(all((n) => campaign(n)).requestCampaign).toBe(4)
    expect(all((n) => points(n, 1))).toMatchObject({ getLeadsByFilter: 4, syncLeads: 2 })
    expect(all((n) => remove(n)).deleteLeads).toBe(2)
  })
})

describe('by other ways', () => {
  const many = itemsOf(...Array.from({ length: 2500 }, (_, i) => upsert({ email: email(i), plan: 'pro' })))

  it('D3 2,500 leads are three calls of Data Ingestion, each with an id of its own', () => {
    const world = drive(
      start(many, { transport: { _tag: 'ingestion', prefix: 'run-7', priority: 'normal' } }),
      marketo()
    )
    const calls = world.sent.filter(({ endpoint }) => endpoint === 'ingestPersons')
    expect(calls).toHaveLength(3)
    expect(new Set(calls.map(({ headers }) => headers['X-Correlation-Id'])).size).toBe(3)
    const told = outcomesOf(world.delivery).flatMap((end) => (end._tag === 'Queued' ? [end.correlationId] : []))
    expect(new Set(told)).toEqual(new Set(calls.map(({ headers }) => headers['X-Correlation-Id'])))
    expect(told).toHaveLength(2500)
  })

  it('D3 2,500 leads are one file', () => {
    const world = drive(start(many, { transport: { _tag: 'bulk', pollMillis: 15_000 } }), marketo())
    expect(world.sent.filter(({ endpoint }) => endpoint === 'importLeads')).toHaveLength(1)
    expect(outcomesOf(world.delivery).every(({ _tag }) => _tag === 'Applied')).toBe(true)
    expect(world.sent.length).toBeLessThan(10)
  })
})
