/**
 * What Marketo tells: answers to each endpoint, SOAP's XML, files of the extract, activities and records.
 *
 * @module
 */

import { readPart, readTable, startTable, type TableReading, type TableRow } from '../../../src/endpoints/csv-table.js'
import { describeIdentityToken } from '../../../src/endpoints/identity-token.js'
import { interpret } from '../../../src/endpoints/interpret.js'
import { readTexts } from '../../../src/endpoints/soap-xml.js'
import type { Call, EndpointName, HttpRequest } from '../../../src/intent/descriptor.js'
import { isMunchkinId } from '../../../src/marketo/munchkin-id.js'
import { collections } from '../../../src/source/collections.js'
import { decodeSourceSettings } from '../../../src/source/decode-settings.js'
import { readFileRows, readRows } from '../../../src/source/read-rows.js'
import { decodeWritebackSettings } from '../../../src/writeback/decode-settings.js'
import { eventOf } from '../../../src/writeback/event-of.js'
import { saidIn, type Target } from '../target.js'
import { rightOf } from './right.js'

const munchkinId = '561-HYG-937'

const callTo = (endpoint: EndpointName): Call<HttpRequest> => {
  if (!isMunchkinId(munchkinId)) throw new Error('no Munchkin id')
  const call = describeIdentityToken(munchkinId)
  const query = [
    ['filterType', 'email'],
    ['filterValues', 'ana@example.com']
  ] as const
  return { ...call, descriptor: { ...call.descriptor, endpoint, query }, intents: [0, 1, 2] }
}

const endpoints = [
  'syncLeads',
  'getLeadsByFilter',
  'addCustomActivities',
  'associateLead',
  'submitForm',
  'visitWebPage',
  'mergeLeads',
  'ingestPersons',
  'importLeads',
  'importLeadsStatus',
  'importLeadsFailures',
  'addToList',
  'syncProgramStatus',
  'requestCampaign',
  'deleteLeads',
  'syncCompanies',
  'syncCustomObjects',
  'listsOfLead',
  'listMembership',
  'findList',
  'createList',
  'getLeadChanges',
  'activityPagingToken',
  'getActivities',
  'activityTypes',
  'exportActivities',
  'exportActivitiesFile',
  'getEmail',
  'getProgram',
  'identityToken'
] as const satisfies ReadonlyArray<EndpointName>

const calls = endpoints.map(callTo)
const soapCall = callTo('syncLeadOverSoap')

/** The headers of a value that are texts, as every client hands them over. */
const textsIn = (headers: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(Object(headers)).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : []))
  )

/** An answer from a value: its own status and headers where it has some, else one that went well. */
const answerFrom = (u: unknown) => {
  const { status, headers, body } = Object(u)
  return {
    status: Number.isInteger(status) ? Number(status) : 200,
    headers: textsIn(headers),
    body: body === undefined ? u : body
  }
}

/** What comes out is plain: equal to its JSON. */
const plain = (value: unknown): void => {
  const text = JSON.stringify(value)
  if (JSON.stringify(JSON.parse(text)) !== text) throw new Error('an outcome changes on its way through JSON')
}

const source = rightOf(
  decodeSourceSettings({
    munchkinId,
    activityTypeIds: [1, 6, 10, 11, 13],
    customLeadFields: [{ field: 'leadScore', type: 'integer' }]
  })
)
const rowsOf = readRows(source)
const fileRowsOf = readFileRows(source)
const written = eventOf(rightOf(decodeWritebackSettings({ munchkinId, namespace: 'example', events: [] })))

/** Read at once and in parts, a file has the same rows. */
const inParts = (file: string): ReadonlyArray<TableRow> => {
  const rows: Array<TableRow> = []
  let reading: TableReading = startTable
  for (let from = 0; from < file.length; from += 997) {
    const [next, more] = readPart(reading, file.slice(from, from + 997), from + 997 >= file.length)
    reading = next
    rows.push(...more)
  }
  return rows
}

/** Answers, files, activities. */
export const toldTargets: ReadonlyArray<Target> = [
  {
    name: 'answers',
    corpus: 'answers',
    reads: 'value',
    times: calls.length,
    feed: (u) => {
      for (const call of calls) plain(interpret(call, answerFrom(u)))
      return null
    }
  },
  {
    name: 'answer-texts',
    corpus: 'answers',
    reads: 'text',
    times: calls.length,
    feed: (body) => {
      for (const call of calls) plain(interpret(call, { status: 200, headers: {}, body }))
      return null
    }
  },
  {
    name: 'soap',
    corpus: 'soap',
    reads: 'text',
    feed: (body) => {
      plain(interpret(soapCall, { status: 200, headers: {}, body }))
      const text = String(body)
      let length = 0
      for (const [name, value] of readTexts(text) ?? []) length += name.length + value.length
      // Nothing an answer holds is put in the place of something shorter.
      if (length > 40 * text.length) throw new Error('the answer has grown while it was read')
      return null
    }
  },
  {
    name: 'csv',
    corpus: 'csv',
    reads: 'text',
    feed: (text) => {
      const file = String(text)
      if (JSON.stringify(inParts(file)) !== JSON.stringify(readTable(file).rows)) throw new Error('parts differ')
      return ['leads', 'lead_activities', 'nobody'].map((name) => fileRowsOf(name, file).problems)
    }
  },
  {
    name: 'source-rows',
    corpus: 'answers',
    reads: 'value',
    times: collections.length,
    feed: (u) =>
      collections.map(({ name }) => {
        const { rows, problems } = rowsOf(name, answerFrom(u), '7')
        plain(rows)
        return problems
      })
  },
  {
    name: 'writeback',
    corpus: 'activities',
    reads: 'value',
    feed: (u) => {
      const event = written(u)
      plain(event)
      return saidIn(event)
    }
  }
]
