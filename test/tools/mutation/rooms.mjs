// @ts-check
/**
 * Which tests try the mutants of which room: its own, and those of its neighbours that use it and are quick.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../project.mjs'

/** They start a process, listen on a port, or compare a page with its snapshot. */
const apart = [
  'test/endpoints/sync-lead-soap-schema.test.ts',
  'test/segment/facade-docs.test.ts',
  'test/source/duckdb.test.ts',
  'test/source/warehouse-example.test.ts',
  'test/writeback/analytics-node.test.ts'
]

/** They take long, and fail for no mutant that others let live; their laws are tried all the same. */
const slow = [
  'test/endpoints/openapi.test.ts',
  'test/endpoints/soap-xml-long.test.ts',
  'test/delivery/calls.test.ts',
  'test/delivery/many.test.ts',
  'test/marketo/long-texts.test.ts',
  'test/recipes/delivered.test.ts',
  'test/settings/many.test.ts',
  'test/simulator/many.test.ts',
  'test/source/examples.test.ts',
  'test/source/sync-hostile.test.ts',
  'test/source/sync-laws.test.ts'
]

/** @type {Record<string, ReadonlyArray<string>>} */
export const testsOf = {
  ground: ['ground'],
  marketo: ['marketo'],
  segment: ['segment'],
  intent: ['intent'],
  contract: ['contract/setting', 'contract/visit'],
  v1: ['v1'],
  v2: ['v2', 'explain'],
  explain: ['explain'],
  browser: ['browser'],
  endpoints: ['endpoints', 'adapters/fetch'],
  pace: ['pace'],
  delivery: ['delivery'],
  recipes: ['recipes'],
  settings: ['settings', 'contract/secrets'],
  simulator: ['simulator'],
  source: ['source'],
  writeback: ['writeback']
}

/** Every room whose mutants are counted: each is held to its score, and to a reason for each mutant that lives. */
export const rooms = Object.keys(testsOf)

/** Rooms whose laws are tried: the playground has some of its own, and is no part of the package. */
export const lawRooms = [...rooms, 'playground']

/** @param {string} folder */
const filesIn = (folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path}`)
    .filter((path) => path.endsWith('.ts'))
    .sort()

/** The test files for a room, the slow ones only where its laws are tried. @param {string} room @param {boolean} laws */
export const testsFor = (room, laws) =>
  filesIn('test').filter(
    (path) =>
      path.endsWith('.test.ts') &&
      !apart.includes(path) &&
      (laws || !slow.includes(path)) &&
      (testsOf[room] ?? [room]).some((begin) =>
        path.startsWith(begin.includes('/') ? `test/${begin}` : `test/${begin}/`)
      )
  )

/** The sources of a room that can be mutated. @param {string} room */
export const sourcesOf = (room) =>
  filesIn(room === 'playground' ? 'docs/playground' : `src/${room}`).filter((path) => !path.endsWith('/index.ts'))
