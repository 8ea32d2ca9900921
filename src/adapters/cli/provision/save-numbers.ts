/**
 * Settings written anew with the numbers that Marketo gave to activity types; all else stands as it stood.
 *
 * @module
 */
import { isRecord } from '../../../ground/json.js'
import type { GivenNumber } from '../../../settings/errands/provisioning.js'
import { readJsonFile } from '../settings-file.js'
import { printable } from '../text/printable.js'
import type { World } from '../world.js'

/** What the number of an activity type is called, in our own shape and as Segment stores it. */
const numberNames: ReadonlyArray<string> = ['activityTypeId', 'marketoActivityId']

/** The value with each number exchanged, wherever it stands under such a name; text stays text. */
const exchanged = (u: unknown, given: ReadonlyMap<string, number>): unknown => {
  if (Array.isArray(u)) return u.map((item: unknown) => exchanged(item, given))
  if (!isRecord(u)) return u
  return Object.fromEntries(
    Object.entries(u).map(([name, value]) => {
      const number = numberNames.includes(name) ? given.get(String(value)) : undefined
      if (number === undefined) return [name, exchanged(value, given)]
      return [name, typeof value === 'string' ? String(number) : number]
    })
  )
}

/** Writes the settings of one file to another; answers why not, where it cannot be. */
export const saveNumbers = async (
  from: string,
  to: string,
  numbers: ReadonlyArray<GivenNumber>,
  world: World
): Promise<string | undefined> => {
  const json = await readJsonFile(world, from)
  if (json._tag === 'Left') return json.left
  const given = new Map(numbers.map(({ before, activityTypeId }) => [String(before), activityTypeId]))
  const file = await world.openOutput(to)
  if (file._tag === 'Left') return file.left
  file.right.write(`${JSON.stringify(exchanged(json.right, given), null, 2)}\n`)
  await file.right.flush()
  world.err.write(`${printable(to)}: the settings, with the numbers that Marketo gave\n`)
  return undefined
}
