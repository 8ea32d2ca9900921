import { runInNewContext } from 'node:vm'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readActivity } from '../../src/endpoints/activity-record.js'
import { readActivitiesFile } from '../../src/endpoints/export-file.js'
import { describeProblem } from '../../src/ground/problem.js'
import { eventOf } from '../../src/writeback/event-of.js'
import { eventsByType, knownEvents } from '../../src/writeback/event-table.js'
import { rowIdOf } from '../../src/writeback/row-id.js'
import { fragile, restless } from '../arbitraries/hostile.js'
import { eventCases } from '../cases/writeback-events.js'
import { frozen } from '../endpoints/reading.js'
import { activity, callOf, context, problemsOf, settingsOf, someSettings } from './given.js'

const plain = { marketoGUID: '7', leadId: 42, activityTypeId: 24, activityDate: '2024-05-01T10:00:00Z' }
const bytes = (u: unknown): number => Buffer.byteLength(JSON.stringify(u))

describe('the laws of events', () => {
  it('P1 P2 the same activity makes the same event, and nothing is changed', () => {
    fc.assert(
      fc.property(someSettings, activity, context, (settings, one, known) => {
        const first = eventOf(frozen(settings))(frozen(one), frozen(known))
        expect(eventOf(settings)(structuredClone(one), structuredClone(known))).toEqual(first)
      })
    )
  })

  it('P3 any value gets a verdict', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.record({ leadId: fc.anything(), activityTypeId: fc.anything(), attributes: fc.anything() })
        ),
        fc.anything(),
        (u, v) => {
          const written = eventOf(settingsOf())(u, Object(v))
          expect(['Left', 'Right', 'Both']).toContain(written._tag)
          expect(JSON.parse(JSON.stringify(written))).toStrictEqual(written)
        }
      )
    )
  })

  it('P3 activities that turn on their reader get a verdict', () => {
    fc.assert(
      fc.property(activity, fc.nat({ max: 60 }), fc.infiniteStream(fc.anything()), (one, patience, whims) => {
        for (const hostile of [fragile(one, patience), restless(one, whims)])
          expect(['Left', 'Right', 'Both']).toContain(eventOf(settingsOf())(hostile)._tag)
      })
    )
  })

  it('P4 an event equals its JSON round trip', () => {
    fc.assert(
      fc.property(someSettings, activity, context, (settings, one, known) => {
        const written = eventOf(settings)(one, known)
        expect(JSON.parse(JSON.stringify(written))).toStrictEqual(written)
      })
    )
  })

  it('P5 an activity of another realm is read like our own', () => {
    fc.assert(
      fc.property(activity, context, (one, known) => {
        const foreign: unknown = runInNewContext(`(${JSON.stringify({ one, known })})`)
        const { one: theirs, known: told } = Object(foreign)
        const ours = JSON.parse(JSON.stringify({ one, known }))
        expect(eventOf(settingsOf())(theirs, told)).toEqual(eventOf(settingsOf())(ours.one, ours.known))
      })
    )
  })

  it('P6 the zone and the clock change nothing', () => {
    const zone = process.env.TZ
    try {
      const inZone = (name: string) => {
        process.env.TZ = name
        return eventOf(settingsOf())({ ...plain, activityDate: '2024-05-01T10:00:00-0800' })
      }
      expect(inZone('Asia/Kathmandu')).toEqual(inZone('America/Chicago'))
    } finally {
      process.env.TZ = zone
    }
  })

  it('W3 message ids are no longer than 100 characters, and differ where namespace, instance or activity do', () => {
    const namespace = fc.oneof(
      fc.constant(null),
      fc.constantFrom('a', 'a:b', '123-ABC-456', '%3A', ':'),
      fc.string({ minLength: 1 })
    )
    const instance = fc.constantFrom('123-ABC-456', '456-ABC-123')
    const guid = fc.oneof(
      fc.constantFrom('1', 'b:1', '123-ABC-456:1', '%3A'),
      fc.uuid(),
      fc.string({ minLength: 1, maxLength: 130 })
    )
    const identified = fc.record({ namespace, munchkinId: instance, guid })
    const idOf = ({
      namespace: name,
      munchkinId,
      guid: marketoGUID
    }: {
      namespace: string | null
      munchkinId: string
      guid: string
    }) =>
      callOf(eventOf({ ...settingsOf({ munchkinId }), namespace: name })({ ...plain, marketoGUID }))?.messageId ?? ''
    fc.assert(
      fc.property(identified, identified, (a, b) => {
        fc.pre(a.guid.trim() !== '' && b.guid.trim() !== '')
        const same = a.namespace === b.namespace && a.munchkinId === b.munchkinId && a.guid.trim() === b.guid.trim()
        expect(idOf(a).length).toBeLessThanOrEqual(100)
        expect(idOf(a) === idOf(b)).toBe(same)
      })
    )
  })

  it('W3 a colon in a part is no colon between parts', () => {
    const idOf = (namespace: string | null, munchkinId: string, marketoGUID: string) =>
      callOf(eventOf({ ...settingsOf({ munchkinId }), namespace })({ ...plain, marketoGUID }))?.messageId
    expect(idOf('a:123-ABC-456', '456-ABC-123', '1')).not.toBe(idOf('a', '123-ABC-456', '456-ABC-123:1'))
    expect(idOf(null, '123-ABC-456', '456-ABC-123:1')).not.toBe(idOf('123-ABC-456', '456-ABC-123', '1'))
    expect(idOf('a%3Ab', '123-ABC-456', '1')).not.toBe(idOf('a:b', '123-ABC-456', '1'))
  })

  it('the address of the network is told of forms and unsubscribes only', () => {
    const attributes = { 'Client IP Address': '203.0.113.7' }
    const ipOf = (activityTypeId: number) =>
      callOf(eventOf(settingsOf())({ ...plain, activityTypeId, attributes }))?.context.ip
    expect([2, 9, 10, 11].map(ipOf)).toEqual(['203.0.113.7', '203.0.113.7', undefined, undefined])
  })

  it('W3 an activity without an id of its own is known by all that it says', () => {
    const { marketoGUID: _, ...bare } = plain
    const idOf = (more: object) => callOf(eventOf(settingsOf())({ ...bare, ...more }))?.messageId
    const given = [
      { name: 'b', value: 1 },
      { name: 'a', value: 'x' }
    ]
    expect(idOf({ attributes: given })).toMatch(/^mkto:123-ABC-456:gen-[0-9a-f]{40}$/)
    expect(idOf({ attributes: given })).toBe(idOf({ attributes: [...given].reverse(), leadId: '42' }))
    expect(idOf({ attributes: given })).toBe(idOf({ attributes: given, activityDate: '2024-05-01T12:00:00+0200' }))
    expect(idOf({ attributes: given })).not.toBe(idOf({ attributes: [] }))
    expect(idOf({ id: 8 })).toBe('mkto:123-ABC-456:8')
  })

  it('a bulk row makes the event that REST makes', () => {
    fc.assert(
      fc.property(someSettings, activity, context, (settings, one, known) => {
        const attributes = [...new Map((one.attributes ?? []).map(({ name, value }) => [name, value])).entries()]
        const asRest = { ...one, attributes: attributes.map(([name, value]) => ({ name, value })) }
        const asRow = { ...one, attributes: JSON.stringify(asRest.attributes) }
        expect(eventOf(settings)(asRow, known)).toEqual(eventOf(settings)(asRest, known))
      })
    )
  })

  it('every event has an id, the lead’s number and fits into 32,000 bytes', () => {
    fc.assert(
      fc.property(someSettings, activity, context, (settings, one, known) => {
        const call = callOf(eventOf(settings)(one, known))
        if (call === undefined) return
        expect(call.userId ?? call.anonymousId).toBeTruthy()
        expect(call.properties.lead_id).toBe(String(one.leadId))
        expect(call.integrations).toEqual({
          'Marketo V2': false,
          Marketo: false,
          'Marketo Static Lists (Actions)': false
        })
        expect(call.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
        expect(bytes(call)).toBeLessThanOrEqual(32_000)
      })
    )
  })

  it('S3 no problem holds a value of an activity, and no form content leaves unasked', () => {
    fc.assert(
      fc.property(activity, (one) => {
        const mark = 'q7mark'
        const marked = {
          ...one,
          activityDate: one.activityDate === 'soon' ? `${mark}soon` : one.activityDate,
          attributes: (one.attributes ?? []).map(({ name }) => ({ name, value: `${mark}${name}` })),
          actionResult: mark
        }
        const written = eventOf(settingsOf())(marked)
        if (written._tag !== 'Right') expect(JSON.stringify(written.left)).not.toContain(mark)
        expect(JSON.stringify(written)).not.toContain(`${mark}Form Fields`)
      })
    )
  })
})

describe('activities and their events', () => {
  it.each(eventCases)('$name', ({ settings, input, expected }) => {
    const written = eventOf(settingsOf(settings))(input.activity, input.context)
    const { integrations, ...call } = callOf(written) ?? { integrations: undefined }
    expect([written._tag, call]).toEqual(['Right', expected])
    expect(Object.values(integrations ?? {})).toEqual([false, false, false])
  })

  it.each(knownEvents)('type $activityTypeId has a case', ({ activityTypeId }) => {
    const types = eventCases.map(({ input }) => Number(Object(input.activity).activityTypeId))
    expect(types).toContain(activityTypeId)
  })

  it('rows of an extract, with nulls and JSON in cells', () => {
    const csv =
      'marketoGUID,leadId,activityDate,activityTypeId,campaignId,primaryAttributeValueId,primaryAttributeValue,attributes\n' +
      '990001,204417,2025-11-01T09:00:00Z,104,3101,1188,Onboarding 2025,"{""Old Status"":""Not in Program"",""New Status"":""Member"",""Success"":false,""New Status ID"":27}"\n' +
      '990002,204418,2025-11-01T09:00:05Z,24,null,5013,"Segment: power users","{""Source"":""Web service API""}"\n'
    expect(readActivitiesFile(csv).activities.map((one) => callOf(eventOf(settingsOf())(one)))).toMatchObject([
      {
        messageId: 'mkto:123-ABC-456:990001',
        properties: {
          program_id: '1188',
          program_name: 'Onboarding 2025',
          campaign_id: '3101',
          old_status: 'Not in Program',
          new_status: 'Member',
          new_status_id: '27',
          success: false
        }
      },
      { event: 'Lead Added to List', properties: { list_id: '5013', source: 'Web service API' } }
    ])
  })

  // biome-ignore format: table
  it.each<[string, string | undefined]>([
    ['2025-11-19T17:40:00Z',          '2025-11-19T17:40:00.000Z'],
    ['2025-11-19T17:40:00.1234567Z',  '2025-11-19T17:40:00.123Z'],
    ['2025-11-19T17:40:00+0000',      '2025-11-19T17:40:00.000Z'],
    ['2025-11-19T17:40:00Z+0000',     '2025-11-19T17:40:00.000Z'],
    ['2025-11-19T09:40:00-08:00',     '2025-11-19T17:40:00.000Z'],
    ['20200731T20:49:54.0t+0000',     '2020-07-31T20:49:54.000Z'],
    ['2025-11-19',                    '2025-11-19T00:00:00.000Z'],
    ['2025-11-19T17:40:00',           undefined],
    ['2025-02-31T17:40:00Z',          undefined],
    ['soon',                          undefined],
    [`2025-11-19T17:40:00.${'0'.repeat(50)}Z`, undefined]
  ])('the time %s is %s', (activityDate, timestamp) => {
    expect(callOf(eventOf(settingsOf())({ ...plain, activityDate }))?.timestamp).toBe(timestamp)
  })

  const ana = { leads: { 42: { email: ' Ana@Example.com ', userId: '', anonymousId: null } } }
  // biome-ignore format: table
  it.each<[string, object, object, object, string]>([
    ['a type without an event',  {},                              { activityTypeId: 1 },   {},  'activityTypeId: no row maps the event "Visit Webpage"; give the type a row in `events`'],
    ['a type of nobody',         {},                              { activityTypeId: 100_009 }, {}, 'activityTypeId: no row maps the event "activity type 100009"; give the type a row in `events`'],
    ['a type that is no number', {},                              { activityTypeId: 'q7mark' }, {}, 'activityTypeId: no row maps the event "activity type"; give the type a row in `events`'],
    ['a number and more',        {},                              { activityTypeId: '24q7' }, {}, 'activityTypeId: no row maps the event "activity type"; give the type a row in `events`'],
    ['a number behind more',     {},                              { activityTypeId: 'q24' }, {}, 'activityTypeId: no row maps the event "activity type"; give the type a row in `events`'],
    ['no type',                  {},                              { activityTypeId: '' },  {},  'activityTypeId: is missing; leave none of the columns out'],
    ['no lead',                  {},                              { leadId: null },        {},  'leadId: is missing; an activity is of a lead: leave none of the columns out'],
    ['no time',                  {},                              { activityDate: null },  {},  'activityDate: is missing; leave none of the columns out'],
    ['a time without a zone',    {},                              { activityDate: '2024-05-01T10:00:00' }, {}, 'activityDate: found no moment with a zone; pass the time on as Marketo writes it'],
    ['one that is too old',      { notBefore: '2024-05-01T10:00:01Z' }, {},                {},  'activityDate: kept back by rule (settings); it is older than `notBefore`'],
    ['an email that was skipped', {},                             { activityTypeId: 6, actionResult: 'skipped' }, {}, 'actionResult: kept back by rule (not-done); the email was not sent'],
    ['an email that failed',     {},                              { activityTypeId: 6, actionResult: 'failed' }, {}, 'actionResult: kept back by rule (not-done); the email was not sent'],
    ['a robot',                  { dropBots: true },              { activityTypeId: 10, attributes: { 'Is Bot Activity': 'True' } }, {}, 'attributes["Is Bot Activity"]: kept back by rule (settings); a robot did it: see `dropBots`'],
    ['nobody, and no fallback',  { identityFallback: 'skip' },    {},                      ana, 'leadId: is missing; the lead holds no id that `identityFallback` allows'],
    ['nobody with an email',     { identityFallback: 'email' },   {},                      {},  'leadId: is missing; the lead holds no id that `identityFallback` allows']
  ])('%s makes no event, and says why', (_, settings, activityOf, known, says) => {
    const written = eventOf(settingsOf(settings))({ ...plain, ...activityOf }, known)
    const isWrong = /leave none of the columns out|no moment/.test(says)
    expect(written).toMatchObject({ _tag: 'Left', left: [{ weight: isWrong ? 'invalid' : 'skipped' }] })
    expect(problemsOf(written)).toEqual([says])
  })

  it.each([
    [1, 'a number'],
    ['text', 'text'],
    [null, 'null'],
    [[], 'a list']
  ])('%j is no activity', (u, found) => {
    const written = eventOf(settingsOf())(u)
    expect(problemsOf(written)).toEqual([`(whole value): found ${found}; pass an activity on as Marketo tells it`])
    expect(written).toMatchObject({ left: [{ weight: 'invalid', at: [] }] })
  })

  it('what cannot be read says so', () => {
    const written = eventOf(settingsOf())(plain, { leads: Object(fragile({ 42: {} }, 0)) })
    expect(problemsOf(written)).toEqual(['(whole value): found something that could not be read; send plain JSON'])
    expect(written).toMatchObject({ left: [{ weight: 'invalid', at: [] }] })
  })

  // biome-ignore format: table
  it.each<[string, object, object]>([
    ['at the first moment',         { notBefore: '2024-05-01T10:00:00Z' },  {}],
    ['after it',                    { notBefore: '2024-05-01T09:00:00Z' },  {}],
    ['of long ago',                 {},                                     { activityDate: '1970-01-01T00:00:00Z' }],
    ['of before all counting',      {},                                     { activityDate: '1969-01-01T00:00:00Z' }],
    ['that is no sending',          {},                                     { activityTypeId: 10, actionResult: 'skipped' }],
    ['of no robot',                 { dropBots: true },                     { activityTypeId: 10, attributes: { 'Is Bot Activity': 'False' } }],
    ['of a robot that may stay',    {},                                     { activityTypeId: 10, attributes: { 'Is Bot Activity': true } }],
    ['that says nothing of robots', { dropBots: true },                     { activityTypeId: 10 }]
  ])('an activity %s makes an event', (_, settings, more) => {
    expect(eventOf(settingsOf(settings))({ ...plain, ...more })._tag).toBe('Right')
  })

  // biome-ignore format: table
  it.each<[unknown, unknown]>([
    ['+10', 10], ['-3', -3], ['-0', 0], ['12.25', 12.25], ['.25', 0.25], [' 7 ', 7], [7.5, 7.5],
    ['1.', undefined], ['x1', undefined], ['1x', undefined], ['.x', undefined], ['1e3', undefined], [true, undefined], ['1'.repeat(18), undefined]
  ])('a score that changed by %j changed by %s', (value, change) => {
    const written = eventOf(settingsOf())({ ...plain, activityTypeId: 22, attributes: { 'Change Value': value } })
    expect(callOf(written)?.properties.change).toBe(change)
    expect(written).toMatchObject(change === undefined ? { left: [{ weight: 'dropped' }] } : { _tag: 'Right' })
  })

  // biome-ignore format: table
  it.each<[unknown, unknown]>([
    [' True ', true], ['FALSE', false], ['1', true], [0, false], [true, true], ['yes', undefined]
  ])('a step that is %j is a success: %s', (value, success) => {
    const written = eventOf(settingsOf())({ ...plain, activityTypeId: 104, attributes: { Success: value } })
    expect(callOf(written)?.properties.success).toBe(success)
  })

  it('an id is a text or a number, and never a flag', () => {
    const idOf = (value: unknown) =>
      callOf(eventOf(settingsOf())({ ...plain, activityTypeId: 2, attributes: { 'Webpage ID': value } }))?.properties
        .page_id
    expect([7, '7', true].map(idOf)).toEqual(['7', '7', undefined])
  })

  it('a subject that is no text, or none, is no property', () => {
    const subjectOf = (emails: object, more: object = { primaryAttributeValueId: 5 }) =>
      callOf(eventOf(settingsOf())({ ...plain, activityTypeId: 7, ...more }, { emails: { ...emails } }))?.properties
    expect(subjectOf({ 5: { subject: 'Hi' } })).toMatchObject({ email_subject: 'Hi' })
    for (const subject of ['', 7, null]) expect(subjectOf({ 5: { subject } })).not.toHaveProperty('email_subject')
    expect(subjectOf({ null: { subject: 'Hi' } }, {})).not.toHaveProperty('email_subject')
  })

  it('the address that bounced is told of either kind of bounce', () => {
    const emailOf = (activityTypeId: number) =>
      callOf(eventOf(settingsOf())({ ...plain, activityTypeId, attributes: { Email: 'bo@example.com' } }))?.context
        .traits
    expect([8, 27, 10].map(emailOf)).toEqual([{ email: 'bo@example.com' }, { email: 'bo@example.com' }, undefined])
  })

  it('a userId that is no number is none', () => {
    const call = callOf(eventOf(settingsOf())(plain, { leads: { 42: { userId: Number.NaN } } }))
    expect(call?.anonymousId).toBe('marketo-123-ABC-456-42')
  })

  it('W3 a message id is what it is made of, as long as it is short', () => {
    const idOf = (marketoGUID: string, more: object = {}) =>
      callOf(eventOf(settingsOf(more))({ ...plain, marketoGUID }))?.messageId
    expect(idOf('a:b%c', { namespace: 'x:y' })).toBe('mkto:x%3Ay:123-ABC-456:a%3Ab%25c')
    expect(idOf('g'.repeat(82))).toBe(`mkto:123-ABC-456:${'g'.repeat(82)}`)
    expect(idOf('g'.repeat(83))).toMatch(/^mkto:[0-9a-f]{64}$/)
    expect(idOf('g'.repeat(83))).not.toBe(idOf('h'.repeat(83)))
  })

  it('W3 an activity without an id is told from others by its time and by each attribute', () => {
    const { marketoGUID: _, ...bare } = plain
    const all = [
      bare,
      { ...bare, activityDate: '2024-05-01T10:00:01Z' },
      { ...bare, activityDate: null },
      { ...bare, attributes: { a: 'x' } },
      { ...bare, attributes: { a: 'y' } },
      { ...bare, attributes: { b: 'x' } }
    ]
    const ids = all.flatMap((one) => {
      const read = readActivity(one)
      return read === null ? [] : [rowIdOf(read)]
    })
    expect(new Set(ids).size).toBe(all.length)
    for (const id of ids) expect(id).toMatch(/^gen-[0-9a-f]{40}$/)
  })

  // biome-ignore format: table
  it.each<[string, object, object]>([
    ['its own userId',             { userId: ' u1 ', anonymousId: '' },    { userId: 'u1' }],
    ['its own anonymousId',        { anonymousId: 'a1' },                  { anonymousId: 'a1' }],
    ['both',                       { userId: 7, anonymousId: 'a1' },       { userId: '7', anonymousId: 'a1' }],
    ['its email, by settings',     { email: ' Ana@Example.com ' },         { userId: 'ana@example.com' }]
  ])('a lead is told by %s', (_, lead, ids) => {
    const call = callOf(eventOf(settingsOf({ identityFallback: 'email' }))(plain, { leads: { 42: { ...lead } } }))
    const { userId, anonymousId } = call ?? {}
    expect({ ...(userId === undefined ? {} : { userId }), ...(anonymousId === undefined ? {} : { anonymousId }) }).toEqual(ids)
  })

  it('a type of one’s own has its own properties alone, a known one has them beside those that are known', () => {
    const properties = [{ property: 'plan', from: 'Plan', type: 'text' }] as const
    const events = eventsByType([
      { activityTypeId: 100_001, event: 'Demo Booked', properties },
      { activityTypeId: 24, event: 'Listed', properties }
    ])
    expect(events.get('100001')).toEqual({ activityTypeId: 100_001, event: 'Demo Booked', properties, constants: {} })
    const known = knownEvents.find(({ activityTypeId }) => activityTypeId === 24)
    expect(events.get('24')).toEqual({
      ...known,
      event: 'Listed',
      properties: [...(known?.properties ?? []), ...properties]
    })
  })

  it('fields of the lead may have other names', () => {
    const settings = settingsOf({ leadFields: { userId: 'customerId__c' } })
    expect(callOf(eventOf(settings)(plain, { leads: { 42: { customerId__c: 'c1', userId: 'u1' } } }))?.userId).toBe(
      'c1'
    )
  })

  it('what does not fit its type is left out, and told without its value', () => {
    const written = eventOf(settingsOf())({
      ...plain,
      activityTypeId: 22,
      attributes: { 'Change Value': 'many', Reason: 'x' }
    })
    expect(callOf(written)?.properties).toMatchObject({ reason: 'x' })
    expect(callOf(written)?.properties).not.toHaveProperty('change')
    expect(problemsOf(written)).toEqual(['attributes["Change Value"]: found text; the property wants number'])
    const unread = eventOf(settingsOf())({ ...plain, attributes: '{' })
    expect(problemsOf(unread)).toEqual(['attributes: found text that is no JSON; pass the cell on as the file has it'])
    expect(unread).toMatchObject({ _tag: 'Both', left: [{ weight: 'dropped' }] })
  })

  it.each(['\ud83d\ude00'.repeat(40_000), 'a'.repeat(100_000), '"'.repeat(60_000), '\ud800'.repeat(20_000)])(
    'a bounce of many bytes is cut to fit, and that is said (case %#)',
    (details) => {
      const attributes = { Details: details, Category: 'c'.repeat(300) }
      const written = eventOf(settingsOf())({ ...plain, activityTypeId: 8, attributes })
      expect(problemsOf(written)).toEqual([
        'properties.bounce_reason: found text that is too long; it was cut: Segment takes 32000 bytes an event'
      ])
      const call = callOf(written)
      const reason = String(call?.properties.bounce_reason)
      expect(details.startsWith(reason.slice(0, -1)) && reason.endsWith('…')).toBe(true)
      expect(call?.properties.bounce_category).toBe('c'.repeat(300))
      expect(bytes(call)).toBeLessThanOrEqual(32_000)
    }
  )

  it('texts are cut one after another, and what still does not fit is no event', () => {
    const attributes = { Details: 'a'.repeat(50_000), Category: 'b'.repeat(40_000) }
    const written = eventOf(settingsOf())({ ...plain, activityTypeId: 8, attributes })
    expect(problemsOf(written)).toHaveLength(2)
    expect(bytes(callOf(written))).toBeLessThanOrEqual(32_000)
    const huge = eventOf(settingsOf())(plain, { leads: { 42: { email: 'a'.repeat(40_000) } } })
    expect([huge._tag, problemsOf(huge)]).toEqual([
      'Left',
      ['(whole value): found an event that is too large; name fewer properties']
    ])
    expect(huge).toMatchObject({ left: [{ weight: 'invalid' }] })
  })

  // biome-ignore format: table
  it.each<[string, string, object | undefined]>([
    ['text',                   'a:1:{s:5:"Email";s:3:"a@x";}',                    { Email: 'a@x' }],
    ['a quote inside',         'a:1:{s:5:"Email";s:4:"a";x";}',                   { Email: 'a";x' }],
    ['numbers and flags',      'a:2:{s:5:"Email";d:1.5;i:0;b:1;}',                { Email: 1.5 }],
    ['a list inside',          'a:2:{s:1:"L";a:0:{}s:5:"Email";s:1:"x";}',        undefined],
    ['a length that lies',     'a:1:{s:5:"Email";s:9:"a@x";}',                    undefined],
    ['nothing',                'a:0:{}',                                          undefined],
    ['a name not asked for',   'a:1:{s:5:"Token";s:1:"x";}',                      undefined]
  ])('a form with %s', (_, dump, fields) => {
    const settings = settingsOf({ formFields: ['Email'] })
    const call = callOf(eventOf(settings)({ ...plain, activityTypeId: 2, attributes: { 'Form Fields': dump } }))
    expect(call?.properties.form_fields).toEqual(fields)
  })

  it('a form that is no dump is said, not sent', () => {
    const settings = settingsOf({ formFields: ['Email'] })
    const written = eventOf(settings)({ ...plain, activityTypeId: 2, attributes: { 'Form Fields': 'Email=a@x' } })
    expect(written._tag === 'Both' && written.left.map(describeProblem)).toEqual([
      'attributes["Form Fields"]: found text of another kind; nothing of it was sent'
    ])
    expect(written).toMatchObject({ left: [{ weight: 'dropped' }] })
  })

  it('a form is looked into where fields of it are asked for, in what a visitor filled in', () => {
    const written = (more: object, formFields: ReadonlyArray<string>, dump: unknown = 'Email=a@x') =>
      eventOf(settingsOf({ formFields }))({ ...plain, activityTypeId: 2, attributes: { 'Form Fields': dump }, ...more })
    expect(written({ activityTypeId: 9 }, ['Email'])._tag).toBe('Both')
    expect(written({ activityTypeId: 10 }, ['Email'])._tag).toBe('Right')
    expect(written({}, [])._tag).toBe('Right')
    expect(written({}, ['Email'], 7)._tag).toBe('Right')
  })
})
