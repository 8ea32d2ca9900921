import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printable } from '../../src/adapters/cli/text/printable.js'
import { widthOf } from '../../src/adapters/cli/text/width.js'
import { explainV2 } from '../../src/explain/explain-v2.js'
import { printPath } from '../../src/ground/path.js'
import { anyEvent } from '../arbitraries/events.js'
import { decoded } from '../arbitraries/settings.js'
import { ndjson, runInMemory } from './cli-world.js'

const settings = {
  munchkinId: '561-HYG-937',
  traits: [{ trait: 'plan', field: 'planName', transforms: ['upper'] }],
  events: [
    { event: 'Trial Started', activityTypeId: 7, attributes: [{ property: 'plan', attribute: 'plan', primary: true }] }
  ]
}
const device = { munchkinId: '561-HYG-937', mode: 'device', formId: 1, formHost: '//app.example.com' }
const files = { 's.json': JSON.stringify(settings), 'd.json': JSON.stringify(device) }
const at = '2024-05-01T10:00:00Z'
const first = {
  type: 'identify',
  messageId: 'm-1',
  userId: 'u1',
  traits: { email: 'ana@example.com', plan: 'pro', colour: 'red' },
  timestamp: at
}
const second = { type: 'track', userId: 'u1', event: 'Trial Started', properties: { plan: 'pro' }, timestamp: at }
const bad = { type: 'identify', userId: 'u1', traits: { email: 4711 } }

const explain = (input: string, words = '-s s.json', columns = 100) =>
  runInMemory(['explain', 'in', ...words.split(' ')], { files: { ...files, in: input }, columns })

/** Each run of blanks as one, so that wrapping does not matter. */
const flat = (text: string): string => text.replace(/\s+/g, ' ')

describe('explain', () => {
  it('tells of each value where it came from, by which rule, and of the rest why it stayed', async () => {
    const { out, err, code } = await explain(ndjson([first, second]))
    expect(out).toMatch(/^line 1, identify: mapped\n\n1\. write lead email=ana@example\.com: userId, planName\n/)
    expect(out).toMatch(/^ {3}SENT AS +VALUE +FROM +HOW$/m)
    expect(flat(out)).toContain('fields.planName "PRO" traits.plan custom row for plan; transformed')
    expect(flat(out)).toContain('by settings and contract: munchkinId = "561-HYG-937"')
    expect(flat(out)).toMatch(/What stayed VALUE AT WHY .*traits\.colour no row maps this trait/)
    expect(out).toMatch(/\nBy the settings of version [0-9a-f]{12}\n$/)
    expect([err, code]).toEqual(['', 0])
  })

  it.each([
    ['-s s.json --line 2', ndjson([first, second]), /^line 2, track Trial Started: mapped\n/],
    ['-s s.json --line 3', `\n\n${ndjson([second])}`, /^line 3, track/],
    ['-s s.json', `\n\n${ndjson([second])}`, /^line 3, track/],
    ['-s s.json -n 2', JSON.stringify([first, second], null, 2), /^item 2, track/],
    ['-s s.json', JSON.stringify(first, null, 2), /^item 1, identify/],
    ['-s d.json --side browser', ndjson([first]), /1\. submit form 1: Email, userId/]
  ])('%s finds its event', async (words, input, says) => {
    expect((await explain(input, words)).out).toMatch(says)
  })

  it('as JSON is the explanation that the library gives', async () => {
    await fc.assert(
      fc.asyncProperty(anyEvent, async (event) => {
        const { out } = await explain(ndjson([event]), '-s s.json --json')
        const expected = explainV2(decoded(settings))(JSON.parse(JSON.stringify(event)))
        expect(JSON.parse(out)).toMatchObject(JSON.parse(JSON.stringify(expected)))
      })
    )
  })

  it('leaves no move and no reason out', async () => {
    await fc.assert(
      fc.asyncProperty(anyEvent, async (event) => {
        const { out } = await explain(ndjson([event]), '-s s.json', 100_000)
        const { moves, stays } = explainV2(decoded(settings))(JSON.parse(JSON.stringify(event)))
        for (const { to } of moves) if (to[0] !== '_tag') expect(out).toContain(printPath(to))
        for (const { at: path, why } of stays)
          for (const text of [printPath(path), why]) expect(out).toContain(printable(text))
      })
    )
  })

  it('fits its width, but for the titles of intents', async () => {
    await fc.assert(
      fc.asyncProperty(anyEvent, async (event) => {
        const { out } = await explain(ndjson([event]), '-s s.json', 80)
        for (const line of out.split('\n'))
          if (!/^\d+\. |^line /.test(line)) expect(widthOf(line)).toBeLessThanOrEqual(80)
      })
    )
  })

  it('shows an empty list as one', async () => {
    const { out } = await explain(ndjson([second]))
    expect(flat(out)).toContain('attributes = []')
  })

  it('of an invalid event tells why, and ends with 1', async () => {
    const { out, code } = await explain(ndjson([bad]))
    expect(out).toMatch(/^line 1, identify: invalid\n/)
    expect(flat(out)).toMatch(/Problems traits\.email: found a number; .* \[invalid\]/)
    expect(code).toBe(1)
  })

  it.each([
    [
      'a line that is not there',
      '-s s.json -n 9',
      ndjson([first]),
      /^in: no event is on line 9; the last one is on line 1\n$/,
      2
    ],
    ['a blank line', '-s s.json -n 2', `${ndjson([first])}\n${ndjson([second])}`, /^in: no event is on line 2\n$/, 2],
    ['an empty input', '-s s.json', '', /^in: holds no event\n$/, 2],
    ['a line that is no JSON', '-s s.json', '{"a":', /^line 1: is not JSON: .* \[unreadable\]\n$/, 1],
    ['settings that are not there', '-s nope.json', ndjson([first]), /^nope\.json: there is no such file\n$/, 2],
    ['a browser in cloud mode', '-s s.json --side browser', ndjson([first]), /cannot be used in a browser/, 2]
  ])('cannot explain %s, and says so', async (_, words, input, says, code) => {
    const ran = await explain(input, words)
    expect(ran.err).toMatch(says)
    expect([ran.out, ran.code]).toEqual(['', code])
  })
})
