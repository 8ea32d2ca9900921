/**
 * What is told of static lists: which has a name, which was made, and which a lead is on.
 *
 *     looked for    one          its number is kept
 *                   none         kept as one to be made, where somebody says where; the others have ended
 *                   several      nobody knows which is meant
 *     made          its number   kept
 *                   in doubt     looked for again, never made again at once
 *     of a lead     a page       more pages, then off one list after the other
 *
 * @module
 */
import type { ListOutcome } from '../endpoints/list-assets.js'
import type { ListsOfLeadOutcome } from '../endpoints/lists-of-lead.js'
import type { Reason, Refused, Verdict } from '../intent/outcome.js'
import type { Lost } from '../pace/call-end.js'
import { change, type Draft, finish } from './draft.js'
import { searchedAgain } from './gone.js'
import { decide, taken } from './refusal.js'
import type { Pending, Progress } from './state.js'
import { recordsOf } from './take-writes.js'

const none: Reason = {
  code: '',
  message: 'no static list has this name, and it is not said where to make one'
}
const several: Reason = { code: '', message: 'several static lists have this name: name the list by its number' }

/** Names that are kept in mind: those of a stream may be many. */
const mostNames = 1_000

const keepList = (draft: Draft, name: string, listId: number | null): void => {
  const { instance } = draft
  const others = Object.entries(instance.lists).filter(([other]) => other !== name)
  const lists = Object.fromEntries([...others.slice(1 - mostNames), [name, listId] as const])
  draft.instance = { ...instance, lists }
}

/** Forgets which list has a name. @internal */
export const forgetList = (draft: Draft, name: string): void => {
  const { instance } = draft
  draft.instance = {
    ...instance,
    lists: Object.fromEntries(Object.entries(instance.lists).filter(([other]) => other !== name))
  }
}

const namedIn = ({ intent }: Pending): { readonly name: string; readonly makes: boolean } | undefined =>
  'list' in intent && 'name' in intent.list
    ? { name: intent.list.name, makes: intent.list.createIn !== null }
    : undefined

/** Whoever waits shares calls again. */
const setFree = (draft: Draft, items: ReadonlyArray<Pending>): void => change(draft, items, { piece: 0, family: 0 })

const skip = (draft: Draft, items: ReadonlyArray<Pending>, reason: Reason): void =>
  finish(draft, items, { _tag: 'Skipped', reasons: [reason], remedy: 'mend-record' })

const takeFound = (draft: Draft, items: ReadonlyArray<Pending>, listIds: ReadonlyArray<number>): void => {
  const [first] = items
  const name = first === undefined ? undefined : namedIn(first)?.name
  if (name === undefined) return
  const [listId, other] = listIds
  setFree(draft, items)
  if (other !== undefined) return skip(draft, items, several)
  if (listId !== undefined) return keepList(draft, name, listId)
  const makers = items.filter((item) => namedIn(item)?.makes === true)
  if (makers.length > 0) keepList(draft, name, null)
  skip(
    draft,
    items.filter((item) => namedIn(item)?.makes !== true),
    none
  )
}

const outcomeIn = (told: Verdict<ListOutcome> | Lost): ReadonlyArray<number> | undefined => {
  // Marketo may say in so many words that it found none.
  if (told._tag === 'Refused') return told.remedy === 'accept' ? [] : undefined
  if (told._tag === 'Lost') return undefined
  const [outcome] = told.outcomes
  return outcome?._tag === 'ListsFound' ? outcome.listIds : undefined
}

/** How a call ended; one that was accepted and says nothing that we can read tells as much as none. */
const endOf = (told: Verdict<ListOutcome> | Lost): Refused | Lost =>
  told._tag === 'Accepted' ? { _tag: 'Lost' } : told

/** Takes which lists have a name. @internal */
export const takeFoundList = (draft: Draft, told: Verdict<ListOutcome> | Lost): void => {
  const records = recordsOf(draft)
  const listIds = outcomeIn(told)
  if (listIds === undefined) decide(draft, records, endOf(told), true)
  else takeFound(draft, records.flat(), listIds)
}

/** A list of that name is in the folder already: somebody made it meanwhile. */
const isTaken = '709'

/** Takes the list that was made, if it was: otherwise it is looked for again before it is made again. @internal */
export const takeMadeList = (draft: Draft, told: Verdict<ListOutcome> | Lost): void => {
  const records = recordsOf(draft)
  const items = records.flat()
  const [first] = items
  const name = first === undefined ? undefined : namedIn(first)?.name
  if (first === undefined || name === undefined) return
  const [listId] = outcomeIn(told) ?? []
  if (listId !== undefined) {
    keepList(draft, name, listId)
    return setFree(draft, items)
  }
  forgetList(draft, name)
  const isThere = told._tag === 'Refused' && told.reasons.some(({ code }) => code === isTaken)
  if (isThere && first.tried['mend-record'] === undefined)
    for (const item of items) change(draft, [item], { tried: { ...item.tried, 'mend-record': 1 } })
  else decide(draft, records, endOf(told), true)
}

/** Pages of one lead's lists that are asked for: thirty thousand lists. */
const mostPages = 100

const withoutEnd: Reason = { code: '', message: 'the lists of this lead come to no end' }

const takePage = (draft: Draft, item: Pending, listIds: ReadonlyArray<number>, nextPageToken: string | null): void => {
  const { intent, progress } = item
  if (intent._tag !== 'LeaveLists') return
  const before = progress?._tag === 'Lists' ? progress : nothingLeft
  const stays = new Set(intent.except)
  const leaving = new Set([...before.listIds, ...listIds.filter((id) => !stays.has(id))])
  const pages = before.pages + 1
  taken(draft, [item])
  if (nextPageToken !== null && pages >= mostPages)
    return finish(draft, [item], { _tag: 'Unknown', reasons: [withoutEnd] })
  const leadId = Number(draft.flight.call.descriptor.path[3])
  if (nextPageToken === null && leaving.size === 0)
    return finish(draft, [item], { _tag: 'Applied', leadId, status: 'unchanged', remarks: [] })
  // In the order of their numbers, so that leads that leave the same lists share calls.
  const after = [...leaving].sort((a, b) => a - b)
  change(draft, [item], { progress: { ...before, listIds: after, nextPageToken, pages }, tried: {} })
}

const nothingLeft: Extract<Progress, { readonly _tag: 'Lists' }> = {
  _tag: 'Lists',
  listIds: [],
  nextPageToken: null,
  pages: 0,
  failed: []
}

/** Takes a page of the lists that a lead is on. @internal */
export const takeListsOfLead = (draft: Draft, told: Verdict<ListsOfLeadOutcome> | Lost): void => {
  const records = recordsOf(draft)
  const [item] = records.flat()
  if (item === undefined) return
  if (told._tag === 'Accepted') {
    const [outcome] = told.outcomes
    return outcome?._tag === 'ListsOfLead'
      ? takePage(draft, item, outcome.listIds, outcome.nextPageToken)
      : decide(draft, records, { _tag: 'Lost' }, true)
  }
  if (told._tag === 'Refused' && searchedAgain(draft, records, told.reasons)) return
  if (told._tag === 'Refused' && told.reasons.some(({ code }) => code === '1004'))
    return finish(draft, [item], { _tag: 'Skipped', reasons: told.reasons, remedy: 'accept' })
  decide(draft, records, told, true)
}
