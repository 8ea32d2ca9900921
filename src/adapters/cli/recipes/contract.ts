/**
 * Rules in the place of a contract: what maps, and what a simulated Marketo needs for it.
 *
 * @module
 */
import { decodeRecipes, type Recipes } from '../../../recipes/decode.js'
import type { Contract } from '../contract.js'
import { furnitureOfRecipes } from './furniture.js'
import { recipeTargets } from './targets.js'

const nothing = {
  _tag: 'Left',
  left: [{ _tag: 'Missing', weight: 'skipped', at: [], mend: 'rules run on a server' }]
} as const

/** Rules; each mapper has a memory of its own. */
export const rules: Contract<Recipes> = {
  name: 'v2',
  decode: decodeRecipes,
  mapper: (settings) => {
    const [target] = recipeTargets([{ name: '', settings, remarks: [] }], false)
    return target === undefined ? () => nothing : target.map
  },
  browserMapper: () => () => nothing,
  browserStart: () => nothing,
  blockers: () => [],
  furniture: furnitureOfRecipes
}
