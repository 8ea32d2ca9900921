/**
 * Settings, activities and answers for the tests of this room.
 */
import * as fc from 'fast-check'
import { describeProblem } from '../../src/ground/problem.js'
import { decodeWritebackSettings } from '../../src/writeback/decode-settings.js'
import { knownEvents } from '../../src/writeback/event-table.js'
import type { WritebackSettings } from '../../src/writeback/settings.js'
import type { Written } from '../../src/writeback/track-call.js'

/** Settings; a test that gives wrong ones fails. */
export const settingsOf = (more: object = {}): WritebackSettings => {
  const read = decodeWritebackSettings({ munchkinId: '123-ABC-456', ...more })
  if (read._tag !== 'Right') throw new Error(read.left.map(describeProblem).join('; '))
  return read.right
}

export const problemsOf = (written: Written): ReadonlyArray<string> =>
  written._tag === 'Right' ? [] : written.left.map(describeProblem)

/** The event, or undefined. */
export const callOf = (written: Written) => (written._tag === 'Left' ? undefined : written.right)

/** Names of attributes that the table reads. */
const attributeNames = [
  ...new Set(knownEvents.flatMap(({ properties }) => properties.map(({ from }) => from))),
  'Form Fields',
  'Email',
  'Client IP Address',
  'User Agent'
]

const text = fc.oneof(fc.string(), fc.constantFrom('', '+10', 'True', '0', '1.5', 'caf\u00e9', '\ud800'))
const scalar = fc.oneof(text, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean())
const number = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }).map(String))

/** Activities as Marketo might tell them: of types that have an event, and of others. */
export const activity = fc.record(
  {
    marketoGUID: fc.oneof(fc.integer({ min: 1 }).map(String), fc.uuid(), text),
    id: fc.integer({ min: 1 }),
    leadId: number,
    activityDate: fc.oneof(
      fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((date) => date.toISOString()),
      fc.constantFrom('2025-11-19T17:40:00Z+0000', '2025-11-19', '2025-11-19T17:40:00', 'soon')
    ),
    activityTypeId: fc.oneof(
      fc.constantFrom(...knownEvents.map(({ activityTypeId }) => activityTypeId)),
      fc.constantFrom(1, 13, '24', 100_001)
    ),
    campaignId: number,
    primaryAttributeValueId: number,
    primaryAttributeValue: text,
    actionResult: fc.constantFrom('succeeded', 'skipped', 'failed'),
    attributes: fc.array(
      fc.record({ name: fc.oneof(fc.constantFrom(...attributeNames), fc.string()), value: fc.option(scalar) }),
      { maxLength: 6 }
    )
  },
  { requiredKeys: ['leadId', 'activityDate', 'activityTypeId'] }
)

const lead = fc.record(
  { email: fc.option(text), userId: fc.option(text), anonymousId: fc.option(text) },
  { requiredKeys: [] }
)
const few = fc.integer({ min: 1, max: 9 }).map(String)

export const context = fc.record({
  leads: fc.dictionary(few, lead),
  emails: fc.dictionary(few, fc.record({ subject: text })),
  campaigns: fc.dictionary(few, fc.record({ name: text }))
})

export const someSettings = fc
  .record(
    {
      namespace: fc.constantFrom('staging', 'a:b', '%', '123-ABC-456'),
      identityFallback: fc.constantFrom('leadId', 'email', 'skip'),
      dropBots: fc.boolean(),
      formFields: fc.constantFrom([], ['Email']),
      notBefore: fc.constantFrom(null, '2001-01-01'),
      events: fc.constantFrom(
        [],
        [
          {
            activityTypeId: 100_001,
            event: 'Demo Booked',
            properties: [{ property: 'plan', from: 'primaryAttributeValue', type: 'text' }]
          }
        ]
      )
    },
    { requiredKeys: [] }
  )
  .map(settingsOf)
