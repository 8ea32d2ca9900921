/**
 * The v2 mappers: one event in, intents and problems out.
 *
 *               cloud            device                 hybrid
 *     server    all calls        —                      track, group
 *     browser   —                identify, page         identify, page
 *
 * screen, alias and delete have no counterpart in this contract; each is skipped, and says what to do instead.
 *
 * Source: Segment "Marketo v2 Destination".
 *
 * @module
 */
import { excluded, type Problem } from '../ground/problem.js'
import { type Findings, guarded, type Mapped, type Mapper, mapped } from '../intent/mapped.js'
import type { Trace } from '../intent/trace.js'
import { type EventType, readEvent, type SegmentEvent } from '../segment/event.js'
import { readGate } from '../segment/integrations.js'
import { formProblems, mapIdentifyInBrowser, mapPageInBrowser, mapStart, soapNames } from './browser.js'
import { exactNames, mapIdentifyExactly, mapPageExactly } from './browser-exact.js'
import { type Compiled, compile, restNames } from './compile.js'
import { mapGroup } from './group.js'
import { mapIdentify } from './identify.js'
import { mapPage } from './page.js'
import type { Mode, Settings } from './settings.js'
import { mapTrack } from './track.js'

const type = ['type'] as const

const unserved: Readonly<Record<'screen' | 'alias' | 'delete', Problem>> = {
  screen: excluded(
    'skipped',
    type,
    'call-type',
    'a screen has no address that Marketo could visit: send a mapped track call'
  ),
  alias: excluded(
    'skipped',
    type,
    'call-type',
    'send an identify with the new userId: the email, or the ids on it, address the same lead'
  ),
  delete: excluded(
    'skipped',
    type,
    'call-type',
    'this contract deletes no leads: delete them in Marketo, or with a recipe'
  )
}

const byBrowser = excluded('skipped', type, 'mode', 'the browser sends identify and page calls in this mode')
const byServer = excluded('skipped', type, 'mode', 'the server sends this call in this mode')
const byNobody = excluded(
  'skipped',
  type,
  'mode',
  'device mode takes identify and page only: use hybrid mode to send track calls from the server'
)

/** Why the server leaves a call to the other side, or undefined when it takes it. */
const leftByServer = (mode: Mode, call: EventType): Problem | undefined => {
  if (mode === 'cloud') return undefined
  if (call === 'identify' || call === 'page') return byBrowser
  return mode === 'device' ? byNobody : undefined
}

const leftByBrowser = (mode: Mode, call: EventType): Problem | undefined => {
  if (mode === 'cloud') return byServer
  if (call === 'identify' || call === 'page') return undefined
  return mode === 'device' ? byNobody : byServer
}

/** The event, when it is one and nothing keeps it back; otherwise the reasons are pushed. */
const admit = (
  compiled: Compiled,
  u: unknown,
  left: (mode: Mode, call: EventType) => Problem | undefined,
  problems: Array<Problem>
): SegmentEvent | undefined => {
  const event = readEvent(u, problems)
  if (event === undefined) return undefined
  const { gateNames, gateStyle, mode, browserProfile } = compiled.settings
  const { type } = event
  const kept =
    type === 'screen' || type === 'alias' || type === 'delete'
      ? unserved[type]
      : (left(mode, type) ??
        (browserProfile === 'exact' && mode !== 'cloud' && type !== 'track' && type !== 'group'
          ? readGate(event, ['Marketo'], 'facade')
          : readGate(event, gateNames, gateStyle)))
  if (kept === undefined) return event
  problems.push(kept)
  return undefined
}

/** The server's side of the mapping, with a trace for whoever asks. */
export const mapOnServer = (compiled: Compiled, u: unknown, findings: Findings, trace: Trace | null): void => {
  const event = admit(compiled, u, leftByServer, findings.problems)
  switch (event?.type) {
    case 'identify':
      return mapIdentify(compiled, event, findings, trace)
    case 'track':
      return mapTrack(compiled, event, findings, trace)
    case 'page':
      return mapPage(compiled, event, findings, trace)
    case 'group':
      return mapGroup(compiled, event, findings, trace)
    default:
      return
  }
}

/** The browser's side of the mapping, with a trace for whoever asks. */
export const mapInBrowser = (compiled: Compiled, u: unknown, findings: Findings, trace: Trace | null): void => {
  const event = admit(compiled, u, leftByBrowser, findings.problems)
  if (event === undefined) return
  const blockers = formProblems(compiled.settings)
  if (blockers.length > 0) {
    findings.problems.push(...blockers)
    return
  }
  const isExact = compiled.settings.browserProfile === 'exact'
  if (event.type === 'identify') {
    if (isExact) mapIdentifyExactly(compiled, event, findings, trace)
    else mapIdentifyInBrowser(compiled, event, findings, trace)
  } else if (event.type === 'page') {
    if (isExact) mapPageExactly(compiled, event, findings, trace)
    else mapPageInBrowser(compiled, event, findings, trace)
  }
}

/** Settings made ready for the server. */
export const compileForServer = (settings: Settings): Compiled => compile(settings, restNames)

/** Settings made ready for the browser. */
export const compileForBrowser = (settings: Settings): Compiled =>
  compile(settings, settings.browserProfile === 'exact' ? exactNames : soapNames)

/**
 * The mapping that a server runs: identify, track, page and group calls as intents for Marketo's REST API and its visit beacon. Settings
 * are made ready once; keep the mapper and call it for every event.
 *
 * @example
 * const settings = decodeSettings({ munchkinId: '561-HYG-937' })
 * const map = mapper(settings._tag === 'Left' ? assert.fail() : settings.right)
 * map({ type: 'identify', userId: 'u1', traits: { email: 'ana@example.com' } })._tag // => 'Right'
 * @category mapping
 * @since 0.1.0
 */
export const mapper = (settings: Settings): Mapper => {
  const compiled = compileForServer(settings)
  return guarded((event, findings) => mapOnServer(compiled, event, findings, null))
}

/**
 * The mapping that a browser runs in device or hybrid mode: identify as a hidden form, page as a Munchkin visit.
 *
 * @category mapping
 * @since 0.1.0
 */
export const browserMapper = (settings: Settings): Mapper => {
  const compiled = compileForBrowser(settings)
  return guarded((event, findings) => mapInBrowser(compiled, event, findings, null))
}

/**
 * What a browser has to start before the first event: Munchkin with its options, and the hidden form.
 *
 * @category mapping
 * @since 0.1.0
 */
export const browserStart = (settings: Settings): Mapped => {
  const findings: Findings = { intents: [], problems: [] }
  mapStart(settings, findings)
  return mapped(findings)
}
