/**
 * The v1 mappers: one event in, intents and problems out.
 *
 *               server                       browser
 *     identify  SyncLeadOverSoap (retired)   AssociateLeadInBrowser (retired)
 *     page      VisitPage                    VisitPageInBrowser
 *     track     VisitPage of /event/<name>   VisitPageInBrowser of /event/<name>
 *
 * Nothing of v2 is known here. screen, group, alias and delete have no counterpart in this contract.
 *
 * Source: Segment "Marketo Destination" (both editions).
 *
 * @module
 */
import { isRecord } from '../ground/json.js'
import { excluded, type Problem, risky } from '../ground/problem.js'
import type { StartInBrowser } from '../intent/intent.js'
import { type Findings, guarded, type Mapped, type Mapper, mapped } from '../intent/mapped.js'
import { readEvent, type SegmentEvent } from '../segment/event.js'
import { readGate } from '../segment/integrations.js'
import { mapPageInBrowser, mapTrackInBrowser } from './browser.js'
import { mapIdentifyExactly, mapPageExactly, mapTrackExactly } from './browser-exact.js'
import { type Compiled, compile } from './compile.js'
import { mapIdentify, mapIdentifyInBrowser, type Signing } from './identify.js'
import type { Settings } from './settings.js'
import { mapPage, mapTrack } from './visit.js'

const unserved: Problem = excluded(
  'skipped',
  ['type'],
  'call-type',
  'this contract takes identify, track and page calls only'
)

type Served = Extract<SegmentEvent, { readonly type: 'identify' | 'track' | 'page' }>

const isServed = (event: SegmentEvent): event is Served =>
  event.type === 'identify' || event.type === 'track' || event.type === 'page'

/** The event, when it is one that this contract takes and nothing keeps it back; otherwise the reasons are pushed. */
const admit = (settings: Settings, u: unknown, isExact: boolean, problems: Array<Problem>): Served | undefined => {
  const event = readEvent(u, problems)
  if (event === undefined) return undefined
  if (!isServed(event)) {
    problems.push(unserved)
    return undefined
  }
  // Segment's own code leaves the gate to the router in front of it.
  const kept = isExact ? undefined : readGate(event, settings.gateNames, settings.gateStyle)
  if (kept === undefined) return event
  problems.push(kept)
  return undefined
}

/**
 * The mapping that a server runs: identify as SOAP's syncLead, page and track as visits. Settings are made ready once; keep the mapper
 * and call it for every event. The SOAP API is gone: see `replaceRetired`.
 *
 * @example
 * const settings = decodeSettings({ munchkinId: '561-HYG-937' })
 * const map = mapper(settings._tag === 'Left' ? assert.fail() : settings.right)
 * map({ type: 'identify', userId: 'u1', traits: { email: 'ana@example.com', favoriteColor: 'Blue' } })
 * // => right([{
 * //   _tag: 'SyncLeadOverSoap',
 * //   munchkinId: '561-HYG-937',
 * //   lead: { lookupField: 'email', value: 'ana@example.com' },
 * //   email: 'ana@example.com',
 * //   attributes: { UserId: 'u1', FavoriteColor: 'Blue' },
 * //   cookie: null
 * // }])
 * @category mapping
 * @since 0.1.0
 */
export const mapper = (settings: Settings): Mapper => {
  const compiled = compile(settings)
  return guarded((u, findings) => {
    const event = admit(settings, u, false, findings.problems)
    if (event?.type === 'identify') mapIdentify(compiled, event, findings)
    else if (event?.type === 'track') mapTrack(compiled, event, findings)
    else if (event?.type === 'page') mapPage(compiled, event, findings)
  })
}

const mapDefaults = (compiled: Compiled, signing: Signing | undefined, u: unknown, findings: Findings): void => {
  const event = admit(compiled.settings, u, false, findings.problems)
  if (event?.type === 'identify') mapIdentifyInBrowser(compiled, signing, event, findings)
  else if (event?.type === 'track') mapTrackInBrowser(compiled, event, findings)
  else if (event?.type === 'page') mapPageInBrowser(compiled, event, findings)
}

/** Segment's code takes an event without a name; the door does not, so it is let in under another one. */
const named = (u: unknown): unknown => (isRecord(u) && u.event === '' ? { ...u, event: 'x' } : u)

const mapExactly = (compiled: Compiled, signing: Signing | undefined, u: unknown, findings: Findings): void => {
  const given = named(u)
  const event = admit(compiled.settings, given, true, findings.problems)
  if (event?.type === 'identify') mapIdentifyExactly(compiled, signing, event, findings)
  else if (event?.type === 'track') mapTrackExactly(compiled, event, given === u ? event.event : '', findings)
  else if (event?.type === 'page') mapPageExactly(compiled, event, findings)
}

/**
 * The mapping that a browser runs: identify as Munchkin's associateLead, page and track as visits. Without `signing` each identify asks
 * your signer for its signature, so that the private key never enters a page.
 *
 * @category mapping
 * @since 0.1.0
 */
export const browserMapper = (settings: Settings, signing?: Signing): Mapper => {
  const compiled = compile(settings)
  const map = settings.browserProfile === 'exact' ? mapExactly : mapDefaults
  return guarded((u, findings) => map(compiled, signing, u, findings))
}

/** Munchkin's options: asynchronous, and no visit of its own unless it stands in for the first page call. */
const startOptions = ({ browserProfile, firstPage, munchkinOptions }: Settings): StartInBrowser['options'] => {
  if (browserProfile === 'exact') return { asyncOnly: true }
  return { asyncOnly: true, ...(firstPage === 'mapped' ? { apiOnly: true } : {}), ...munchkinOptions }
}

const mendKey =
  'a key in a page is everybody’s: leave it with a signer, and give its place as signerOrigin and projectId'

/**
 * What a browser has to start before the first event: Munchkin with its options.
 *
 * @category mapping
 * @since 0.1.0
 */
export const browserStart = (settings: Settings, signing?: Signing): Mapped =>
  mapped({
    intents: [{ _tag: 'StartInBrowser', munchkinId: settings.munchkinId, options: startOptions(settings), form: null }],
    problems: signing?.runsIn === 'browser' ? [risky(['settings', 'privateKey'], 'key-in-browser', mendKey)] : []
  })
