/**
 * What one identify call says of v1's naming: traits that meet in one field, and fields that Marketo must have.
 *
 * @module
 */
import { findBySoap } from '../../../marketo/lead-fields.js'
import type { IdentifyEvent } from '../../../segment/event.js'
import { isSaid } from '../../../segment/found.js'
import { matchKeys } from '../../../segment/key.js'
import { recordOf } from '../../../segment/record.js'
import { isBlank } from '../../../segment/white-space.js'
import { collisionsOf, fieldFor, rightCasing } from '../../../v1/naming.js'
import { countName, type Names, newNames } from './names.js'

/** Traits by name, counted. */
export interface NamingWatch {
  /** Those that lost their field to another trait of the same call. */
  readonly collisions: Names
  /** Those whose field is a standard one but for its casing. */
  readonly casings: Names
  /** Those whose field is no standard one. */
  readonly customs: Names
}

/** No trait seen yet. */
export const newNamingWatch = (): NamingWatch => ({ collisions: newNames(), casings: newNames(), customs: newNames() })

/** The traits that a rule takes apart or writes by a name of its own, whatever they are named after. */
const ruled = /* @__PURE__ */ matchKeys([
  'email',
  'name',
  'firstName',
  'lastName',
  'phone',
  'phones',
  'company',
  'address'
])

/** Whether a trait goes to a field by its name alone; of a list or an object nothing goes. */
const isByName = (trait: string, value: unknown): boolean =>
  ruled(trait) < 0 && typeof value !== 'object' && !isBlank(fieldFor(trait))

/** Notes the traits of a call. What says nothing takes no field. */
export const noteNaming = (watch: NamingWatch, event: IdentifyEvent): void => {
  const traits = recordOf(event.traits)
  const names = Object.keys(traits).filter((name) => isSaid(traits[name]))
  for (const { at } of collisionsOf(names)) {
    const [i] = at
    const loser = typeof i === 'number' ? names[i] : undefined
    if (loser !== undefined) countName(watch.collisions, loser)
  }
  for (const name of names) {
    if (!isByName(name, traits[name])) continue
    const field = fieldFor(name)
    if (rightCasing(field) !== undefined) countName(watch.casings, name)
    else if (findBySoap(field) === undefined) countName(watch.customs, name)
  }
}
