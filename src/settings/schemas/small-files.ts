/**
 * The schemas of small files beside the settings: who a client is, and which number a custom activity has.
 *
 *     { "clientId": "…", "clientSecret": "…" }
 *     { "Order Completed": 100001 }
 *
 * @module
 */
import type { JsonObject } from '../../ground/json.js'
import { headed, schemaMember, told } from './parts.js'

const clientText: JsonObject = { type: 'string', minLength: 1 }

/** Credentials of a client of Marketo's API. Other members are looked past: the file may be one of other programs, too. @internal */
export const credentialsSchema = (): JsonObject =>
  headed('Credentials of Marketo’s API', 'For --credentials. Keep this file to yourself.', {
    type: 'object',
    properties: {
      ...schemaMember,
      clientId: told('The client id of the API user (Admin, LaunchPoint)', clientText),
      clientSecret: told('The client secret of the API user', clientText)
    },
    required: ['clientId', 'clientSecret']
  })

/** Ids of custom activities. @internal */
export const activityIdsSchema = (): JsonObject =>
  headed('Ids of custom activities', 'For segment-marketo migrate --ids: track events, each with its activity type.', {
    type: 'object',
    properties: schemaMember,
    additionalProperties: {
      description: 'The number of the custom activity type',
      type: ['integer', 'string'],
      minimum: 1,
      maximum: 9_007_199_254_740_991,
      pattern: '^\\d{1,15}$'
    },
    examples: [{ 'Order Completed': 100001 }]
  })
