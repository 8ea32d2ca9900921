/**
 * The two contracts as the commands use them: how settings are read, and what maps by them.
 *
 *     file ──decode──▶ settings ──mapper, browserMapper──▶ events to intents
 *                              └─browserStart───────────▶ what a page starts before any event
 *
 * @module
 */
import { malformed, type Problem } from '../../ground/problem.js'
import type { Remarked } from '../../ground/these.js'
import type { Mapped, Mapper } from '../../intent/mapped.js'
import type { MunchkinId } from '../../marketo/munchkin-id.js'
import { decodeSettings as decodeV1Settings } from '../../v1/decode-settings.js'
import {
  browserMapper as v1BrowserMapper,
  browserStart as v1BrowserStart,
  mapper as v1Mapper
} from '../../v1/mapper.js'
import { replacingRetired } from '../../v1/replace-retired.js'
import type { Settings as V1Settings } from '../../v1/settings.js'
import { decodeSettings } from '../../v2/decode-settings.js'
import { browserMapper, browserStart, mapper } from '../../v2/mapper.js'
import type { Settings } from '../../v2/settings.js'
import { type Furniture, furnitureOfV1, furnitureOfV2 } from './deliver/simulated-instance.js'
import type { ContractName } from './request.js'

/** What settings of both contracts have. */
export interface Serving {
  readonly munchkinId: MunchkinId
}

/** A contract whose settings are `S`. */
export interface Contract<S extends Serving> {
  readonly name: ContractName
  readonly decode: (u: unknown) => Remarked<S>
  readonly mapper: (settings: S) => Mapper
  readonly browserMapper: (settings: S) => Mapper
  readonly browserStart: (settings: S) => Mapped
  /** Why nothing at all can run in a browser with these settings. */
  readonly blockers: (settings: S) => ReadonlyArray<Problem>
  /** What a simulated Marketo must have for these settings. */
  readonly furniture: (settings: S) => Furniture
}

const cloudMode = malformed(
  'invalid',
  ['mode'],
  'cloud',
  'the server sends everything in this mode: say device or hybrid'
)

const startProblems = (start: Mapped): ReadonlyArray<Problem> => (start._tag === 'Right' ? [] : start.left)

/** Marketo v2. */
export const v2: Contract<Settings> = {
  name: 'v2',
  decode: decodeSettings,
  mapper,
  browserMapper,
  browserStart,
  blockers: (settings) => (settings.mode === 'cloud' ? [cloudMode] : startProblems(browserStart(settings))),
  furniture: furnitureOfV2
}

/** Marketo v1, over the routes that it was written for. Keys are no business of ours: a browser asks its signer. */
export const v1: Contract<V1Settings> = {
  name: 'v1',
  decode: decodeV1Settings,
  mapper: v1Mapper,
  browserMapper: (settings) => v1BrowserMapper(settings),
  browserStart: (settings) => v1BrowserStart(settings),
  blockers: () => [],
  furniture: furnitureOfV1
}

const replacing = replacingRetired({})

/** The signature falls away with its route, so nobody need be asked for one, and any key will do. */
const anyKey = { privateKey: '-', runsIn: 'server' } as const

/** Marketo v1 over the routes of today. */
export const v1Replaced: Contract<V1Settings> = {
  ...v1,
  mapper: (settings) => replacing(v1.mapper(settings)),
  browserMapper: (settings) => replacing(v1BrowserMapper(settings, anyKey))
}
