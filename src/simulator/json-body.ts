/**
 * A body as JSON, or Marketo's word for what is none.
 *
 *     application/json   { … }    read        612   another content type        609   no JSON, or no object
 *
 * Source: Adobe "Error Codes".
 *
 * @module
 */
import { isRecord, type UnknownRecord } from '../ground/json.js'
import type { Wire } from './request.js'
import { type Failed, failed } from './told.js'

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** The object that a request carries, or why it fails. @internal */
export const jsonBody = (
  wire: Pick<Wire, 'contentType' | 'body'>
): Failed | { readonly _tag: 'Json'; readonly body: UnknownRecord } => {
  if (!/^application\/json\b/i.test(wire.contentType)) return failed('612', 'Invalid Content Type')
  const body = parsed(wire.body)
  return isRecord(body) ? { _tag: 'Json', body } : failed('609', 'Invalid JSON')
}
