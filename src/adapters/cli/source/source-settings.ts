/**
 * The settings of a source out of a file, or those that the words of the command make.
 *
 * @module
 */
import * as E from 'fp-ts/Either'
import { isRecord } from '../../../ground/json.js'
import { decodeSourceSettings } from '../../../source/decode-settings.js'
import type { SourceSettings } from '../../../source/settings.js'
import { readJsonFile, type SettingsFile, settingsOf } from '../settings-file.js'
import type { World } from '../world.js'

/** What the made-up instance is called, and the kinds of activities that happen there. */
export const madeUpSettings = { munchkinId: '561-HYG-937', activityTypeIds: [1, 6, 7, 8, 10, 11, 24] } as const

const fileOf = async (world: World, path: string | null, without: object): Promise<E.Either<string, unknown>> =>
  path === null ? E.right(without) : readJsonFile(world, path)

/** Settings of a file, or `without` where none is named; `laid` is laid over them. */
export const sourceSettings = async (
  world: World,
  path: string | null,
  without: object,
  laid: object
): Promise<E.Either<string, SettingsFile<SourceSettings>>> => {
  const json = await fileOf(world, path, without)
  if (json._tag === 'Left') return json
  const all = isRecord(json.right) ? { ...json.right, ...laid } : json.right
  return settingsOf(decodeSourceSettings, all, path ?? 'settings')
}
