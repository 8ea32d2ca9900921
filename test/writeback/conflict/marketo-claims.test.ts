import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LeadChange } from '../../../src/endpoints/lead-changes.js'
import type { UpsertLead } from '../../../src/intent/intent.js'
import type { Claim } from '../../../src/writeback/conflict/claims.js'
import { claimsOfNews, type LeadRead, marketoClaims } from '../../../src/writeback/conflict/marketo-claims.js'
import { segmentClaims } from '../../../src/writeback/conflict/segment-claims.js'
import { hostileEvent } from '../../arbitraries/events.js'
import { hyg } from '../../endpoints/reading.js'
import { changeOf, noon, ourUser } from '../loop/given.js'
import { settingsOf } from './given.js'

const settings = settingsOf({ fields: { vip__c: { type: 'boolean' } } })

const claims = marketoClaims(settings, ({ modifyingUser }) => modifyingUser === ourUser)

const read = (more: Partial<LeadRead>): LeadRead => ({
  fields: { city: 'Bonn' },
  changes: [],
  whole: false,
  createdAt: noon - 9_000,
  updatedAt: noon - 1_000,
  ...more
})

const later = (field: string, value: string | null, millis: number, more: Partial<LeadChange> = {}): LeadChange =>
  changeOf(field, value, { at: noon + millis, ...more })

describe('what Marketo says', () => {
  // biome-ignore format: table
  it.each<[string, Partial<LeadRead>, Claim]>([
    ['since the field’s last change',              { changes: [later('city', 'Bern', 0), later('city', 'Bonn', 5_000)] },  { value: 'Bonn', at: noon + 5_000 }],
    ['whatever the order they are told in',        { changes: [later('city', 'Bonn', 5_000), later('city', 'Bern', 0)] },  { value: 'Bonn', at: noon + 5_000 }],
    ['of two in one second, the one told last',    { changes: [later('city', 'Bern', 0), later('city', 'Bonn', 0)] },      { value: 'Bonn', at: noon }],
    ['by our own hand',                            { changes: [later('city', 'Bonn', 0, { modifyingUser: ourUser })] },    { value: 'Bonn', at: noon, ours: true }],
    ['in a change that spells it otherwise',       { changes: [later('city', ' Bonn ', 0)] },                              { value: 'Bonn', at: noon }],
    ['since it was set when the lead was made',    { changes: [later('city', 'Bonn', -9_000, { activityTypeId: 12 })] },   { value: 'Bonn', at: noon - 9_000 }],
    ['since the lead was made, as no change tells', { whole: true },                                                       { value: 'Bonn', at: noon - 9_000 }],
    ['at the latest when the record was changed',  {},                                                                     { value: 'Bonn', at: noon - 1_000, bound: true }],
    ['a change of another field tells nothing',    { changes: [later('title', 'Bonn', 0)] },                               { value: 'Bonn', at: noon - 1_000, bound: true }],
    ['at no time that is known',                   { updatedAt: null },                                                    { value: 'Bonn', at: null }],
    ['at the latest then, where its beginning is not known', { whole: true, createdAt: null },                             { value: 'Bonn', at: noon - 1_000, bound: true }],
    ['at no time, where even the lead’s is not known', { whole: true, createdAt: null, updatedAt: null },                  { value: 'Bonn', at: null }],
    ['what its last change does not explain was written since', { changes: [later('city', 'Bern', 0)], whole: true },      { value: 'Bonn', at: noon - 1_000, bound: true }]
  ])('%s', (_, more, expected) => {
    expect(claims(read(more))).toEqual({ city: expected })
  })

  it('of a custom field updatedAt tells nothing', () => {
    expect(claims(read({ fields: { plan__c: 'pro' } }))).toEqual({ plan__c: { value: 'pro', at: null } })
  })

  it('of a flag, whose log writes it otherwise', () => {
    const changes = [later('vip__c', 'True', 0)]
    expect(claims(read({ fields: { vip__c: true }, changes }))).toEqual({ vip__c: { value: true, at: noon } })
  })

  it('of what does not read as its type, as letters', () => {
    const changes = [later('vip__c', ' maybe', 0)]
    expect(claims(read({ fields: { vip__c: 'maybe' }, changes }))).toEqual({ vip__c: { value: 'maybe', at: noon } })
  })

  it('is nobody’s in particular where nobody tells our own writes', () => {
    const changes = [later('city', 'Bonn', 0, { modifyingUser: ourUser })]
    expect(marketoClaims(settings)(read({ changes }))).toEqual({ city: { value: 'Bonn', at: noon } })
  })

  it('is of the fields that were asked for, null where they hold nothing', () => {
    const changes = [later('city', null, 0), later('title', 'Head', 0)]
    expect(claims(read({ fields: { city: null }, changes }))).toEqual({ city: { value: null, at: noon } })
  })

  it('of changes that were let pass, are those that still hold', () => {
    const news = [
      { field: 'city', value: 'Bonn', at: 1 },
      { field: 'title', value: 'Head', at: 2 },
      { field: 'vip__c', value: true, at: 3 },
      { field: 'phone', value: null, at: 4 },
      { field: 'country', value: 'x', at: 5 }
    ]
    expect(claimsOfNews(settings)(news, { city: ' Bonn', title: 'Lead', vip__c: 'True', phone: null })).toEqual({
      city: { value: 'Bonn', at: 1 },
      vip__c: { value: true, at: 3 },
      phone: { value: null, at: 4 }
    })
  })
})

describe('what Segment says', () => {
  const upsert: UpsertLead = {
    _tag: 'UpsertLead',
    munchkinId: hyg,
    lead: { lookupField: 'email', value: 'ana@corp.test' },
    fields: { city: 'Bonn', unsubscribed: false },
    action: 'createOrUpdate',
    partitionName: null
  }
  const event = {
    type: 'identify',
    userId: 'u1',
    timestamp: '2024-05-03T10:00:00.5Z',
    receivedAt: '2024-05-03T10:00:01Z'
  }
  const plain = { receivedAt: noon + 1_000, optIn: false }

  // biome-ignore format: table
  it.each<[string, Partial<UpsertLead>, unknown, object]>([
    ['at the event’s time',           {},                     event,                           { city: { value: 'Bonn', at: noon + 500, ...plain } }],
    ['at the intent’s own, if it has one', { at: noon },      event,                           { city: { value: 'Bonn', at: noon, ...plain } }],
    ['of an intent that knows of none', { at: null },         event,                           { city: { value: 'Bonn', at: noon + 500, ...plain } }],
    ['when it was received, else',    {},                     { ...event, timestamp: 'soon' }, { city: { at: noon + 1_000 } }],
    ['at no time',                    {},                     { type: 'identify', userId: 'u1' }, { city: { at: null, receivedAt: null } }],
    ['at no time, of what is no event', {},                   7,                               { city: { at: null, receivedAt: null } }],
    ['an opt-in, of consent alone',   { consent: 'opt-in' },  event,                           { city: { optIn: false }, unsubscribed: { value: false, optIn: true } }],
    ['no opt-in',                     { consent: 'opt-out' }, event,                           { unsubscribed: { optIn: false } }]
  ])('%s', (_, more, given, expected) => {
    expect(segmentClaims({ ...upsert, ...more }, given)).toMatchObject(expected)
  })

  it('P3 is read off events of any kind', () => {
    fc.assert(
      fc.property(hostileEvent, (odd) => {
        const claims = segmentClaims(upsert, odd)
        expect(JSON.parse(JSON.stringify(claims))).toEqual(claims)
      })
    )
  })
})
