/**
 * Who is who in a batch: intents whose keys belong together are one person's.
 *
 *     lead email=a               ┐
 *     lead userId=u1             ├ one person: an upsert writes both
 *     upsert { email a, userId u1 } ┘
 *
 * @module
 */
import { type Intent, isKeyedIntent, type KeyedIntent } from '../intent/intent.js'
import { keyText } from '../intent/lead-key.js'

/** The name of the person of the intent at a position; undefined where it is about none. @internal */
export type People = (position: number) => string | undefined

const textsOf = (intent: KeyedIntent, idFields: ReadonlyArray<string>): ReadonlyArray<string> => {
  const texts = [keyText(intent.lead)]
  if (intent._tag === 'UpsertLead')
    for (const [lookupField, value] of Object.entries(intent.fields))
      if (idFields.includes(lookupField) && (typeof value === 'number' || (typeof value === 'string' && value !== '')))
        texts.push(keyText({ lookupField, value }))
  return texts.map((text) => `${intent.munchkinId} ${text}`)
}

/** The name that stands for a key; ways that were walked are made short. */
const rootOf = (parents: Map<string, string>, key: string): string => {
  let root = key
  for (let up = parents.get(root); up !== undefined; up = parents.get(root)) root = up
  let at = key
  for (let up = parents.get(at); up !== undefined && up !== root; up = parents.get(at)) {
    parents.set(at, root)
    at = up
  }
  return root
}

/** The people of a batch. @internal */
export const peopleIn = (intents: ReadonlyArray<Intent>, idFields: ReadonlyArray<string>): People => {
  const parents = new Map<string, string>()
  const keys = intents.map((intent) => {
    if (!isKeyedIntent(intent)) return undefined
    const [own = '', ...others] = textsOf(intent, idFields)
    for (const other of others) {
      const [a, b] = [rootOf(parents, own), rootOf(parents, other)]
      if (a !== b) parents.set(b, a)
    }
    return own
  })
  return (position) => {
    const key = keys[position]
    return key === undefined ? undefined : rootOf(parents, key)
  }
}
