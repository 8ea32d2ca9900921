/**
 * The licences of what builds and tests the package, as the lock file tells them.
 */
import { readFileSync } from 'node:fs'
import { isRecord, ownMember } from '../../src/ground/json.js'
import { root } from './declared.js'
import { code, table } from './markdown.js'

const packages = (): ReadonlyArray<readonly [name: string, licence: string]> => {
  const lock: unknown = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8'))
  const listed = isRecord(lock) && isRecord(lock.packages) ? lock.packages : {}
  return Object.entries(listed).flatMap(([path, told]) => {
    if (path === '' || !isRecord(told)) return []
    const licence = ownMember(told, 'license')
    return [[path.slice(path.lastIndexOf('node_modules/') + 13), typeof licence === 'string' ? licence : 'not told']]
  })
}

/** So many of one licence are counted and not named. */
const mostNamed = 12

const named = (names: ReadonlyArray<string>): string =>
  names.length > mostNamed ? `${names.length} packages` : names.map(code).join(', ')

/** Licences, the most used first. */
export const drawLicences = (): string => {
  const byLicence = new Map<string, Set<string>>()
  for (const [name, licence] of packages()) byLicence.set(licence, (byLicence.get(licence) ?? new Set()).add(name))
  const rows = [...byLicence].sort(([a, x], [b, y]) => y.size - x.size || (a < b ? -1 : 1))
  return table(
    ['Licence', 'Packages'],
    rows.map(([licence, names]) => [licence, named([...names].sort())])
  )
}
