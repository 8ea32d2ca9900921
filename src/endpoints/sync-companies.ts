/**
 * Sync Companies: company records, by the id that the customer's own system has for each.
 *
 *     POST /rest/v1/companies.json
 *     { "action": "createOrUpdate", "dedupeBy": "dedupeFields", "input": [ { "externalCompanyId": "acme", … } ] }
 *
 * A lead belongs to a company once it holds the same `externalCompanyId`, and shows the company's values from then on. An instance that
 * Marketo's own CRM sync fills lets nobody else write companies (1018). One id twice in a call is refused (1036).
 *
 * Source: Adobe "Companies", Create and Update; "Error Codes" (1018, 1036).
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { type JsonObject, kindOf, ownMember } from '../ground/json.js'
import { conflict, malformed, missing, type Problem } from '../ground/problem.js'
import type { Described, HttpRequest } from '../intent/descriptor.js'
import type { SyncCompany } from '../intent/intent.js'
import { type Distinct, describeDistinct } from './distinct.js'
import { writtenFields } from './field-values.js'
import { interpretRecords } from './record-outcomes.js'
import { jsonPost } from './rest-request.js'

const idAt = ['fields', 'externalCompanyId']

const unfitId = ({ externalCompanyId, fields }: SyncCompany): Problem | undefined => {
  const own = ownMember(fields, 'externalCompanyId')
  if (typeof externalCompanyId !== 'string' || externalCompanyId.trim() === '')
    return malformed('invalid', ['externalCompanyId'], kindOf(externalCompanyId), 'a company is known by a text')
  if (own === undefined) return missing('invalid', idAt, 'the record names its company')
  if (own !== externalCompanyId) return conflict('invalid', idAt, ['externalCompanyId'], 'name one company')
  return ownMember(fields, 'id') === undefined
    ? undefined
    : malformed('invalid', ['fields', 'id'], kindOf(ownMember(fields, 'id')), 'Marketo numbers companies by itself')
}

const requestOf =
  ({ munchkinId }: SyncCompany) =>
  (input: ReadonlyArray<JsonObject>): HttpRequest =>
    jsonPost('syncCompanies', munchkinId, ['companies.json'], {
      action: 'createOrUpdate',
      dedupeBy: 'dedupeFields',
      input
    })

const recordOf = (sync: SyncCompany): Problem | Distinct => {
  const { munchkinId, externalCompanyId } = sync
  const written = writtenFields(sync.fields, true)
  if (written._tag === 'Left') return written.left
  return (
    unfitId(sync) ?? {
      about: [munchkinId, externalCompanyId],
      shared: [munchkinId],
      record: written.right.fields,
      request: requestOf(sync)
    }
  )
}

/**
 * Sync Companies calls, of any instances: 300 companies in a call. A company named twice stands in two calls, in the order given.
 *
 * @example
 * import { describeSyncCompanies } from 'segment-marketo/endpoints'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * const fields = { externalCompanyId: 'acme', company: 'Acme' }
 * const described = isMunchkinId(munchkinId)
 *   ? describeSyncCompanies([{ _tag: 'SyncCompany', munchkinId, externalCompanyId: 'acme', fields }])
 *   : undefined
 * described?._tag === 'Right' && described.right[0].descriptor.body
 * // => { json: { action: 'createOrUpdate', dedupeBy: 'dedupeFields', input: [{ externalCompanyId: 'acme', company: 'Acme' }] } }
 * @category companies
 * @since 0.1.0
 */
export const describeSyncCompanies = (companies: ReadonlyNonEmptyArray<SyncCompany>): Described<HttpRequest> =>
  describeDistinct(companies, recordOf)

/**
 * What became of each company of a call. Its number at Marketo is not told here: nothing is done by it.
 *
 * @category companies
 * @since 0.1.0
 */
export const interpretSyncCompanies = interpretRecords({ idIsLead: false })
