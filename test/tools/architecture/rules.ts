/**
 * The laws of the house, each a function from modules to a list of faults; no fault, no text.
 */
import { posix } from 'node:path'
import { forbiddenPaths, purePackages } from './doors.js'
import type { Import, Module } from './module.js'

type Faults = ReadonlyArray<string>
type Doors = Readonly<Record<string, ReadonlyArray<string>>>

const indexName = 'index.ts'

/** `src/v2/mapper.ts` lies in `v2`; what lies in src itself is its own room, so that only src/index.ts is known. */
export const roomOf = (path: string): string => {
  const [, first = '', ...rest] = path.split('/')
  return rest.length === 0 ? first.replace(/\.ts$/, '') : first
}

const isRelative = (specifier: string): boolean => specifier.startsWith('.')

/** The source file a relative specifier means: `../ground/path.js` from `src/v2/mapper.ts` is `src/ground/path.ts`. */
const targetOf = (from: string, specifier: string): string =>
  posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts')

const at = ({ path }: Module, { line }: { readonly line: number }): string => `${path}:${line}`

const forEachImport = (modules: ReadonlyArray<Module>, judge: (module: Module, entry: Import) => Faults): Faults =>
  modules.flatMap((module) => module.imports.flatMap((entry) => judge(module, entry)))

/** Each file lies in a room that the table knows. */
export const unknownRooms =
  (doors: Doors) =>
  (modules: ReadonlyArray<Module>): Faults =>
    modules
      .filter(({ path }) => !Object.keys(doors).includes(roomOf(path)))
      .map(({ path }) => `${path}: no room \`${roomOf(path)}\` in the table of doors`)

/** Each import between rooms goes through a door of the table. */
export const closedDoors =
  (doors: Doors) =>
  (modules: ReadonlyArray<Module>): Faults =>
    forEachImport(modules, (module, entry) => {
      if (!isRelative(entry.specifier)) return []
      const target = targetOf(module.path, entry.specifier)
      const [from, to] = [roomOf(module.path), roomOf(target)]
      if (target.startsWith('src/') && (from === to || doors[from]?.includes(to) === true)) return []
      return [`${at(module, entry)}: ${from} may not import ${target}`]
    })

/** Each relative import names a file that is there, with the `.js` that Node wants. */
export const deadEnds = (modules: ReadonlyArray<Module>): Faults => {
  const known = new Set(modules.map(({ path }) => path))
  return forEachImport(modules, (module, entry) =>
    !isRelative(entry.specifier) ||
    (entry.specifier.endsWith('.js') && known.has(targetOf(module.path, entry.specifier)))
      ? []
      : [`${at(module, entry)}: no file for '${entry.specifier}'`]
  )
}

/** The outermost files: what package.json points at. */
const isEntry = (path: string): boolean =>
  posix.basename(path) === indexName || /^src\/adapters\/[^/]+\/main\.ts$/.test(path)

/** Inside the house, the file that owns a name is imported; an index is for those outside. */
export const barrels = (modules: ReadonlyArray<Module>): Faults =>
  forEachImport(modules, (module, entry) => {
    if (!isRelative(entry.specifier) || isEntry(module.path)) return []
    const target = targetOf(module.path, entry.specifier)
    return posix.basename(target) === indexName
      ? [`${at(module, entry)}: import the file that owns the name, not ${target}`]
      : []
  })

const covers = (pattern: string, specifier: string): boolean =>
  pattern.endsWith('/') ? specifier.startsWith(pattern) : specifier === pattern

/** A pure room uses only what is compiled in and knows no runtime; an adapter may use any package. */
export const strangers = (modules: ReadonlyArray<Module>): Faults =>
  forEachImport(modules, (module, entry) => {
    const { specifier } = entry
    if (isRelative(specifier)) return []
    const broken = forbiddenPaths.some((path) => specifier.startsWith(path))
    const known = roomOf(module.path) === 'adapters' || purePackages.some((pattern) => covers(pattern, specifier))
    return known && !broken ? [] : [`${at(module, entry)}: '${specifier}' is not for this room`]
  })

/**
 * Every ring of imports, type-only ones included, each named once: a depth-first walk that meets a file it is still in
 * has found one.
 */
export const cycles = (modules: ReadonlyArray<Module>): Faults => {
  const graph = new Map(
    modules.map(({ path, imports }) => [
      path,
      imports.filter(({ specifier }) => isRelative(specifier)).map(({ specifier }) => targetOf(path, specifier))
    ])
  )
  const done = new Set<string>()
  const faults: Array<string> = []
  const walk = (path: string, trail: ReadonlyArray<string>): void => {
    const seenAt = trail.indexOf(path)
    if (seenAt >= 0) {
      faults.push(`import cycle: ${[...trail.slice(seenAt), path].join(' → ')}`)
      return
    }
    if (done.has(path)) return
    for (const target of graph.get(path) ?? []) walk(target, [...trail, path])
    done.add(path)
  }
  for (const path of graph.keys()) walk(path, [])
  return faults
}

/** Every module says what it is about, and every exported name what it stands for. */
export const silences = (modules: ReadonlyArray<Module>): Faults =>
  modules.flatMap((module) => [
    ...(module.introduced ? [] : [`${module.path}: does not open with a doc comment holding @module`]),
    ...module.exports
      .filter(({ documented }) => !documented)
      .map((entry) => `${at(module, entry)}: \`${entry.name}\` has no doc comment`)
  ])
