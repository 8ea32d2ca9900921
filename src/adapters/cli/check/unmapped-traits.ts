/**
 * Which traits of an identify call no row reads, and which rows a call feeds.
 *
 * Standard traits are read in any spelling, custom rows by their exact names; of an address only some parts have fields.
 *
 * @module
 */
import { isRecord, type UnknownRecord } from '../../../ground/json.js'
import { matchKeys } from '../../../segment/key.js'
import { standardTraitNames } from '../../../segment/standard-traits.js'
import type { Settings } from '../../../v2/settings.js'

/** Looks at the traits of one call: `unmapped` is called with each name that no row reads, `fed` with each custom row's that is there. */
export type TraitWatch = (traits: UnknownRecord, unmapped: (name: string) => void, fed: (name: string) => void) => void

/** A watch for these settings. */
export const watchTraits = ({ traits: rows, postalCode, pathLookup }: Settings): TraitWatch => {
  const standard = matchKeys(standardTraitNames)
  const addressParts = matchKeys(['city', 'country', 'state', ...postalCode])
  const custom = new Set(rows.map(({ trait }) => trait))
  const paths = pathLookup ? rows.map(({ trait }) => trait).filter((trait) => trait.includes('.')) : []
  const pathsIn = (key: string): ReadonlyArray<string> => paths.filter((path) => path.startsWith(`${key}.`))
  return (traits, unmapped, fed) => {
    for (const key of Object.keys(traits)) {
      const value = traits[key]
      for (const path of pathsIn(key)) fed(path)
      if (custom.has(key)) fed(key)
      else if (standard(key) < 0 && pathsIn(key).length === 0) unmapped(key)
      else if (isRecord(value)) {
        const isAddress = standardTraitNames[standard(key)] === 'address'
        if (isAddress) for (const part of Object.keys(value)) if (addressParts(part) < 0) unmapped(`${key}.${part}`)
      }
    }
  }
}
