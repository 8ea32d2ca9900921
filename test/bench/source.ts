/**
 * Answers and files of a source, for the figures: leads with a few fields of their own, and activities with what Marketo says of each.
 *
 * @module
 */
import { readTable } from '../../src/endpoints/csv-table.js'
import { isMunchkinId, type MunchkinId } from '../../src/marketo/munchkin-id.js'
import { compileSource } from '../../src/source/tables.js'

const munchkinId = (): MunchkinId => {
  const id = '561-HYG-937'
  if (!isMunchkinId(id)) throw new Error('no munchkin id')
  return id
}

const customLeadFields = ['leadScore', 'unsubscribed', 'company', 'title', 'phone'].map(
  (field) => ({ field, type: 'any' }) as const
)

export const sourceTables = compileSource({
  munchkinId: munchkinId(),
  schemaName: 'marketo',
  activityTypeIds: [10],
  customLeadFields,
  customActivityAttributes: [],
  dailyCallLimit: null,
  collections: [],
  defined: []
})

const members = 300

const answerOf = (record: (n: number) => object, page: number): string =>
  JSON.stringify({
    requestId: `r${page}`,
    success: true,
    result: Array.from({ length: members }, (_, i) => record(page * members + i))
  })

const time = (n: number): string => new Date(1_700_000_000_000 + n * 61_000).toISOString().replace('.000', '')

const lead = (n: number): object => ({
  id: 200_000 + n,
  email: `person.${n}@northwind.example`,
  firstName: `First${n % 97}`,
  ...(n % 7 === 0 ? {} : { lastName: `Last${n % 89}` }),
  createdAt: time(n),
  updatedAt: time(n + 5),
  leadScore: n % 100,
  unsubscribed: n % 11 === 0,
  company: `Company ${n % 50}`,
  title: n % 3 === 0 ? null : 'Head of Something',
  phone: '+1 555 0100'
})

const activity = (n: number): object => ({
  id: 880_000 + n,
  marketoGUID: String(880_000 + n),
  leadId: 200_000 + (n % 1000),
  activityDate: time(n),
  activityTypeId: 10,
  campaignId: 3101,
  primaryAttributeValueId: 2290,
  primaryAttributeValue: 'Onboarding 2025.Welcome 1',
  attributes: [
    { name: 'Campaign Run ID', value: 77 },
    { name: 'Device', value: 'iPhone' },
    { name: 'Is Mobile Device', value: true },
    { name: 'Platform', value: 'iOS' },
    { name: 'Step ID', value: 912 },
    { name: 'User Agent', value: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15' }
  ]
})

const pages = (record: (n: number) => object): ReadonlyArray<string> =>
  Array.from({ length: 20 }, (_, page) => answerOf(record, page))

/** The text of answers, by the collection that they are read into. */
export const sourceAnswers = { leads: pages(lead), lead_activities: pages(activity) } as const

interface Page {
  readonly result: ReadonlyArray<unknown>
}

const parsed = (text: string): Page => JSON.parse(text) as Page

/** Parses answers; the number of their records. */
export const parseAnswers = (texts: ReadonlyArray<string>): number =>
  texts.reduce((n, text) => n + parsed(text).result.length, 0)

/** The records of answers, seen by nobody before. */
export const freshRecords = (texts: ReadonlyArray<string>): ReadonlyArray<unknown> =>
  texts.flatMap((text) => parsed(text).result)

/** Reads records into rows; the number of rows. */
export const readRecords = (collection: keyof typeof sourceAnswers, records: ReadonlyArray<unknown>): number => {
  const read = sourceTables.reader(collection)
  let n = 0
  if (read !== undefined) for (let i = 0; i < records.length; i += 1) n += read(records[i], i, null).rows.length
  return n
}

/** The leads of the answers as one file. */
export const leadsFile = ['id,email,firstName,lastName,createdAt,updatedAt,leadScore,unsubscribed,company,title,phone']
  .concat(
    Array.from({ length: 6000 }, (_, n) => {
      const one: Readonly<Record<string, unknown>> = { lastName: null, ...lead(n) }
      const names = ['id', 'email', 'firstName', 'lastName', 'createdAt', 'updatedAt', 'leadScore', 'unsubscribed']
      return [...names, 'company', 'title', 'phone'].map((name) => `"${String(one[name])}"`).join(',')
    })
  )
  .join('\n')

/** Reads a file of leads into rows; the number of rows. */
export const readLeadsFile = (): number => readRecords('leads', readTable(leadsFile).rows)
