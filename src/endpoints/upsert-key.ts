/**
 * The key of an upsert, as every way of writing leads wants it: the record itself carries the field that it is looked up by.
 *
 * @module
 */
import { kindOf, ownMember } from '../ground/json.js'
import { malformed, missing, type Problem } from '../ground/problem.js'
import type { Fields, UpsertLead } from '../intent/intent.js'
import { isMarketoId } from './lead-ref.js'

/** Why a record has no key, or undefined when it has one. @internal */
export const lacksKey = ({ lead: { lookupField } }: UpsertLead, fields: Fields): Problem | undefined => {
  const key = ownMember(fields, lookupField)
  return key === undefined || key === null || key === ''
    ? missing('invalid', ['fields', lookupField], 'every record carries the field that it is looked up by')
    : undefined
}

/** Why the number of a lead is none, or undefined. @internal */
export const unfitId = (fields: Fields): Problem | undefined => {
  const id = ownMember(fields, 'id')
  return isMarketoId(id)
    ? undefined
    : malformed('invalid', ['fields', 'id'], kindOf(id), 'a lead has a whole number above zero')
}
