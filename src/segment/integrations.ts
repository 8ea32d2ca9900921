/**
 * The gate: whether an event's own `integrations` switches a destination off.
 *
 *     style      our name is compared   off when
 *     lenient    without regard to case our name is false, or All is false and our name is not on
 *     exact      letter by letter       the same
 *     explicit   without regard to case our name is false
 *     facade     letter by letter       Segment's facade says so (it also looks into context, options and providers)
 *     off                               never
 *
 * On is whatever is neither false nor absent: null, 0 and text too, as in Segment's router. Of several names for one destination the
 * first that is there decides, and of several spellings of a name the exact one, else a false one: never the order of the keys.
 *
 * Sources: Segment "Filtering data"; analytics.js 2, ajs-destination; Segment facade, enabled.
 *
 * @module
 */
import { isRecord, ownMember, type UnknownRecord } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { excluded, type Problem } from '../ground/problem.js'
import type { SegmentEvent } from './event.js'
import { looseMember, type Member } from './key.js'
import { recordOf } from './record.js'

/**
 * How `integrations` is read; see the table above.
 *
 * @category reading
 * @since 0.1.0
 */
export type GateStyle = 'lenient' | 'exact' | 'explicit' | 'facade' | 'off'

const mendName = 'nothing to mend: the event switches this destination off by name'
const mendAll = 'nothing to mend: the event names its destinations, and this one is not among them'

const skipped = (at: Path, mend: string): Problem => excluded('skipped', at, 'integrations', mend)

const isSameText = (a: string, b: string): boolean => a.length === b.length && a.toLowerCase() === b.toLowerCase()

/** How well `key` spells one of the names: twice its position, one more when only the case is wrong; -1 when it spells none. */
const rankOf = (key: string, names: ReadonlyArray<string>, loose: boolean): number => {
  for (let i = 0; i < names.length; i += 1) {
    const name = names[i] ?? ''
    if (key === name) return 2 * i
    if (loose && isSameText(key, name)) return 2 * i + 1
  }
  return -1
}

const allNames = ['All'] as const

/** The value under the best spelling of a name; undefined when there is none. */
const switchOf = (integrations: UnknownRecord, names: ReadonlyArray<string>, loose: boolean): Member | undefined => {
  let best: Member | undefined
  let bestRank = Number.POSITIVE_INFINITY
  for (const key of Object.keys(integrations)) {
    const rank = rankOf(key, names, loose)
    if (rank < 0 || rank > bestRank) continue
    const value = integrations[key]
    if (value === undefined) continue
    if (rank === bestRank && (value !== false || (best?.value === false && best.key < key))) continue
    best = { key, value }
    bestRank = rank
  }
  return best
}

const readSwitches = (
  event: SegmentEvent,
  names: ReadonlyArray<string>,
  loose: boolean,
  heedAll: boolean
): Problem | undefined => {
  const integrations = event.integrations
  if (!isRecord(integrations)) return undefined
  const ours = switchOf(integrations, names, loose)
  if (ours !== undefined) return ours.value === false ? skipped(['integrations', ours.key], mendName) : undefined
  const all = heedAll ? switchOf(integrations, allNames, loose) : undefined
  return all?.value === false ? skipped(['integrations', all.key], mendAll) : undefined
}

const isSwitch = (member: Member | undefined): member is Member & { readonly value: boolean } =>
  typeof member?.value === 'boolean'

const own = Object.prototype.hasOwnProperty

/** Facade's own reading for one name. Its list of destinations that are off unless named holds one: Salesforce. */
const readFacade = (event: SegmentEvent, name: string): Problem | undefined => {
  const { integrations, options: sent, context } = event
  const options = isRecord(sent) ? sent : recordOf(context)
  const optionsAt: Path = [isRecord(sent) ? 'options' : 'context']
  const providers = looseMember(options, 'providers')?.value
  const hasIntegrations = integrations !== undefined && integrations !== null
  const hasProviders = isRecord(providers)
  const map = recordOf(hasIntegrations ? integrations : hasProviders ? providers : options)
  if (own.call(map, name)) {
    const mapAt: Path = hasIntegrations ? ['integrations'] : hasProviders ? [...optionsAt, 'providers'] : optionsAt
    return ownMember(map, name) === false ? skipped([...mapAt, name], mendName) : undefined
  }
  const ofProviders = looseMember(recordOf(providers), 'all')
  const ofOptions = looseMember(options, 'all')
  const ofIntegrations = looseMember(recordOf(integrations), 'all')
  if (isSwitch(ofProviders)) return ofProviders.value ? unlisted(name) : skipped([...optionsAt, 'providers'], mendAll)
  if (isSwitch(ofOptions)) return ofOptions.value ? unlisted(name) : skipped([...optionsAt, ofOptions.key], mendAll)
  if (isSwitch(ofIntegrations) && !ofIntegrations.value) return skipped(['integrations', ofIntegrations.key], mendAll)
  return unlisted(name)
}

const unlisted = (name: string): Problem | undefined =>
  name === 'Salesforce' ? skipped(['integrations', name], mendAll) : undefined

/**
 * Why an event must not go to the destination known by these names, or undefined when it may. In facade's style each of the names
 * must be on.
 *
 * @example
 * readGate({ type: 'page', integrations: { 'marketo v2': false } }, ['Marketo V2', 'Marketo'], 'lenient')?.at
 * // => ['integrations', 'marketo v2']
 * readGate({ type: 'page', integrations: { All: false } }, ['Marketo V2'], 'explicit') // => undefined
 * @category reading
 * @since 0.1.0
 */
export const readGate = (event: SegmentEvent, names: ReadonlyArray<string>, style: GateStyle): Problem | undefined => {
  switch (style) {
    case 'lenient':
      return readSwitches(event, names, true, true)
    case 'exact':
      return readSwitches(event, names, false, true)
    case 'explicit':
      return readSwitches(event, names, true, false)
    case 'facade':
      for (const name of names) {
        const problem = readFacade(event, name)
        if (problem !== undefined) return problem
      }
      return undefined
    case 'off':
      return undefined
  }
}
