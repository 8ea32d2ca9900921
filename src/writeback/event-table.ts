/**
 * The activity types that have an event, and where each property comes from.
 *
 *     11   Email Link Clicked   email_id ◀ the primary attribute's id, link_url ◀ Link, …
 *
 * Six of the events are those of Segment's Email Spec, with its property names; the rest is named in its manner.
 *
 * Sources: Segment "Spec: Email"; Adobe "Activities", "Bulk Activity Extract"; public traffic (names of attributes).
 *
 * @module
 */
import type { EventRow, PropertyRow, PropertyType } from './settings.js'

/**
 * An activity type with its event; `constants` are properties that each of its events has.
 *
 * @category tables
 * @since 0.1.0
 */
export interface KnownEvent extends EventRow {
  readonly constants: Readonly<Record<string, string>>
}

const row = (property: string, from: string, type: PropertyType): PropertyRow => ({ property, from, type })

const campaign = row('campaign_id', 'campaignId', 'id')

// biome-ignore format: table
const email: ReadonlyArray<PropertyRow> = [
  row('email_id',           'primaryAttributeValueId', 'id'),
  row('email_name',         'primaryAttributeValue',   'text'),
  row('email_subject',      'emailSubject',            'text'),
  campaign,
  row('campaign_name',      'campaignName',            'text'),
  row('campaign_run_id',    'Campaign Run ID',         'number'),
  row('step_id',            'Step ID',                 'number'),
  row('choice_number',      'Choice Number',           'number'),
  row('test_variant',       'Test Variant',            'number')
]

// biome-ignore format: table
const bounce: ReadonlyArray<PropertyRow> = [
  ...email,
  row('bounce_category',    'Category',                'text'),
  row('bounce_subcategory', 'Subcategory',             'text'),
  row('bounce_reason',      'Details',                 'text')
]

// biome-ignore format: table
const opening: ReadonlyArray<PropertyRow> = [
  ...email,
  row('device',             'Device',                  'text'),
  row('platform',           'Platform',                'text'),
  row('is_mobile_device',   'Is Mobile Device',        'boolean'),
  row('is_bot',             'Is Bot Activity',         'boolean')
]

// biome-ignore format: table
const click: ReadonlyArray<PropertyRow> = [
  ...opening,
  row('link_url',           'Link',                    'text'),
  row('link_id',            'Link ID',                 'id')
]

// biome-ignore format: table
const form: ReadonlyArray<PropertyRow> = [
  row('form_id',            'primaryAttributeValueId', 'id'),
  row('form_name',          'primaryAttributeValue',   'text'),
  row('page_id',            'Webpage ID',              'id'),
  row('referrer',           'Referrer URL',            'text'),
  row('query_parameters',   'Query Parameters',        'text'),
  campaign
]

// biome-ignore format: table
const list: ReadonlyArray<PropertyRow> = [
  row('list_id',            'primaryAttributeValueId', 'id'),
  row('list_name',          'primaryAttributeValue',   'text'),
  row('source',             'Source',                  'text'),
  campaign
]

// biome-ignore format: table
const score: ReadonlyArray<PropertyRow> = [
  row('score_field_id',     'primaryAttributeValueId', 'id'),
  row('score_name',         'primaryAttributeValue',   'text'),
  row('change',             'Change Value',            'number'),
  row('old_value',          'Old Value',               'number'),
  row('new_value',          'New Value',               'number'),
  row('reason',             'Reason',                  'text'),
  campaign
]

// biome-ignore format: table
const program: ReadonlyArray<PropertyRow> = [
  row('program_id',         'primaryAttributeValueId', 'id'),
  row('program_name',       'primaryAttributeValue',   'text'),
  row('old_status',         'Old Status',              'text'),
  row('new_status',         'New Status',              'text'),
  row('old_status_id',      'Old Status ID',           'id'),
  row('new_status_id',      'New Status ID',           'id'),
  row('success',            'Success',                 'boolean'),
  row('acquired_by',        'Acquired By',             'boolean'),
  row('reason',             'Reason',                  'text'),
  campaign
]

/**
 * The activity types that have an event by themselves, by number. Names can be changed in settings, and types added.
 *
 * @category tables
 * @since 0.1.0
 */
// biome-ignore format: table
export const knownEvents: ReadonlyArray<KnownEvent> = [
  { activityTypeId: 2,   event: 'Form Submitted',         properties: form,    constants: {} },
  { activityTypeId: 6,   event: 'Email Sent',             properties: email,   constants: {} },
  { activityTypeId: 7,   event: 'Email Delivered',        properties: email,   constants: {} },
  { activityTypeId: 8,   event: 'Email Bounced',          properties: bounce,  constants: { bounce_type: 'hard' } },
  { activityTypeId: 9,   event: 'Unsubscribed',           properties: email,   constants: {} },
  { activityTypeId: 10,  event: 'Email Opened',           properties: opening, constants: {} },
  { activityTypeId: 11,  event: 'Email Link Clicked',     properties: click,   constants: {} },
  { activityTypeId: 22,  event: 'Lead Score Changed',     properties: score,   constants: {} },
  { activityTypeId: 24,  event: 'Lead Added to List',     properties: list,    constants: {} },
  { activityTypeId: 25,  event: 'Lead Removed from List', properties: list,    constants: {} },
  { activityTypeId: 27,  event: 'Email Bounced',          properties: bounce,  constants: { bounce_type: 'soft' } },
  { activityTypeId: 104, event: 'Program Status Changed', properties: program, constants: {} }
]

/** What the events of each type are made of, by the type's number as text: the known ones, then those of settings over them. @internal */
export const eventsByType = (rows: ReadonlyArray<EventRow>): ReadonlyMap<string, KnownEvent> => {
  const events = new Map(knownEvents.map((known) => [String(known.activityTypeId), known]))
  for (const { activityTypeId, event, properties } of rows) {
    const known = events.get(String(activityTypeId))
    events.set(String(activityTypeId), {
      activityTypeId,
      event,
      properties: [...(known?.properties ?? []), ...properties],
      constants: known?.constants ?? {}
    })
  }
  return events
}
