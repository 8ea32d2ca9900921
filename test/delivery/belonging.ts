/**
 * Intents about what leads belong to and go through, and the ledger of what should be there once they were delivered.
 *
 *     items in event order, each with its outcome ──▶ lists, programs, scores of each person
 */
import type { ItemOutcome } from '../../src/delivery/outcome.js'
import type {
  AddToList,
  AddToScore,
  DeleteLead,
  Intent,
  LeaveLists,
  LeaveProgram,
  ListRef,
  RemoveFromList,
  RequestCampaign,
  SetProgramStatus,
  SyncCompany,
  SyncCustomObject
} from '../../src/intent/intent.js'
import { email, munchkinId } from './world.js'

const about = (n: number) => ({ munchkinId, lead: { lookupField: 'email', value: email(n) } }) as const

export const putOn = (n: number, list: ListRef, more: Partial<AddToList> = {}): AddToList => ({
  _tag: 'AddToList',
  ...about(n),
  list,
  purpose: 'engage',
  at: null,
  ...more
})

export const takeOff = (n: number, list: ListRef): RemoveFromList => ({
  _tag: 'RemoveFromList',
  ...about(n),
  list,
  at: null
})

export const leaveAll = (n: number, except: ReadonlyArray<number> = []): LeaveLists => ({
  _tag: 'LeaveLists',
  ...about(n),
  except,
  at: null
})

export const status = (n: number, statusName: string, programId = 1): SetProgramStatus => ({
  _tag: 'SetProgramStatus',
  ...about(n),
  programId,
  statusName,
  purpose: 'engage',
  at: null
})

export const quit = (n: number, programId = 1): LeaveProgram => ({
  _tag: 'LeaveProgram',
  ...about(n),
  programId,
  at: null
})

export const campaign = (n: number, tokens: RequestCampaign['tokens'] = [], campaignId = 1): RequestCampaign => ({
  _tag: 'RequestCampaign',
  ...about(n),
  campaignId,
  tokens,
  purpose: 'engage',
  at: null
})

export const points = (n: number, more: number, bounds: Partial<AddToScore> = {}): AddToScore => ({
  _tag: 'AddToScore',
  ...about(n),
  field: 'score',
  points: more,
  least: null,
  most: null,
  ...bounds
})

export const remove = (n: number): DeleteLead => ({ _tag: 'DeleteLead', ...about(n) })

export const company = (externalCompanyId: string, name: string): SyncCompany => ({
  _tag: 'SyncCompany',
  munchkinId,
  externalCompanyId,
  fields: { externalCompanyId, company: name }
})

export const order = (orderId: string, line: number, fields: SyncCustomObject['fields'] = {}): SyncCustomObject => ({
  _tag: 'SyncCustomObject',
  munchkinId,
  objectName: 'order_c',
  dedupeFields: ['orderId', 'line'],
  fields: { orderId, line, ...fields }
})

/** An instance that has what these name. */
export const belonging = {
  lists: [
    { id: 1, name: 'one' },
    { id: 2, name: 'two' },
    { id: 3, name: 'twin' },
    { id: 4, name: 'twin' }
  ],
  programs: [
    {
      id: 1,
      statuses: [
        { name: 'Invited', step: 1 },
        { name: 'Attended', step: 2 }
      ]
    }
  ],
  campaigns: [{ id: 1 }, { id: 2 }],
  customObjects: [
    {
      name: 'order_c',
      fields: ['orderId', 'line', 'price', 'email'],
      dedupeFields: ['orderId', 'line'],
      link: { field: 'email', leadField: 'email' }
    }
  ],
  customFields: [
    { name: 'userId', type: 'string' as const },
    { name: 'anonymousId', type: 'string' as const },
    { name: 'plan', type: 'string' as const },
    { name: 'seats', type: 'integer' as const },
    { name: 'score', type: 'integer' as const }
  ]
}

/** What one person should have. `isOpen` says what nobody knows, because something about it ended in doubt. */
export interface Kept {
  readonly lists: Set<string>
  status: string | null
  score: number
  readonly isOpen: Set<'lists' | 'status' | 'score'>
}

const steps: Readonly<Record<string, number>> = { Invited: 1, Attended: 2 }

const fresh = (): Kept => ({ lists: new Set(), status: null, score: 0, isOpen: new Set() })

const clamp = (value: number, { least, most }: AddToScore): number =>
  Math.min(most ?? Number.POSITIVE_INFINITY, Math.max(least ?? Number.NEGATIVE_INFINITY, Math.round(value)))

const nameOf = (list: ListRef): string => ('listId' in list ? (list.listId === 1 ? 'one' : 'two') : list.name)

/** What becomes of a person by one intent that took effect. */
const apply = (kept: Kept, intent: Intent): Kept => {
  switch (intent._tag) {
    case 'AddToList':
      kept.lists.add(nameOf(intent.list))
      return kept
    case 'RemoveFromList':
      kept.lists.delete(nameOf(intent.list))
      return kept
    case 'LeaveLists':
      for (const name of kept.lists)
        if (!intent.except.includes(name === 'one' ? 1 : name === 'two' ? 2 : 99)) kept.lists.delete(name)
      return kept
    case 'SetProgramStatus':
      if ((steps[kept.status ?? ''] ?? 0) < (steps[intent.statusName] ?? 0)) kept.status = intent.statusName
      return kept
    case 'LeaveProgram':
      kept.status = null
      return kept
    case 'AddToScore':
      kept.score = clamp(kept.score + intent.points, intent)
      return kept
    case 'DeleteLead':
      return fresh()
    default:
      return kept
  }
}

// biome-ignore format: table
const touched: Readonly<Partial<Record<Intent['_tag'], ReadonlyArray<'lists' | 'status' | 'score'>>>> = {
  AddToList: ['lists'], RemoveFromList: ['lists'], LeaveLists: ['lists'],
  SetProgramStatus: ['status'], LeaveProgram: ['status'],
  AddToScore: ['score'],
  DeleteLead: ['lists', 'status', 'score']
}

const tookEffect = (outcome: ItemOutcome): boolean =>
  outcome._tag === 'Applied' || (outcome._tag === 'Skipped' && outcome.remedy === 'accept')

/** What was refused for no reason of its own may have been done before, by a call whose answer was lost. */
const isSure = (outcome: ItemOutcome): boolean =>
  outcome._tag === 'Unsent' ||
  outcome._tag === 'Applied' ||
  (outcome._tag === 'Skipped' && !outcome.reasons.some(({ code }) => code === '1003'))

/** What each person should have, from all items in event order. */
export const ledgerOf = (
  intents: ReadonlyArray<Intent>,
  outcomes: ReadonlyMap<string, ItemOutcome>
): ReadonlyMap<string, Kept> => {
  const people = new Map<string, Kept>()
  intents.forEach((intent, i) => {
    const outcome = outcomes.get(`i${i}`)
    if (!('lead' in intent) || outcome === undefined) return
    const key = String(intent.lead.value)
    const kept = people.get(key) ?? fresh()
    people.set(key, tookEffect(outcome) ? apply(kept, intent) : kept)
    if (!isSure(outcome)) for (const part of touched[intent._tag] ?? []) people.get(key)?.isOpen.add(part)
  })
  return people
}
