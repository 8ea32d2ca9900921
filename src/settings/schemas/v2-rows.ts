/**
 * The rows of v2 settings as schemas: trait rows, event rows and their attributes, by our names and by Segment's.
 *
 *     { "trait": "plan", "field": "planName", "type": "string" }
 *     { "segmentTrait": "plan", "marketoFieldName": "planName", "marketoFieldType": "string" }
 *     { "key": …, "value": a row }
 *
 * @module
 */
import type { JsonObject } from '../../ground/json.js'
import { valueTypeOrNull } from './contract-parts.js'
import {
  closed,
  flag,
  listOf,
  mapOf,
  marketoName,
  nonBlank,
  oneOf,
  oneOfThese,
  orNull,
  scalar,
  shaped,
  told,
  whole
} from './parts.js'

const dateFormat = shaped(
  '^(?=.*YYYY)(?=.*MM)(?=.*DD)',
  'A date format holds YYYY, MM and DD once each, such as DD.MM.YYYY'
)

const table = told('The value that stands beside each value', mapOf(scalar), [{ gold: 'A', silver: 'B' }])

const transform: JsonObject = {
  anyOf: [
    oneOf(['trim', 'lower', 'upper']),
    closed({ table, otherwise: told('What any other value becomes; without it, it is dropped', scalar) }, ['table']),
    closed({ join: told('A list as one text, with this between its items', { type: 'string' }, ['; ']) }, ['join']),
    closed({ cut: told('The first so many characters', whole(1, 65_536), [255]) }, ['cut']),
    closed({ date: told('A day written so, as YYYY-MM-DD', dateFormat, ['DD.MM.YYYY']) }, ['date'])
  ]
}

const sharedMembers: JsonObject = {
  default: told('What is written when the event has no value', { type: ['string', 'number', 'boolean', 'null'] }),
  transforms: { ...told('What is done to a value before it is written, in this order', listOf(transform)), default: [] }
}

/** A member under our name and under Segment's. */
const bothNames = (ours: string, theirs: string, member: JsonObject): JsonObject => ({
  [ours]: member,
  [theirs]: { ...member, description: `Segment’s name of ${ours}`, doNotSuggest: true }
})

/** A row as it is, or in the `{ key, value }` that Segment sometimes wraps it in. */
const wrapped = (row: JsonObject): JsonObject => ({
  anyOf: [
    row,
    { type: 'object', properties: { value: { allOf: [row], doNotSuggest: true } }, required: ['key', 'value'] }
  ]
})

const row = (members: JsonObject, needed: ReadonlyArray<ReadonlyArray<string>>): JsonObject =>
  wrapped({ ...closed(members), allOf: needed.map(oneOfThese) })

const traitRow = row(
  {
    ...bothNames('trait', 'segmentTrait', told('The trait of the identify call, spelled exactly', nonBlank, ['plan'])),
    ...bothNames('field', 'marketoFieldName', told('The lead field, by its REST name', marketoName, ['planName'])),
    ...bothNames('type', 'marketoFieldType', told('The type of the lead field', valueTypeOrNull)),
    length: told('How many characters the field takes', orNull(whole(1, 65_536)), [255]),
    ...sharedMembers
  },
  [
    ['trait', 'segmentTrait'],
    ['field', 'marketoFieldName']
  ]
)

const propertySays = 'The property of the track call, spelled exactly'
const attributeSays = 'The attribute of the custom activity, by its API name'
const primarySays = 'Whether it is the primary attribute, which Marketo shows with a red star; just one is'

const attributeRow = row(
  {
    ...bothNames('property', 'segmentProperty', told(propertySays, nonBlank, ['order_id'])),
    ...bothNames('attribute', 'marketoAttributeName', told(attributeSays, nonBlank, ['orderId'])),
    ...bothNames('type', 'marketoAttributeType', told('The type of the attribute', valueTypeOrNull)),
    ...bothNames('primary', 'primaryKey', { ...told(primarySays, flag), default: false }),
    ...sharedMembers
  },
  [
    ['property', 'segmentProperty'],
    ['attribute', 'marketoAttributeName']
  ]
)

const typeSays = 'The number of the custom activity type, as Marketo Custom Activities shows it'

const eventRow = row(
  {
    event: told('The track event, spelled exactly', nonBlank, ['Order Completed']),
    ...bothNames('activityTypeId', 'marketoActivityId', told(typeSays, whole(1, Number.MAX_SAFE_INTEGER), [100001])),
    ...bothNames('attributes', 'segmentProperty', told('The attributes that are sent', listOf(attributeRow)))
  },
  [['event'], ['activityTypeId', 'marketoActivityId'], ['attributes', 'segmentProperty']]
)

/** Trait rows. @internal */
export const traitRows: JsonObject = listOf(traitRow)

/** Event rows. @internal */
export const eventRows: JsonObject = listOf(eventRow)
