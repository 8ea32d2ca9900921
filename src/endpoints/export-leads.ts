/**
 * Bulk Lead Extract: jobs for leads that were created, or changed, in windows of time.
 *
 *     POST /bulk/v1/leads/export/create.json
 *     { fields: ["id", "email"], format: "CSV", filter: { updatedAt: { startAt, endAt } } }
 *
 * By `createdAt` a lead is told once, and never its changes. Not every instance may filter by `updatedAt`: 1035. A field that the instance
 * does not know, or hides, fails the whole job: 1003.
 *
 * Sources: Adobe "Bulk Extract", "Bulk Lead Extract"; "Error Codes" (1003, 1035).
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { missing } from '../ground/problem.js'
import type { Described, HttpRequest } from '../intent/descriptor.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'
import { describeEach, type Written } from './batch.js'
import { type ExportWindow, exportRequest, unfitWindow, windowFilter } from './export-job.js'
import { unfitField } from './filter-text.js'

/**
 * Leads to extract: those that were created or changed from `startAt` up to `endAt`, with these fields, by REST name.
 *
 * @category bulk extract
 * @since 0.1.0
 */
export interface LeadExport extends ExportWindow {
  readonly munchkinId: MunchkinId
  readonly by: 'createdAt' | 'updatedAt'
  readonly fields: ReadonlyArray<string>
}

const noFields = missing('invalid', ['fields'], 'name the lead fields that the file shall hold')

const write = (wanted: LeadExport): Written => {
  const { munchkinId, by, fields } = wanted
  const problem = unfitWindow(wanted) ?? (fields.length === 0 ? noFields : unfitField(fields))
  if (problem !== undefined) return { problem }
  const filter = by === 'createdAt' ? { createdAt: windowFilter(wanted) } : { updatedAt: windowFilter(wanted) }
  const request = exportRequest('leads', 'create', munchkinId, ['create.json'])
  const json = { fields: [...new Set(fields)], format: 'CSV', filter }
  return { descriptor: { ...request, body: { json } }, slots: [] }
}

/**
 * Calls that make jobs, one for each window. A job does nothing before it is queued.
 *
 * @example
 * import { describeExportLeads } from 'segment-marketo/endpoints'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * const window = { startAt: 1_714_521_600_000, endAt: 1_714_608_000_000, by: 'updatedAt', fields: ['id'] } as const
 * const described = isMunchkinId(munchkinId) ? describeExportLeads([{ munchkinId, ...window }]) : undefined
 * described?._tag === 'Right' && described.right[0].descriptor.path
 * // => ['bulk', 'v1', 'leads', 'export', 'create.json']
 * @category bulk extract
 * @since 0.1.0
 */
export const describeExportLeads = (windows: ReadonlyNonEmptyArray<LeadExport>): Described<HttpRequest> =>
  describeEach(windows, write)
