/**
 * The collections of people and of what they do.
 *
 *     leads ◀── lead_id ── lead_activities ◀── activity_id ── lead_activity_attributes
 *                                │                                    │
 *                        activity_type_id                 activity_type_attribute_id
 *                                ▼                                    ▼
 *                        lead_activity_types ◀───── lead_activity_type_attributes
 *
 * Where a column may stand at two places, one answer of Marketo's has the first and another the second.
 *
 * Sources: Segment "Marketo Source", Leads, Lead activities and those after; Adobe "Leads", "Activities", "Bulk Activity Extract".
 *
 * @module
 */
import type { Collection } from './collection.js'

/** The leads: the columns of the page; those of custom fields stand behind them. @internal */
export const leads: Collection = {
  name: 'leads',
  says: 'the leads of the instance, those deleted too',
  reads: { by: 'leads' },
  otherwise: null,
  // biome-ignore format: table
  columns: [
    { name: 'id',         type: 'id',   from: [['id']],        says: 'the lead' },
    { name: 'email',      type: 'text', from: [['email']],     says: 'address; several leads may share one' },
    { name: 'first_name', type: 'text', from: [['firstName']], says: 'given name' },
    { name: 'last_name',  type: 'text', from: [['lastName']],  says: 'family name' },
    { name: 'created_at', type: 'time', from: [['createdAt']], says: 'when the lead was made' },
    { name: 'updated_at', type: 'time', from: [['updatedAt']], says: 'when a standard field last changed' },
    { name: 'deleted_at', type: 'time', from: [],              says: 'when the lead was deleted or merged into another, as activities tell' }
  ]
}

/** The activities. @internal */
export const leadActivities: Collection = {
  name: 'lead_activities',
  says: 'what leads did, and what was done to them',
  reads: { by: 'activities' },
  otherwise: null,
  // biome-ignore format: table
  columns: [
    { name: 'id',                         type: 'id',   from: [['marketoGUID'], ['id']],     says: 'the activity; made of all that it says where Marketo gives no id' },
    { name: 'activity_id',                type: 'id',   from: [['id']],                      says: 'the old id: not unique, and absent from files' },
    { name: 'lead_id',                    type: 'id',   from: [['leadId']],                  says: 'the lead, which may be gone by now' },
    { name: 'campaign_id',                type: 'id',   from: [['campaignId']],              says: 'the smart campaign that caused it, if one did' },
    { name: 'primary_attribute_value_id', type: 'id',   from: [['primaryAttributeValueId']], says: 'the asset or field that it is about' },
    { name: 'primary_attribute_value',    type: 'text', from: [['primaryAttributeValue']],   says: 'what that asset or field is called' },
    { name: 'activity_type_id',           type: 'id',   from: [['activityTypeId']],          says: 'the kind of activity, a row of lead_activity_types' },
    { name: 'activity_date',              type: 'time', from: [['activityDate']],            says: 'when it happened' }
  ]
}

/** What the activities say, one attribute in each row. @internal */
export const leadActivityAttributes: Collection = {
  name: 'lead_activity_attributes',
  says: 'what activities say of themselves, one attribute in each row',
  reads: { by: 'activities' },
  otherwise: null,
  // biome-ignore format: table
  columns: [
    { name: 'id',                         type: 'id',   from: [],                                                  says: 'activity, type and name in one' },
    { name: 'activity_id',                type: 'id',   from: [['marketoGUID'], ['id']],                           says: 'the activity: the id of its row in lead_activities' },
    { name: 'activity_type_id',           type: 'id',   from: [['activityTypeId']],                                says: 'the kind of activity' },
    { name: 'activity_type_attribute_id', type: 'id',   from: [],                                                  says: 'the attribute as its type has it, a row of lead_activity_type_attributes' },
    { name: 'name',                       type: 'text', from: [['attributes', 'name'], ['attributes', 'apiName']], says: 'what the attribute is called' },
    { name: 'value',                      type: 'text', from: [['attributes', 'value']],                           says: 'its value as text, of whatever kind it is' }
  ]
}

/** The kinds of activities. @internal */
export const leadActivityTypes: Collection = {
  name: 'lead_activity_types',
  says: 'the kinds of activity that the instance has',
  reads: { by: 'activity-types' },
  otherwise: null,
  // biome-ignore format: table
  columns: [
    { name: 'id',                          type: 'id',   from: [['id']],                                                        says: 'the type; from 100000 on the instance made it' },
    { name: 'name',                        type: 'text', from: [['name']],                                                      says: 'what the type is called' },
    { name: 'description',                 type: 'text', from: [['description']],                                               says: 'what it stands for' },
    { name: 'primary_attribute_name',      type: 'text', from: [['primaryAttribute', 'name'], ['primaryAttribute', 'apiName']], says: 'the attribute that each activity of the type has, if there is one' },
    { name: 'primary_attribute_data_type', type: 'text', from: [['primaryAttribute', 'dataType']],                              says: 'its data type, in lower case' }
  ]
}

/** What activities of each kind may say. @internal */
export const leadActivityTypeAttributes: Collection = {
  name: 'lead_activity_type_attributes',
  says: 'what activities of each type may say',
  reads: { by: 'activity-types' },
  otherwise: null,
  // biome-ignore format: table
  columns: [
    { name: 'id',               type: 'id',   from: [],                                                  says: 'type and name in one' },
    { name: 'activity_type_id', type: 'id',   from: [['id']],                                            says: 'the type' },
    { name: 'name',             type: 'text', from: [['attributes', 'name'], ['attributes', 'apiName']], says: 'what the attribute is called' },
    { name: 'data_type',        type: 'text', from: [['attributes', 'dataType']],                        says: 'its data type, in lower case' }
  ]
}
