/**
 * Settings out of files: read, decoded by their contract, and every mistake said with the file's name.
 *
 * @module
 */
import * as E from 'fp-ts/Either'
import { describeProblem, type Problem } from '../../ground/problem.js'
import type { Remarked } from '../../ground/these.js'
import { parseText } from './input/parse-piece.js'
import { printable } from './text/printable.js'
import type { World } from './world.js'

/** Settings that can be used, the file's name, and what is to be said of them. */
export interface SettingsFile<S> {
  readonly name: string
  readonly settings: S
  readonly remarks: ReadonlyArray<Problem>
}

/** What reads settings of a contract. */
export type Decode<S> = (u: unknown) => Remarked<S>

/** Problems under the name of what has them, one a line, indented. */
export const listProblems = (heading: string, problems: ReadonlyArray<Problem>): string =>
  [heading, ...problems.map((problem) => `  ${printable(describeProblem(problem))}`)].join('\n')

/** A file's JSON, or why it has none; a byte order mark in front is passed over. */
export const readJsonFile = async (world: World, path: string): Promise<E.Either<string, unknown>> => {
  const text = await world.readText(path)
  if (text._tag === 'Left') return E.left(`${printable(path)}: ${text.left}`)
  const value = parseText(text.right.replace(/^\ufeff/, ''))
  return value._tag === 'Left' ? E.left(`${printable(path)}: ${value.left}`) : value
}

/** Settings that go by a name, or what to say of them. */
export const settingsOf = <S>(decode: Decode<S>, json: unknown, name: string): E.Either<string, SettingsFile<S>> => {
  const read = decode(json)
  if (read._tag === 'Left') return E.left(listProblems(`${printable(name)}: these settings cannot be used`, read.left))
  return E.right({ name, settings: read.right, remarks: read._tag === 'Both' ? read.left : [] })
}

/** The settings of a file, or what to say of it. */
export const readSettingsFile = async <S>(
  decode: Decode<S>,
  world: World,
  path: string
): Promise<E.Either<string, SettingsFile<S>>> => {
  const json = await readJsonFile(world, path)
  return json._tag === 'Left' ? json : settingsOf(decode, json.right, path)
}

/** The settings of several files, or all that is wrong with any of them. */
export const readSettingsFiles = async <S>(
  decode: Decode<S>,
  world: World,
  paths: ReadonlyArray<string>
): Promise<E.Either<string, ReadonlyArray<SettingsFile<S>>>> => {
  const files: Array<SettingsFile<S>> = []
  const wrong: Array<string> = []
  for (const path of paths) {
    const file = await readSettingsFile(decode, world, path)
    if (file._tag === 'Left') wrong.push(file.left)
    else files.push(file.right)
  }
  return wrong.length === 0 ? E.right(files) : E.left(wrong.join('\n'))
}
