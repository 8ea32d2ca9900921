/**
 * The call that asks for something.
 *
 * @module
 */
import { describeGetDeletedLeads } from '../../endpoints/deleted-leads.js'
import { describeExportActivities } from '../../endpoints/export-activities.js'
import { describeExportFile } from '../../endpoints/export-file.js'
import { describeEnqueueExport, describeExportStatus, type ExportKind } from '../../endpoints/export-job.js'
import { describeExportLeads } from '../../endpoints/export-leads.js'
import { describeGetActivities } from '../../endpoints/get-activities.js'
import { describeGetLeads } from '../../endpoints/get-leads.js'
import { describePagingToken } from '../../endpoints/paging-token.js'
import { describeReadPage } from '../../endpoints/read-page.js'
import { printInstant } from '../../ground/calendar.js'
import { malformed, type Problem } from '../../ground/problem.js'
import { isNonEmpty } from '../../ground/these.js'
import type { Call, Described, HttpRequest, Pairs } from '../../intent/descriptor.js'
import { queryLimits } from '../../marketo/limits.js'
import type { PagedReads } from '../collection.js'
import { leads } from '../lead-collections.js'
import type { SourceSync } from './state.js'
import type { Unit } from './tasks.js'
import type { ExportWalk, FeedWalk, Job, PagedWalk } from './walks.js'
import { waysOf } from './ways.js'

const nothing = malformed('warning', ['sync'], 'nothing that could be asked', 'it rests until the next run')

/** The one call, or why there is none. */
const only = (described: Described<HttpRequest>): Call<HttpRequest> | Problem =>
  described._tag === 'Left' ? described.left[0].problem : described.right[0]

const pagingOf = (by: PagedReads['by'], { token, offset }: PagedWalk): Pairs => {
  if (by === 'once') return []
  if (by === 'offset')
    return [
      ['offset', String(offset)],
      ['maxReturn', String(queryLimits.assetPage)]
    ]
  const size = [['batchSize', String(queryLimits.leadDatabasePage)]] as const
  return token === null ? size : [...size, ['nextPageToken', token]]
}

const changedIn = ({ window }: PagedWalk): Pairs =>
  window === null
    ? []
    : [
        ['earliestUpdatedAt', printInstant(window.startAt) ?? ''],
        ['latestUpdatedAt', printInstant(window.endAt) ?? '']
      ]

const pageOf = ({ settings }: SourceSync, walk: PagedWalk): Call<HttpRequest> | Problem => {
  const way = waysOf(settings, walk.collection, walk.otherwise)
  if (way === undefined) return nothing
  const { munchkinId } = settings
  const { endpoint, by, query } = way
  const path = way.path.map((part) => (part === '{id}' ? (walk.parents?.[0] ?? '') : part))
  return only(
    describeReadPage([{ munchkinId, endpoint, path, query: [...query, ...changedIn(walk), ...pagingOf(by, walk)] }])
  )
}

const feedCall = ({ settings: { munchkinId } }: SourceSync, walk: FeedWalk): Call<HttpRequest> | Problem => {
  const { of, token, since, typeIds } = walk
  if (token === null) return only(describePagingToken([{ munchkinId, since: since ?? 0 }]))
  return of === 'deleted'
    ? only(describeGetDeletedLeads([{ munchkinId, nextPageToken: token }]))
    : only(describeGetActivities([{ munchkinId, nextPageToken: token, activityTypeIds: typeIds }]))
}

/** The lead fields that rows are made of, by REST name; those of the instance only. @internal */
export const leadFields = ({ settings, refusedFields }: SourceSync): ReadonlyArray<string> => {
  const usual = leads.columns.flatMap(({ from }) => from[0]?.[0] ?? [])
  const custom = settings.customLeadFields.map(({ field }) => field)
  return [...new Set([...usual, ...custom])].filter((name) => !refusedFields.includes(name))
}

const creating = (state: SourceSync, { of, by, typeIds }: ExportWalk, { window }: Job): Described<HttpRequest> => {
  const { munchkinId } = state.settings
  return of === 'leads'
    ? describeExportLeads([{ munchkinId, ...window, by, fields: leadFields(state) }])
    : describeExportActivities([{ munchkinId, ...window, activityTypeIds: typeIds }])
}

/** The fields that an instance has, by REST name. */
const leadsDescribed = {
  endpoint: 'describeLeads',
  path: ['rest', 'v1', 'leads', 'describe2.json'],
  query: []
} as const

const jobCall = (state: SourceSync, walk: ExportWalk, job: Job): Call<HttpRequest> | Problem => {
  const { munchkinId } = state.settings
  const { exportId, phase } = job
  const kind: ExportKind = walk.of
  if (phase === 'describe') return only(describeReadPage([{ munchkinId, ...leadsDescribed }]))
  if (phase === 'create') return only(creating(state, walk, job))
  if (exportId === null) return nothing
  if (phase === 'enqueue') return describeEnqueueExport(munchkinId, exportId, kind)
  return phase === 'poll'
    ? describeExportStatus(munchkinId, exportId, kind)
    : describeExportFile(munchkinId, exportId, kind, job.reading?.bytes ?? 0)
}

const leadsCall = (state: SourceSync, ids: ReadonlyArray<string>): Call<HttpRequest> | Problem => {
  const { munchkinId } = state.settings
  const questions = ids.map((value) => ({ munchkinId, lead: { lookupField: 'id', value } }))
  return isNonEmpty(questions) ? only(describeGetLeads(questions, leadFields(state))) : nothing
}

/** The job of a window. @internal */
export const jobAt = ({ jobs }: ExportWalk, window: number | null): Job | undefined =>
  jobs.find((job) => job.window.startAt === window)

/** The call that asks for something, or why there is none. @internal */
export const callOf = (state: SourceSync, { walk: name, window, ids }: Unit): Call<HttpRequest> | Problem => {
  const walk = state.walks[name]
  switch (walk?.kind) {
    case 'paged':
      return pageOf(state, walk)
    case 'feed':
      return feedCall(state, walk)
    case 'lookup':
      return leadsCall(state, ids)
    case 'export': {
      const job = jobAt(walk, window)
      return job === undefined ? nothing : jobCall(state, walk, job)
    }
    case undefined:
      return nothing
  }
}
