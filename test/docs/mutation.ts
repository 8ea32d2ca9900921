/**
 * What mutation testing found, as its guide shows it.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { isRecord, ownMember } from '../../src/ground/json.js'
import { rooms, sourcesOf } from '../tools/mutation/rooms.mjs'
import { root } from './declared.js'
import { chapters } from './laws.js'
import { cell, prose, table } from './markdown.js'

/** A change to a source that no test failed for, and why none need. */
export interface Survivor {
  readonly at: number
  readonly line: string
  readonly was: string
  readonly is: string
  readonly because: string
}

/** What was found in one source. */
export interface Found {
  readonly room: string
  readonly path: string
  readonly mutants: number
  readonly killed: number
  readonly survivors: ReadonlyArray<Survivor>
}

const folder = `${root}test/tools/mutation/found/`
const read = (name: string): unknown => JSON.parse(readFileSync(folder + name, 'utf8'))
const text = (holder: unknown, name: string): string => String((isRecord(holder) && ownMember(holder, name)) ?? '')
const count = (holder: unknown, name: string): number => Number(isRecord(holder) ? ownMember(holder, name) : 0)

/** Every source that was tried, rooms and sources in alphabetical order. */
export const allFound = (): ReadonlyArray<Found> =>
  readdirSync(folder)
    .filter((name) => name !== 'laws.json')
    .sort()
    .flatMap((name) => {
      const files = read(name)
      return Object.entries(isRecord(files) ? files : {}).map(([path, told]) => {
        const listed = isRecord(told) && Array.isArray(told.survivors) ? told.survivors : []
        const survivors = listed.map((one: unknown) => ({
          ...{ at: count(one, 'at'), line: text(one, 'line'), was: text(one, 'was'), is: text(one, 'is') },
          because: text(one, 'because')
        }))
        return {
          ...{ room: name.replace('.json', ''), path, mutants: count(told, 'mutants'), killed: count(told, 'killed') },
          survivors
        }
      })
    })

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((all, one) => all + one, 0)
const grouped = <A>(items: ReadonlyArray<A>, by: (item: A) => string): ReadonlyMap<string, ReadonlyArray<A>> => {
  const groups = new Map<string, Array<A>>()
  for (const item of items) groups.set(by(item), [...(groups.get(by(item)) ?? []), item])
  return groups
}

const scoreRow = (name: string, files: ReadonlyArray<Found>, there: number): ReadonlyArray<string> => {
  const mutants = sum(files.map((file) => file.mutants))
  const killed = sum(files.map((file) => file.killed))
  const score = mutants === 0 ? 'not tried yet' : `${((100 * killed) / mutants).toFixed(1)} %`
  return [
    name,
    files.length === there ? `${there}` : `${files.length} of ${there}`,
    `${mutants}`,
    `${mutants - killed}`,
    score
  ]
}

const drawRooms = (): string => {
  const found = allFound()
  const rows = rooms.map((room) =>
    scoreRow(
      `\`${room}\``,
      found.filter((file) => file.room === room),
      sourcesOf(room).length
    )
  )
  const all = scoreRow('all', found, sum(rooms.map((room) => sourcesOf(room).length)))
  return table(['Room', 'Sources', 'Mutants', 'Live', 'Killed'], [...rows, all])
}

/** Code between as many backticks as it takes. */
const quoted = (code: string): string => {
  const plain = cell(code).split('\\|').join('|')
  if (plain === '') return 'nothing'
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return longest === 0 ? fence + plain + fence : `${fence} ${plain} ${fence}`
}

const drawSurvivors = (): string =>
  [...grouped(allFound(), ({ room }) => room)]
    .map(([room, files]): readonly [string, ReadonlyArray<Survivor & { readonly path: string }>] => [
      room,
      files.flatMap(({ path, survivors }) => survivors.map((survivor) => ({ ...survivor, path })))
    ])
    .filter(([, survivors]) => survivors.length > 0)
    .map(([room, survivors]) => {
      const reasons = [...grouped(survivors, ({ because }) => because)].sort(([, a], [, b]) => b.length - a.length)
      const lists = reasons.map(([because, ones]) => {
        const items = ones.map(({ path, at, was, is }) => {
          const name = path.slice(`src/${room}/`.length)
          return `- ${name} ${at}: ${quoted(was)} → ${quoted(is)}`
        })
        return `${prose(because === '' ? 'No test and no reason yet.' : because)}\n\n${items.join('\n')}`
      })
      return [`### ${room}`, ...lists].join('\n\n')
    })
    .join('\n\n')

/** What each law met and killed, all rooms taken together. */
export const lawKills = (): ReadonlyMap<string, { readonly met: number; readonly killed: number }> => {
  const kills = new Map<string, { met: number; killed: number }>()
  const rooms = read('laws.json')
  for (const laws of Object.values(isRecord(rooms) ? rooms : {}))
    for (const [law, told] of Object.entries(isRecord(laws) ? laws : {})) {
      const { met, killed } = kills.get(law) ?? { met: 0, killed: 0 }
      kills.set(law, { met: met + count(told, 'met'), killed: killed + count(told, 'killed') })
    }
  return kills
}

const drawLawKills = (): string => {
  const kills = lawKills()
  return table(
    ['Law', 'Says', 'Met', 'Killed'],
    chapters
      .flatMap(({ laws }) => laws)
      .map(({ id, says }) => {
        const { met, killed } = kills.get(id) ?? { met: 0, killed: 0 }
        return [`[${id}](laws.md#${id.toLowerCase()})`, cell(prose(says)), `${met}`, `${killed}`]
      })
  )
}

/** The parts of the guide, by the word in their mark. */
export const mutationParts: ReadonlyMap<string, () => string> = new Map([
  ['rooms', drawRooms],
  ['survivors', drawSurvivors],
  ['laws', drawLawKills]
])
