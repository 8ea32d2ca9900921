/**
 * Settings made ready: what becomes of a trait by its name, looked up once and kept.
 *
 * Names come off the wire, so the table of those seen is bounded, in number and in length; what does not fit is worked out again.
 *
 * @module
 */
import { remembering } from '../ground/remembering.js'
import { isWellFormed } from '../ground/utf8.js'
import { isXmlText } from '../ground/xml-text.js'
import { findBySoap } from '../marketo/lead-fields.js'
import { type Coercion, coerce } from '../marketo/value-types.js'
import { standardPosition, standardTraitNames } from '../segment/standard-traits.js'
import { isBlank } from '../segment/white-space.js'
import { type EventPage, eventPage } from './event-url.js'
import { fieldFor, rightCasing } from './naming.js'
import type { Settings } from './settings.js'

/** Where a trait goes: the field's name, what its type takes, and Marketo's own spelling if ours differs from it in casing. */
export interface Target {
  readonly field: string
  /** Which standard trait the name spells, by its position, or -1. */
  readonly standard: number
  /** Why the name cannot be a field's, or undefined. */
  readonly unfit: string | undefined
  /** Undefined for a field that the table of standard fields does not know: any scalar passes. */
  readonly coerce: Coercion | undefined
  readonly casing: string | undefined
  /** Whether something else may have written the field before: if not, nobody has to look. */
  readonly contested: boolean
}

/** What names a side's fields. */
export interface Side {
  readonly inBrowser: boolean
  readonly target: (trait: string) => Target
  /** The targets of the standard traits under their own names, by position. */
  readonly standard: ReadonlyArray<Target>
  /** Whether names are split and address and company taken apart; else every trait goes by its own name. */
  readonly derives: boolean
  /** Whether a full name stays beside the names that it is split into. */
  readonly keepsName: boolean
  /** Whether a text can go where this side's fields go, and what it is when it cannot. */
  readonly holds: (text: string) => boolean
  /** Whether it holds whatever a type of Marketo's lets through. */
  readonly holdsTyped: boolean
  readonly unheld: string
  readonly userId: ReadonlyArray<Target>
  readonly anonymousId: Target | null
}

/** Settings made ready for both sides. */
export interface Compiled {
  readonly settings: Settings
  /** The address of a track event, by its name. */
  readonly eventPage: (event: string) => EventPage
  /** A property's name as a parameter writes it, or null when it cannot. */
  readonly parameterName: (name: string) => string | null
  readonly server: Side
  readonly browser: Side
}

const longest = 255

/** A name that no field has. `__proto__` would not even become a member. */
const unfitName = (field: string): string | undefined => {
  if (isBlank(field)) return 'a blank name'
  if (field === '__proto__') return 'a name that no field has'
  if (field.length > longest) return `a name of more than ${longest} characters`
  return isWellFormed(field) ? undefined : 'a name with half a surrogate pair'
}

const targetOf = (trait: string, field: string, contested = true, casing?: string): Target => {
  const known = findBySoap(field)
  return {
    field,
    standard: standardPosition(trait),
    unfit: unfitName(field),
    coerce: known === undefined || known.type === null ? undefined : coerce(known.type, known.length),
    casing,
    contested
  }
}

/** The server's field: only there does a casing differ because of a rule of ours. */
const serverTarget = (trait: string): Target => {
  const field = fieldFor(trait)
  return targetOf(trait, field, true, rightCasing(field))
}

/** A field that goes by one name. */
const named = (field: string): Target => targetOf(field, field)

/** The fields that rules write, whatever the trait is called. */
export const canonical = /* @__PURE__ */ (() => ({
  email: named('Email'),
  firstName: named('FirstName'),
  lastName: named('LastName'),
  company: named('Company'),
  phone: named('Phone'),
  address: named('Address'),
  city: named('City'),
  country: named('Country'),
  state: named('State'),
  postalCode: named('PostalCode')
}))()

/** The fields of the userId in the browser. */
const browserIds: ReadonlyArray<string> = ['userId', 'id']

/** The seven traits that Segment's own browser code renames. */
const renamed: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ['address', 'Address'],
  ['company', 'Company'],
  ['email', 'Email'],
  ['firstName', 'FirstName'],
  ['industry', 'Industry'],
  ['lastName', 'LastName'],
  ['phone', 'Phone']
])

/** The fields that a trait of another name, or the userId, may have written in the browser before the trait of that name comes. */
const claimed: ReadonlySet<string> = /* @__PURE__ */ (() => new Set([...renamed.values(), ...browserIds]))()

const browserNaming = ({ clientNaming }: Settings): ((trait: string) => string) => {
  if (clientNaming === 'none') return (trait) => trait
  return clientNaming === 'server'
    ? (trait) => renamed.get(trait) ?? fieldFor(trait)
    : (trait) => renamed.get(trait) ?? trait
}

/** The browser's target. Where traits keep their names, fields differ as the names do. */
const browserTarget = (settings: Settings): ((trait: string) => Target) => {
  const naming = browserNaming(settings)
  const areKept = settings.clientNaming !== 'server'
  return (trait) => {
    const field = naming(trait)
    return targetOf(trait, field, !areKept || claimed.has(field))
  }
}

/** Settings made ready. Called once per settings. */
export const compile = (settings: Settings): Compiled => {
  const inBrowser = remembering(browserTarget(settings))
  const onServer = remembering(serverTarget)
  return {
    settings,
    eventPage: remembering((event) => eventPage(settings.trackUrl, event)),
    parameterName: remembering((name) => (isWellFormed(name) ? encodeURIComponent(name) : null)),
    server: {
      inBrowser: false,
      target: onServer,
      standard: standardTraitNames.map(onServer),
      derives: true,
      keepsName: false,
      holds: isXmlText,
      holdsTyped: false,
      unheld: 'text that XML cannot hold',
      userId: [named(settings.userIdField)],
      anonymousId: named(settings.anonymousIdField)
    },
    browser: {
      inBrowser: true,
      target: inBrowser,
      standard: standardTraitNames.map(inBrowser),
      derives: settings.clientNaming !== 'none',
      keepsName: settings.clientNaming !== 'server',
      holds: isWellFormed,
      holdsTyped: true,
      unheld: 'text with half a surrogate pair',
      // Written first of all, each into a field of its own.
      userId: browserIds.map((field) => targetOf(field, field, false)),
      anonymousId: null
    }
  }
}
