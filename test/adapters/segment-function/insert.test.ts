import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flattened } from '../../../src/adapters/segment-function/flatten.js'
import { fromElsewhere, loaded, settings } from './sandbox.js'

const handlers = await loaded('insert')
const call = async (name: string, event: unknown, own: unknown = {}): Promise<unknown> =>
  JSON.parse(JSON.stringify((await handlers.get(name)?.(fromElsewhere(event), fromElsewhere(own))) ?? null))

const names = ['onIdentify', 'onTrack', 'onPage', 'onScreen', 'onGroup', 'onAlias', 'onDelete']

describe('flattened', () => {
  const record = fc.dictionary(
    fc.string(),
    fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)))
  )

  it('P2 keeps what was there, and changes nothing that it was given', () => {
    fc.assert(
      fc.property(record, fc.boolean(), (traits, lifts) => {
        const before = JSON.stringify(traits)
        const flat = flattened(traits, '_', lifts)
        expect(JSON.stringify(traits)).toBe(before)
        for (const [name, value] of Object.entries(traits))
          expect(Object.getOwnPropertyDescriptor(flat, name)?.value).toBe(value)
      })
    )
  })

  it.each([
    [{ plan: { name: 'Pro', seats: { free: 2 } } }, { plan_name: 'Pro', plan_seats_free: 2 }],
    [{ plan: { name: 'Pro' }, plan_name: 'Old' }, { plan_name: 'Old' }],
    [{ tags: ['a'], plan: { tags: ['b'] } }, { plan_tags: ['b'] }],
    [
      { address: { city: 'Lyon', zip: '69001' } },
      { city: 'Lyon', zip: '69001', address_city: 'Lyon', address_zip: '69001' }
    ],
    [
      { address: { city: 'Lyon' }, city: 'Paris' },
      { city: 'Paris', address_city: 'Lyon' }
    ],
    [{ address: '1 Main' }, {}]
  ])('%j has beside it %j', (traits, more) => {
    expect(flattened(traits, '_', true)).toEqual({ ...traits, ...more })
  })

  it('ends where an object holds itself', () => {
    const plan: Record<string, unknown> = { name: 'Pro' }
    plan.plan = plan
    expect(Object.keys(flattened({ plan }, '_', true)).length).toBeLessThan(12)
  })
})

describe('the insert function', () => {
  it('makes traits and properties flat, whatever realm they are of', async () => {
    const identify = { type: 'identify', userId: 'u1', traits: { address: { city: 'Lyon' } } }
    expect(await call('onIdentify', identify)).toEqual({
      ...identify,
      traits: { address: { city: 'Lyon' }, city: 'Lyon', address_city: 'Lyon' }
    })
    const track = { type: 'track', event: 'Demo', properties: { plan: { name: 'Pro' } } }
    expect(await call('onTrack', track, { separator: '.' })).toEqual({
      ...track,
      properties: { plan: { name: 'Pro' }, 'plan.name': 'Pro' }
    })
  })

  it('lifts an address of a person only', async () => {
    const group = { type: 'group', groupId: 'g1', traits: { address: { city: 'Lyon' } } }
    expect(await call('onGroup', group)).toEqual({
      ...group,
      traits: { address: { city: 'Lyon' }, address_city: 'Lyon' }
    })
  })

  it('says what our mapping makes of an event, without a value of it', async () => {
    const traits = { email: 'person1@corp.test', plan: 'm4rked', other: 'm4rked' }
    const own = { munchkinId: settings.munchkinId, traits: settings.traits, explain: 'true' }
    const told = await call('onIdentify', { type: 'identify', userId: 'u1', traits, context: { ip: '1.2.3.4' } }, own)
    expect(told).toMatchObject({
      traits,
      context: {
        ip: '1.2.3.4',
        segmentMarketo: {
          moves: expect.arrayContaining([expect.stringMatching(/^traits\.plan → .*planName \(/)]),
          stays: expect.arrayContaining(['traits.other: no row maps this trait'])
        }
      }
    })
    expect(JSON.stringify(Object(Object(told).context).segmentMarketo)).not.toMatch(/m4rked|corp\.test/)
  })

  it('passes an event on, with the reason, where the settings are wrong', async () => {
    const told = await call('onTrack', { type: 'track', event: 'Demo' }, { explain: true })
    expect(told).toMatchObject({
      event: 'Demo',
      context: { segmentMarketo: { problem: expect.stringMatching(/munchkinId/) } }
    })
  })

  it('P3 drops no event, of any kind', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.anything(), fc.anything(), async (name, event, own) => {
        const given = event ?? { type: 'track' }
        expect(await handlers.get(name)?.(given, own)).toBeDefined()
      })
    )
  })

  it('keeps the events of a batch in their places', async () => {
    const events = [{ type: 'track', event: 'A', properties: { a: { b: 1 } } }, 17, { type: 'alias' }]
    expect(await call('onBatch', events)).toEqual([
      { type: 'track', event: 'A', properties: { a: { b: 1 }, a_b: 1 } },
      17,
      { type: 'alias' }
    ])
  })
})
