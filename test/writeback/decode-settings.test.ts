import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../src/ground/problem.js'
import { decodeWritebackSettings } from '../../src/writeback/decode-settings.js'
import { knownEvents } from '../../src/writeback/event-table.js'
import { defaultWritebackOptions } from '../../src/writeback/options.js'
import { fragile } from '../arbitraries/hostile.js'
import { frozen } from '../endpoints/reading.js'
import { settingsOf } from './given.js'

const munchkinId = '561-HYG-937'
const said = (u: unknown): ReadonlyArray<string> => {
  const read = decodeWritebackSettings(u)
  return read._tag === 'Right' ? [] : read.left.map(describeProblem)
}
const row = { activityTypeId: 100_001, event: 'Demo Booked' }

describe('settings of write-back', () => {
  it('are complete from the instance alone', () => {
    expect(decodeWritebackSettings({ munchkinId })).toEqual({
      _tag: 'Right',
      right: {
        munchkinId,
        namespace: null,
        activityTypeIds: [2, 6, 7, 8, 9, 10, 11, 22, 24, 25, 27, 104],
        events: [],
        leadFields: { email: 'email', userId: 'userId', anonymousId: 'anonymousId' },
        identityFallback: 'leadId',
        dropBots: false,
        formFields: [],
        switchOff: ['Marketo V2', 'Marketo', 'Marketo Static Lists (Actions)'],
        notBefore: null
      }
    })
  })

  it('read what is given, and a type with a row is polled', () => {
    expect(
      settingsOf({ events: [row], notBefore: '2024-05-01T10:00:00Z', namespace: ' ', switchOff: [] })
    ).toMatchObject({
      activityTypeIds: [...knownEvents.map(({ activityTypeId }) => activityTypeId), 100_001],
      events: [{ ...row, properties: [] }],
      notBefore: 1_714_557_600_000,
      namespace: null,
      switchOff: []
    })
    const more = {
      namespace: 'staging',
      formFields: ['Email'],
      leadFields: { email: 'workEmail', userId: 'u__c', anonymousId: 'a__c' }
    }
    expect(settingsOf(more)).toMatchObject(more)
    expect(settingsOf({ activityTypeIds: ['24', 24, 6] }).activityTypeIds).toEqual([24, 6])
  })

  it('that were read are read again as they are', () => {
    const settings = settingsOf({ events: [row], leadFields: { userId: 'customerId__c' }, notBefore: 0 })
    expect(decodeWritebackSettings(settings)).toEqual({ _tag: 'Right', right: settings })
  })

  // biome-ignore format: table
  it.each<[string, object, ReadonlyArray<string>]>([
    ['no instance',           { munchkinId: undefined },             ['munchkinId: is missing; name the instance, such as 561-HYG-937']],
    ['an instance that is none', { munchkinId: 'x' },                ['munchkinId: found text; put the munchkin id here, as in 561-HYG-937; Marketo shows it under Admin > Integration > Munchkin']],
    ['a namespace of a number', { namespace: 7 },                    ['namespace: found a number; expected text that is not blank']],
    ['a row that is none',    { events: [7] },                       ['events[0]: found a number; expected an object']],
    ['rows without a type',   { events: [{ event: 'a' }, { event: 'b' }] },
                                                                     ['events[0].activityTypeId: is missing; name an activity type by its number', 'events[1].activityTypeId: is missing; name an activity type by its number']],
    ['a property that is none', { events: [{ ...row, properties: [7] }] },
                                                                     ['events[0].properties[0]: found a number; expected an object']],
    ['properties without a name', { events: [{ ...row, properties: [{ from: 'A' }, { from: 'B' }] }] },
                                                                     ['events[0].properties[0].property: is missing; name the property of the event', 'events[0].properties[1].property: is missing; name the property of the event']],
    ['a property from nowhere', { events: [{ ...row, properties: [{ property: 'a' }] }] },
                                                                     ['events[0].properties[0].from: is missing; name the attribute as Marketo shows it']],
    ['a field that is a number', { leadFields: { email: 7 } },       ['leadFields.email: found a number; expected the REST name of a lead field']],
    ['deleted leads',         { activityTypeIds: [37] },             ['activityTypeIds[0]: found type 37; deleted leads are told by another endpoint: take it out', 'activityTypeIds: found no type; name one or more']],
    ['a type without an event', { activityTypeIds: [13] },           ['activityTypeIds[0]: found a type without an event; give it a row in `events`']],
    ['no type',               { activityTypeIds: [] },               ['activityTypeIds: found no type; name one or more']],
    ['a type twice',          { events: [row, row] },                ['events[1].activityTypeId: claims the same place as events[0].activityTypeId; keep one of them']],
    ['a property twice',      { events: [{ ...row, properties: [{ property: 'a', from: 'A' }, { property: 'a', from: 'B' }] }] },
                                                                     ['events[0].properties[1].property: claims the same place as events[0].properties[0].property; keep one of them']],
    ['a row without an event', { events: [{ activityTypeId: 1 }] },  ['events[0].event: is missing; name the event']],
    ['a type of property',    { events: [{ ...row, properties: [{ property: 'a', from: 'A', type: 'nmber' }] }] },
                                                                     ['events[0].properties[0].type: is not a known name (nearest: number); expected one of id, text, number, boolean']],
    ['a fallback of nobody',  { identityFallback: 'leadid' },        ['identityFallback: is not a known name (nearest: leadId); expected one of leadId, email, skip']],
    ['a field of two names',  { leadFields: { userId: 'a,b' } },     ['leadFields.userId: found text; expected the REST name of a lead field']],
    ['no moment',             { notBefore: 'soon' },                 ['notBefore: found text; expected a moment, ISO 8601 or milliseconds']],
    ['an unknown name',       { dropBot: true },                     ['dropBot: is not a known name (nearest: dropBots); nothing reads it: correct the name or take it out']],
    ['several at once',       { dropBots: 1, switchOff: [''], leadFields: 7 },
                                                                     ['leadFields: found a number; expected an object', 'dropBots: found a number; expected true or false', 'switchOff[0]: found empty text; expected text that is not blank']]
  ])('%s', (_, more, problems) => {
    expect(said({ munchkinId, ...more })).toEqual(problems)
    const read = decodeWritebackSettings({ munchkinId, ...more })
    const weights = read._tag === 'Right' ? [] : read.left.map(({ weight }) => weight)
    expect(weights).toEqual(problems.map((text) => (text.includes('nothing reads it') ? 'warning' : 'invalid')))
    expect(read._tag).toBe(weights.includes('invalid') ? 'Left' : 'Both')
  })

  it.each([
    ['nothing', null, 'found null; expected an object'],
    ['text', 'x', 'found text; expected an object'],
    ['what throws', fragile({ munchkinId }, 0), 'found something that could not be read; send plain JSON']
  ])('that are %s are told', (_, u, says) => {
    expect(said(u)).toEqual([`(whole value): ${says}`])
    expect(decodeWritebackSettings(u)).toMatchObject({ _tag: 'Left', left: [{ weight: 'invalid', at: [] }] })
  })

  it('an unknown name is a warning only', () => {
    expect(decodeWritebackSettings({ munchkinId, more: 1 })._tag).toBe('Both')
  })

  it('P2 P3 P4 any value gets a verdict, equal to its JSON round trip, and is not changed', () => {
    const part = fc.record({
      munchkinId: fc.constantFrom(munchkinId, 7),
      events: fc.anything(),
      leadFields: fc.anything()
    })
    fc.assert(
      fc.property(fc.oneof(fc.anything(), part), (u) => {
        const read = decodeWritebackSettings(frozen(u))
        expect(JSON.parse(JSON.stringify(read))).toStrictEqual(read)
        expect(decodeWritebackSettings(u)).toEqual(read)
      })
    )
  })
})

describe('docs/write-back.md', () => {
  const page = readFileSync(new URL('../../docs/write-back.md', import.meta.url), 'utf8')

  it('names every setting, and every option with its default', () => {
    for (const name of Object.keys(settingsOf())) expect(page).toContain(`| \`${name}\` |`)
    const { pollMillis, overlapMillis, window, remember, rememberMillis } = defaultWritebackOptions
    for (const [name, value] of Object.entries({ pollMillis, overlapMillis, window, remember, rememberMillis }))
      expect(page).toMatch(new RegExp(`\\| \`${name}\` \\| [^|]* \\| ${value.toLocaleString('en')} \\|`))
  })
})
