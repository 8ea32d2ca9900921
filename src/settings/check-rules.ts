/**
 * A rule file, held against an instance: lead fields, keys, lists, programs and their statuses, campaigns.
 *
 * @module
 */
import { nearest } from '../ground/nearest.js'
import type { Path } from '../ground/path.js'
import { malformed, type Problem, unknownName } from '../ground/problem.js'
import type { Recipes } from '../recipes/decode.js'
import { type Bench, checkLookups, lookupField } from './check-lead-fields.js'
import type { Instance, InstanceAsset } from './instance.js'
import { type Named, namedInRules } from './named-in-rules.js'
import { checkField, checkIdField, fieldNames } from './remark.js'

const checkFields = (rules: Recipes, named: Named, instance: Instance, { root, problems }: Bench): void => {
  const { keys = ['email', 'userId'], userIdField = 'userId', anonymousIdField = 'anonymousId' } = rules.lead ?? {}
  const at = [...root, 'lead']
  checkLookups(
    keys.map((kind, i) => [lookupField(kind, { userIdField, anonymousIdField }), [...at, 'keys', i]] as const),
    instance,
    problems
  )
  if (instance.fields === null) return
  const names = fieldNames(instance.fields)
  const id = { type: 'string', length: null, weight: 'invalid' } as const
  if (keys.includes('userId')) checkIdField(names, { name: userIdField, at: [...at, 'userIdField'], ...id }, problems)
  if (keys.includes('anonymousId'))
    checkIdField(names, { name: anonymousIdField, at: [...at, 'anonymousIdField'], ...id }, problems)
  for (const field of named.fields) checkField(names, { ...field, length: 1, weight: 'invalid' }, problems)
}

/** Numbers and names of what there is. */
interface Shelf {
  readonly byId: ReadonlyMap<number, InstanceAsset>
  readonly names: ReadonlyArray<string>
}

const shelfOf = (assets: ReadonlyArray<InstanceAsset>): Shelf => ({
  byId: new Map(assets.map((asset) => [asset.id, asset])),
  names: assets.map(({ name }) => name).filter((name) => name !== null)
})

const mendGone = (thing: string): string => `${thing} of this number was not found: it is gone, or of another instance`
const mendName = 'no list bears this name: correct it, or say with createIn where to make the list'

const checkLists = ({ lists }: Named, assets: ReadonlyArray<InstanceAsset>, problems: Array<Problem>): void => {
  const shelf = shelfOf(assets)
  for (const { list, at } of lists) {
    if (typeof list === 'number') {
      if (!shelf.byId.has(list)) problems.push(unknownName('invalid', at, null, mendGone('a list')))
    } else if (!shelf.names.includes(list))
      problems.push(unknownName('invalid', at, nearest(shelf.names, list), mendName))
  }
}

const checkStatus = (
  status: string,
  { channel }: InstanceAsset,
  channels: Instance['channels'],
  at: Path,
  problems: Array<Problem>
): void => {
  const statuses = channels?.find(({ name }) => name === channel)?.statuses
  if (statuses === undefined || statuses.includes(status)) return
  const mend = 'the program’s channel has no such status, and Marketo answers 1025: copy it from the channel'
  problems.push(unknownName('invalid', at, nearest(statuses, status), mend))
}

const checkPrograms = (
  { programs }: Named,
  assets: ReadonlyArray<InstanceAsset>,
  channels: Instance['channels'],
  problems: Array<Problem>
): void => {
  const shelf = shelfOf(assets)
  for (const { program, status, at } of programs) {
    const found = shelf.byId.get(program)
    if (found === undefined) problems.push(unknownName('invalid', at, null, mendGone('a program')))
    else if (status !== null) checkStatus(status, found, channels, [...at.slice(0, -1), 'status'], problems)
  }
}

const mendRequest = 'give its smart list the trigger Campaign is Requested (source: Web Service API), and activate it'

const checkCampaigns = ({ campaigns }: Named, assets: ReadonlyArray<InstanceAsset>, problems: Array<Problem>): void => {
  const shelf = shelfOf(assets)
  for (const { campaign, at } of campaigns) {
    const found = shelf.byId.get(campaign)
    if (found === undefined) problems.push(unknownName('invalid', at, null, mendGone('a campaign')))
    else if (found.requestable === false)
      problems.push(malformed('invalid', at, 'a campaign that cannot be requested', mendRequest))
  }
}

/** Says what is wrong with a rule file. */
export const checkRules = (rules: Recipes, instance: Instance, bench: Bench): Named => {
  const named = namedInRules(rules, bench.root)
  checkFields(rules, named, instance, bench)
  if (instance.lists !== null) checkLists(named, instance.lists, bench.problems)
  if (instance.programs !== null) checkPrograms(named, instance.programs, instance.channels, bench.problems)
  if (instance.campaigns !== null) checkCampaigns(named, instance.campaigns, bench.problems)
  return named
}
