/**
 * The endpoints about what leads belong to.
 *
 * @module
 */
import { addToList, createList, findList, listMembership, removeFromList } from './lists.js'
import type { SimulatedEndpoint } from './options.js'
import type { Wire } from './request.js'
import type { Desk, Told } from './told.js'

type MemberEndpoint = Extract<
  SimulatedEndpoint,
  'addToList' | 'removeFromList' | 'listMembership' | 'findList' | 'createList'
>

/** What carries out each of them. @internal */
export const memberCalls: Readonly<Record<MemberEndpoint, (desk: Desk, wire: Wire) => Told>> = {
  addToList,
  removeFromList,
  listMembership,
  findList,
  createList
}
