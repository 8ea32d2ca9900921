/**
 * The machine's clock, zone and language: a process is started under each, and all must say the same of the same events.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainV2 } from '../../src/explain/explain-v2.js'
import * as v1 from '../../src/v1/mapper.js'
import { browserMapper, mapper } from '../../src/v2/mapper.js'
import { encounter, settings } from '../arbitraries/settings.js'
import { encounter as v1Encounter, settings as v1Settings } from '../arbitraries/v1-settings.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What a process is asked to do: map each pair by both contracts on both sides, and explain. */
const script = `
import { browserMapper, mapper } from './src/v2/mapper.ts'
import * as v1 from './src/v1/mapper.ts'
import { explainV2 } from './src/explain/explain-v2.ts'
declare const given: Record<'v1' | 'v2', ReadonlyArray<readonly [never, unknown]>>
const said = [
  given.v2.map(([of, event]) => [mapper(of)(event), browserMapper(of)(event), explainV2(of)(event)]),
  given.v1.map(([of, event]) => [v1.mapper(of)(event), v1.browserMapper(of)(event)])
]
process.stdout.write(JSON.stringify({ zone: new Date(0).getTimezoneOffset(), said }))
`

const bundle = (): string => {
  const { outputFiles } = buildSync({
    stdin: { contents: script, resolveDir: root, loader: 'ts' },
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'node',
    target: 'node20'
  })
  return outputFiles[0]?.text ?? ''
}

/** A clock that stands still in 1970. */
const oldClock = `{
  const Now = Date
  globalThis.Date = class extends Now {
    constructor(...given) { if (given.length === 0) super(0); else super(...given) }
    static now() { return 0 }
  }
}
`

const machines: ReadonlyArray<readonly [string, Readonly<Record<string, string>>, string]> = [
  ['UTC', { TZ: 'UTC', LC_ALL: 'C' }, ''],
  ['west of it, in Turkish', { TZ: 'America/Los_Angeles', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' }, ''],
  ['east of it, by a quarter of an hour', { TZ: 'Asia/Kathmandu', LC_ALL: 'ja_JP.UTF-8' }, ''],
  ['a day ahead', { TZ: 'Pacific/Kiritimati', LC_ALL: 'de_DE.UTF-8' }, ''],
  ['in 1970', { TZ: 'UTC', LC_ALL: 'C' }, oldClock]
]

describe('laws', () => {
  it('P6 the machine’s clock, zone and language change nothing', () => {
    const given = { v1: fc.sample(v1Encounter(v1Settings), 150), v2: fc.sample(encounter(settings), 150) }
    const expected = JSON.parse(
      JSON.stringify([
        given.v2.map(([of, event]) => [mapper(of)(event), browserMapper(of)(event), explainV2(of)(event)]),
        given.v1.map(([of, event]) => [v1.mapper(of)(event), v1.browserMapper(of)(event)])
      ])
    )
    const code = bundle()
    const zones = new Set<number>()
    for (const [name, env, before] of machines) {
      const input = `${before}globalThis.given = JSON.parse(${JSON.stringify(JSON.stringify(given))});\n${code}`
      const { stdout, stderr } = spawnSync(process.execPath, ['-'], {
        input,
        env: { ...process.env, ...env },
        encoding: 'utf8',
        maxBuffer: 2 ** 28
      })
      expect(stderr).toBe('')
      const { zone, said } = JSON.parse(stdout)
      zones.add(zone)
      expect({ name, said }).toEqual({ name, said: expected })
    }
    // The zones took effect.
    expect(zones.size).toBe(4)
  })
})
