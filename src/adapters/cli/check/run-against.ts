/**
 * `check --against`: settings and rules, held against an instance that told of itself in a file.
 *
 *     told.json: 1 problem, 1 hint
 *       problem  settings.traits[0].field: is not a known name (nearest: planName); …
 *       hint     settings.genderField: …
 *       not checked, for want of an answer: lists
 *
 * @module
 */
import * as E from 'fp-ts/Either'
import { describeProblem, type Problem } from '../../../ground/problem.js'
import type { Remarked } from '../../../ground/these.js'
import { decodeRecipes, type Recipes } from '../../../recipes/decode.js'
import { type CheckedAgainst, checkAgainst } from '../../../settings/check-against.js'
import { readFieldSheet } from '../../../settings/field-sheet.js'
import type { Instance } from '../../../settings/instance.js'
import { readInstance } from '../../../settings/read-instance.js'
import { v2 } from '../contract.js'
import { parseText } from '../input/parse-piece.js'
import type { CheckRequest } from '../request.js'
import { listProblems, readSettingsFile } from '../settings-file.js'
import { printable } from '../text/printable.js'
import { wrap } from '../text/wrap.js'
import { type ExitCode, refuse, type World } from '../world.js'
import { problemValue, type Report } from './report.js'

/** An instance, the name of what told of it, what is to be said of that, and why parts of it could not be read. */
export interface ToldInstance {
  readonly name: string
  readonly instance: Instance
  readonly remarks: ReadonlyArray<Problem>
  readonly unread: ReadonlyArray<Problem>
}

/** A file that is called JSON is no sheet, whatever it holds: a gateway's page, or null. */
const isJson = (path: string, text: string): boolean => /\.json$/i.test(path) || /^\s*[[{]/.test(text)

const readTold = (path: string, text: string): E.Either<string, Remarked<Instance>> => {
  const plain = text.replace(/^\ufeff/, '')
  if (!isJson(path, plain)) return E.right(readFieldSheet(plain))
  const value = parseText(plain)
  return value._tag === 'Left' ? value : E.right(readInstance(value.right))
}

/** The instance of a file: Marketo's answers as JSON, or its field-name sheet as CSV. */
export const readInstanceFile = async (world: World, path: string): Promise<E.Either<string, ToldInstance>> => {
  const text = await world.readText(path)
  const read = text._tag === 'Left' ? text : readTold(path, text.right)
  if (read._tag === 'Left') return E.left(`${printable(path)}: ${read.left}`)
  const told = read.right
  if (told._tag === 'Left') return E.left(listProblems(`${printable(path)}: tells of no instance`, told.left))
  return E.right({ name: path, instance: told.right, remarks: told._tag === 'Both' ? told.left : [], unread: [] })
}

const plural = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`

const margin = ' '.repeat(12)

/** Lines under a word, the first of them beside it. */
const beside = (word: string, text: string, columns: number): string =>
  wrap(text, columns - margin.length)
    .map((line, i) => `${i === 0 ? `  ${word.padEnd(margin.length - 2)}` : margin}${line}\n`)
    .join('')

/** What was found, drawn. */
export const drawAgainst = (
  { name, remarks, unread }: ToldInstance,
  { problems, hints, unchecked }: CheckedAgainst,
  columns: number
): string => {
  const said = (word: string) => (problem: Problem) => beside(word, printable(describeProblem(problem)), columns)
  const want = unchecked.length === 0 ? '' : beside('unchecked', `${unchecked.join(', ')}: it does not tell`, columns)
  return [
    `\n${printable(name)}: ${plural(problems.length, 'problem')}, ${plural(hints.length, 'hint')}\n`,
    ...problems.map(said('problem')),
    ...hints.map(said('hint')),
    ...remarks.map(said('remark')),
    ...unread.map(said('not read')),
    want
  ].join('')
}

/** The same for programs, without the name. */
export const againstValue = (
  { remarks, unread }: Pick<ToldInstance, 'remarks' | 'unread'>,
  { problems, hints, unchecked }: CheckedAgainst
) => ({
  problems: problems.map(problemValue),
  hints: hints.map(problemValue),
  remarks: remarks.map(problemValue),
  unread: unread.map(problemValue),
  unchecked
})

/** The rules of a file, or null for none. */
export const readRules = async (world: World, path: string | null): Promise<E.Either<string, Recipes | null>> => {
  if (path === null) return E.right(null)
  const file = await readSettingsFile(decodeRecipes, world, path)
  return file._tag === 'Left' ? file : E.right(file.right.settings)
}

/** Carries out what `check` does besides with `--against`. */
export const runAgainst = async (
  request: CheckRequest,
  path: string,
  world: World,
  report: Report
): Promise<ExitCode> => {
  const file = await readSettingsFile(v2.decode, world, request.settings)
  if (file._tag === 'Left') return refuse(world, file.left)
  const rules = await readRules(world, request.recipes)
  if (rules._tag === 'Left') return refuse(world, rules.left)
  const told = await readInstanceFile(world, path)
  if (told._tag === 'Left') return refuse(world, told.left)
  const checked = checkAgainst(file.right.settings, rules.right, told.right.instance)
  const value = { file: path, instance: null, ...againstValue(told.right, checked) }
  report.tell('against', value, drawAgainst(told.right, checked, world.columns))
  return checked.problems.length > 0 ? 1 : 0
}
