/**
 * Names for things that are yet to be made in Marketo, out of names that Segment sends.
 *
 *     'order_id'          → orderId            an API name: letters and digits
 *     'Order: completed'  → Order completed    a name to show: letters, digits, spaces, `_`
 *     'plan-name'         → Plan_name          a lead field: a letter, then letters, digits, `_`
 *
 * Sources: Adobe "Custom Activities" (API names, display names), "Lead Fields" (names of fields).
 *
 * @module
 */
import { isNewActivityApiName, isNewActivityName } from '../marketo/activity-types.js'

const longest = 255
const fieldName = /^[A-Za-z][A-Za-z0-9_]{0,254}$/

/** Whether a new lead field may have this name. */
export const isNewFieldName = (name: string): boolean => fieldName.test(name)

/** The name as a lead field may have it: what it may not hold becomes `_`, and a letter stands first. */
export const fieldNameFrom = (name: string): string => {
  const legal = name.replace(/[^A-Za-z0-9_]+/g, '_')
  return (/^[A-Za-z]/.test(legal) ? legal : `Field_${legal}`).slice(0, longest)
}

const small = (word: string): string =>
  word === word.toUpperCase() ? word.toLowerCase() : word.slice(0, 1).toLowerCase() + word.slice(1)

const large = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1)

/** The name as an API name: its words joined, the first one small; `fallback` in front where no letter is left. */
export const apiNameFrom = (name: string, fallback: string): string => {
  const words = name.split(/[^A-Za-z0-9]/).filter((word) => word !== '')
  const joined = words.map((word, i) => (i === 0 ? small(word) : large(word))).join('')
  const named = joined.slice(0, longest)
  return isNewActivityApiName(named) ? named : `${fallback}${joined}`.slice(0, longest)
}

/** The name as Marketo can show it; `fallback` in front where no letter is left. */
export const displayNameFrom = (name: string, fallback: string): string => {
  const legal = name
    .replace(/[^A-Za-z0-9_ ]/g, ' ')
    .replace(/ +/g, ' ')
    .trim()
    .slice(0, longest)
    .trim()
  return isNewActivityName(legal) ? legal : `${fallback} ${legal}`.trim().slice(0, longest)
}

/** The name, or the name with the first number behind it that makes it one that is not taken; case does not tell names apart. */
export const untaken = (name: string, taken: Set<string>, between = ''): string => {
  let made = name
  for (let i = 2; taken.has(made.toLowerCase()); i += 1) {
    const ending = `${between}${i}`
    made = name.slice(0, longest - ending.length) + ending
  }
  taken.add(made.toLowerCase())
  return made
}
