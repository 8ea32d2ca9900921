/**
 * Settings files as mappers for one side, with what a browser starts before any event; or why they cannot be used there.
 *
 * @module
 */
import * as E from 'fp-ts/Either'
import { servedTwice } from '../../../v2/served-twice.js'
import type { Contract, Serving } from '../contract.js'
import type { ContractName, Side } from '../request.js'
import { listProblems, type SettingsFile } from '../settings-file.js'
import { printable } from '../text/printable.js'
import type { Target } from './result.js'

/** What maps events, and what a browser starts when a page loads: targets that take anything for an event. */
export interface Mappers {
  readonly targets: ReadonlyArray<Target>
  readonly starting: ReadonlyArray<Target>
}

/** Why a browser cannot use these settings, if so. */
export const whyNotInBrowser = <S extends Serving>(
  { blockers }: Contract<S>,
  files: ReadonlyArray<SettingsFile<S>>
): string | undefined => {
  const wrong = files.filter(({ settings }) => blockers(settings).length > 0)
  const heading = (name: string): string => `${printable(name)}: these settings cannot be used in a browser`
  return wrong.length === 0
    ? undefined
    : wrong.map(({ name, settings }) => listProblems(heading(name), blockers(settings))).join('\n')
}

/** The mappers of all files for that side, in their order; or all that stands against it, file by file. */
export const mappersFor = <S extends Serving>(
  contract: Contract<S>,
  files: ReadonlyArray<SettingsFile<S>>,
  side: Side
): E.Either<string, Mappers> => {
  const named = (name: string): string | null => (files.length === 1 ? null : name)
  if (side === 'server') {
    return E.right({
      targets: files.map(({ name, settings }) => ({ name: named(name), map: contract.mapper(settings) })),
      starting: []
    })
  }
  const wrong = whyNotInBrowser(contract, files)
  if (wrong !== undefined) return E.left(wrong)
  return E.right({
    targets: files.map(({ name, settings }) => ({ name: named(name), map: contract.browserMapper(settings) })),
    starting: files.map(({ name, settings }) => ({ name: named(name), map: () => contract.browserStart(settings) }))
  })
}

/** That two settings serve one Marketo, in the names of their files. */
export const sameMarketo = (name: string, other: string): string =>
  `${printable(name)}: serves the same Marketo as ${printable(other)}: leads and activities would be written twice; switch one of them off`

/** Which of the files serve a Marketo that an earlier one serves already. */
const twins = (contract: ContractName, files: ReadonlyArray<SettingsFile<Serving>>): ReadonlyArray<string> =>
  servedTwice(files.map(({ settings: { munchkinId } }) => ({ contract, munchkinId }))).flatMap(({ at: [i] }) => {
    const file = typeof i === 'number' ? files[i] : undefined
    const other = files.find(({ settings }) => settings.munchkinId === file?.settings.munchkinId)
    return file === undefined || other === undefined ? [] : [sameMarketo(file.name, other.name)]
  })

/** The remarks on files that can be used. */
export const remarksOf = (
  files: ReadonlyArray<Pick<SettingsFile<unknown>, 'name' | 'remarks'>>
): ReadonlyArray<string> =>
  files
    .filter(({ remarks }) => remarks.length > 0)
    .map(({ name, remarks }) => listProblems(`${printable(name)}: can be used, with remarks`, remarks))

/** What is to be said of settings that can be used. */
export const remarksOn = (
  contract: ContractName,
  files: ReadonlyArray<SettingsFile<Serving>>
): ReadonlyArray<string> => [...remarksOf(files), ...twins(contract, files)]
