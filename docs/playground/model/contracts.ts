/**
 * Settings made ready: what maps an event and on which side, what explains it, and what delivers it.
 *
 *     contract, text ──▶ Ready    mapAll, explain, start, furniture
 *                   └──▶ Unready  why
 *
 * v2 says itself who sends: in cloud mode the server; in device mode the page; in hybrid mode the page identify and page calls, the server
 * the rest. v1 leaves it open, so somebody chooses.
 *
 * @module
 */
import { type Contract, type Serving, v1, v1Replaced, v2 } from '../../../src/adapters/cli/contract.js'
import type { Furniture } from '../../../src/adapters/cli/deliver/simulated-instance.js'
import { problemsOf } from '../../../src/adapters/cli/map/result.js'
import { rules } from '../../../src/adapters/cli/recipes/contract.js'
import type { Side } from '../../../src/adapters/cli/request.js'
import { namesOf, type SettingRow } from '../../../src/contract/setting-rows.js'
import { explainV2 } from '../../../src/explain/explain-v2.js'
import type { Explanation } from '../../../src/explain/explanation.js'
import { isRecord } from '../../../src/ground/json.js'
import type { Problem } from '../../../src/ground/problem.js'
import type { Mapped, Mapper } from '../../../src/intent/mapped.js'
import type { MunchkinId } from '../../../src/marketo/munchkin-id.js'
import { recipesJsonSchema } from '../../../src/recipes/decode.js'
import { settingRows as v1Rows } from '../../../src/v1/setting-names.js'
import { mapper as v2Mapper } from '../../../src/v2/mapper.js'
import { knownUnread, settingRows as v2Rows } from '../../../src/v2/setting-names.js'
import type { Mode, Settings } from '../../../src/v2/settings.js'
import { type JsonNode, readJsonText, valueIn } from './json-text.js'
import { type Note, noteOf, noteOfFault } from './notes.js'

/** What settings can be for. */
export type ContractName = 'v2' | 'v1' | 'recipes'

/** Settings that can be used. A mapper may have a memory, so each run begins with a new one. */
export interface Ready {
  readonly _tag: 'Ready'
  readonly contract: ContractName
  readonly munchkinId: MunchkinId
  readonly notes: ReadonlyArray<Note>
  readonly sideOf: (event: unknown) => Side
  readonly startMapping: () => Mapper
  /** What a page starts before any event, null where nothing runs in a page. */
  readonly start: Mapped | null
  readonly explain: ((event: unknown) => Explanation) | null
  readonly startDelivering: () => Mapper
  readonly furniture: Furniture
}

/** Settings that cannot be used, with the reasons as notes on their text. */
export interface Unready {
  readonly _tag: 'Unready'
  readonly notes: ReadonlyArray<Note>
}

/** Settings, one way or the other. */
export type Prepared = Ready | Unready

const pageCalls: ReadonlyArray<unknown> = ['identify', 'page']

/** Who takes a call in a mode of v2. */
const sideIn =
  (mode: Mode) =>
  (event: unknown): Side => {
    if (mode === 'cloud') return 'server'
    const isPageCall = pageCalls.includes(isRecord(event) ? event.type : undefined)
    return mode === 'device' || isPageCall ? 'browser' : 'server'
  }

/** A mapper that hands each event to the side that takes it. */
const bySide = (sideOf: (event: unknown) => Side, server: Mapper, browser: Mapper): Mapper => {
  return (event) => (sideOf(event) === 'server' ? server : browser)(event)
}

type Made = Omit<Ready, '_tag' | 'contract' | 'munchkinId' | 'notes'>

const madeOfV2 = (settings: Settings): Made => {
  const sideOf = sideIn(settings.mode)
  const onServer = explainV2(settings, 'server')
  const inPage = explainV2(settings, 'browser')
  const map = bySide(sideOf, v2Mapper(settings), v2.browserMapper(settings))
  return {
    sideOf,
    startMapping: () => map,
    start: settings.mode === 'cloud' ? null : v2.browserStart(settings),
    explain: (event) => (sideOf(event) === 'server' ? onServer : inPage)(event),
    startDelivering: () => map,
    furniture: v2.furniture(settings)
  }
}

/** On one side, whatever the event; delivered over the routes of today. */
const madeOnSide =
  <S extends Serving>(contract: Contract<S>, delivered: Contract<S>, side: Side) =>
  (settings: S): Made => ({
    sideOf: () => side,
    startMapping: () => (side === 'server' ? contract.mapper : contract.browserMapper)(settings),
    start: side === 'server' ? null : contract.browserStart(settings),
    explain: null,
    startDelivering: () => delivered.mapper(settings),
    furniture: contract.furniture(settings)
  })

const unready = (notes: ReadonlyArray<Note>): Unready => ({ _tag: 'Unready', notes })

const notesOn = (node: JsonNode, problems: ReadonlyArray<Problem>): ReadonlyArray<Note> =>
  problems.map((problem) => noteOf(node, problem))

const ready = <S extends Serving>(
  name: ContractName,
  { decode }: Contract<S>,
  make: (settings: S) => Made,
  text: string,
  node: JsonNode
): Prepared => {
  const decoded = decode(valueIn(text, node))
  if (decoded._tag === 'Left') return unready(notesOn(node, decoded.left))
  const made = make(decoded.right)
  const remarks = decoded._tag === 'Both' ? decoded.left : []
  const notes = notesOn(node, [...remarks, ...(made.start === null ? [] : problemsOf(made.start))])
  return { _tag: 'Ready', contract: name, munchkinId: decoded.right.munchkinId, notes, ...made }
}

const mendEmpty = 'give the settings as one JSON object'

/** The one value of a settings text, or what is wrong with the text. */
const rootOf = (text: string): JsonNode | Unready => {
  const { nodes, faults } = readJsonText(text)
  const [root, more] = nodes
  if (faults.length > 0) return unready(faults.map(noteOfFault))
  if (root === undefined) return unready([noteOfFault({ at: 0, why: mendEmpty })])
  return more === undefined ? root : unready([noteOfFault({ at: more.start, why: mendEmpty })])
}

/** Settings of a contract out of their text; `side` counts where the contract leaves it open. */
export const prepare = (contract: ContractName, text: string, side: Side): Prepared => {
  const root = rootOf(text)
  if ('_tag' in root) return root
  switch (contract) {
    case 'v2':
      return ready('v2', v2, madeOfV2, text, root)
    case 'v1':
      return ready('v1', v1, madeOnSide(v1, v1Replaced, side), text, root)
    case 'recipes':
      return ready('recipes', rules, madeOnSide(rules, rules, 'server'), text, root)
  }
}

const rowNames = (rows: Readonly<Record<string, SettingRow>>): ReadonlyArray<string> =>
  Object.entries(rows).flatMap(([name, row]) => namesOf(name, row))

const recipeNames = (): ReadonlyArray<string> => {
  const { properties } = recipesJsonSchema()
  return isRecord(properties) ? Object.keys(properties) : []
}

const known: Readonly<Record<ContractName, ReadonlyArray<string>>> = {
  v2: [...rowNames(v2Rows), ...knownUnread],
  v1: rowNames(v1Rows),
  recipes: recipeNames()
}

/** The names of settings that a contract knows. */
export const knownSettings = (contract: ContractName): ReadonlyArray<string> => known[contract]

/** Whether somebody chooses the side, because the contract leaves it open. */
export const asksForSide = (contract: ContractName): boolean => contract === 'v1'
