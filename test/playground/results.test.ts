/** What the playground shows of each event is what the library says of it. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ContractName, prepare, type Ready } from '../../docs/playground/model/contracts.js'
import { type Drawing, drawingOf } from '../../docs/playground/model/drawing.js'
import { type Example, examples, presetNamed, presets } from '../../docs/playground/model/examples.js'
import { heaviest } from '../../docs/playground/model/notes.js'
import { eventAt, readEvents } from '../../docs/playground/model/read-events.js'
import { curlOf, notesOn, resultsOf, tallyOf } from '../../docs/playground/model/results.js'
import { firstState, withExample } from '../../docs/playground/model/state.js'
import { shownOf, summaryOf } from '../../docs/playground/model/summary.js'
import { explainV2 } from '../../src/explain/index.js'
import {
  decodeV1Settings,
  decodeV2Settings,
  v1BrowserMapper,
  v1Mapper,
  v2BrowserMapper,
  v2Mapper
} from '../../src/index.js'
import { anyEvent, jsonValue } from '../arbitraries/events.js'
import { givenSettings } from '../arbitraries/settings.js'

const readyFor = (contract: ContractName, text: string, side: 'server' | 'browser' = 'server'): Ready => {
  const prepared = prepare(contract, text, side)
  if (prepared._tag === 'Unready') throw new Error(prepared.notes.map(({ text: why }) => why).join('\n'))
  return prepared
}

const preset = (id: string) => {
  const found = presetNamed(id)
  if (found?.id !== id) throw new Error(`no preset ${id}`)
  return found
}

const shown = ({ preset: id, events }: Example) => {
  const { contract, settings } = preset(id)
  return resultsOf(readyFor(contract, settings), readEvents(events).events)
}

const right = <A>(read: { readonly _tag: 'Left' } | { readonly _tag: 'Right' | 'Both'; readonly right: A }): A => {
  if (read._tag === 'Left') throw new Error('settings are wrong')
  return read.right
}

describe('examples', () => {
  it('bear different ids, and each names a preset that is there', () => {
    expect(new Set(examples.map(({ id }) => id)).size).toBe(examples.length)
    expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length)
    for (const { preset: id } of examples) expect(presets.map((one) => one.id)).toContain(id)
  })

  it.each(presets.map(({ id, contract, settings }) => [id, contract, settings] as const))(
    'the settings of %s can be used, without a remark',
    (_, contract, settings) => {
      expect(readyFor(contract, settings).notes).toEqual([])
    }
  )

  // biome-ignore format: table
  it.each([
    ['identify',     ['mapped'],                     ['UpsertLead']],
    ['cookie',       ['mapped'],                     ['UpsertLead', 'AssociateCookie']],
    ['activity',     ['mapped'],                     ['UpsertLead', 'AddCustomActivity']],
    ['unmapped',     ['skipped'],                    []],
    ['page',         ['remarks'],                    ['UpsertLead', 'AssociateCookie', 'VisitPage']],
    ['anonymous',    ['skipped'],                    []],
    ['bad-email',    ['remarks', 'invalid'],         ['UpsertLead']],
    ['integrations', ['skipped'],                    []],
    ['bad-json',     ['mapped', 'mapped'],           ['UpsertLead', 'UpsertLead', 'AddCustomActivity']],
    ['hybrid',       ['mapped', 'mapped', 'mapped', 'mapped'], ['SubmitFormInBrowser', 'VisitPageInBrowser', 'UpsertLead', 'AddCustomActivity', 'StartInBrowser']],
    ['v1',           ['mapped'],                     ['SyncLeadOverSoap']],
    ['audiences',    ['mapped', 'mapped', 'mapped'], ['UpsertLead', 'AddToList', 'UpsertLead', 'AddToList', 'RemoveFromList']]
  ])('%s shows what it says', (id, endings, intents) => {
    const example = examples.find((one) => one.id === id)
    const results = example === undefined ? [] : shown(example)
    expect(results.map(({ result }) => result.ending)).toEqual(endings)
    expect(results.flatMap(({ result }) => result.intents.map(({ _tag }) => _tag))).toEqual(intents)
  })

  it('the text that is no JSON has its fault where the quotes are wrong', () => {
    const { events = '' } = examples.find(({ id }) => id === 'bad-json') ?? {}
    expect(readEvents(events).faults.map(({ at }) => events.slice(at, at + 4))).toEqual(["'ben"])
  })
})

/** The mapping has laws of its own; here it is enough to see that nothing is lost on the way to the page. */
const few = { numRuns: 60 }

describe('laws', () => {
  it('M7 v2 shows the mapping of the side that takes the event, whatever settings and event', () => {
    fc.assert(
      fc.property(givenSettings, anyEvent, (given, event) => {
        const text = JSON.stringify(event)
        const parsed: unknown = JSON.parse(text)
        const settings = right(decodeV2Settings(JSON.parse(JSON.stringify(given))))
        const ready = readyFor('v2', JSON.stringify(given))
        const [result] = resultsOf(ready, readEvents(text).events)
        const side = ready.sideOf(parsed)
        const mapped = (side === 'server' ? v2Mapper : v2BrowserMapper)(settings)(parsed)
        expect(result?.result.intents).toEqual(mapped._tag === 'Left' ? [] : mapped.right)
        expect(result?.problems.slice(0, mapped._tag === 'Right' ? 0 : mapped.left.length)).toEqual(
          mapped._tag === 'Right' ? [] : mapped.left
        )
        expect(ready.explain?.(parsed)).toEqual(explainV2(settings, side)(parsed))
      }),
      few
    )
  })

  it('M7 a drawing holds every move with its value, and every value that stayed with its reason', () => {
    fc.assert(
      fc.property(givenSettings, anyEvent, (given, event) => {
        const parsed: unknown = JSON.parse(JSON.stringify(event))
        const ready = readyFor('v2', JSON.stringify(given))
        const explanation = ready.explain?.(parsed)
        if (explanation === undefined) throw new Error('no explanation')
        const drawing = drawingOf(parsed, explanation)
        const tags = explanation.moves.filter(({ to }) => to[0] === '_tag').length
        expect(targetsOf(drawing).length).toBe(explanation.moves.length - tags)
        expect(targetsOf(drawing).filter(({ from }) => from === null).length).toBe(
          explanation.moves.filter(({ from }) => from === null).length - tags
        )
        for (const { from } of targetsOf(drawing)) if (from !== null) expect(drawing.sources[from]?.why).toBeNull()
        expect(drawing.sources.filter(({ why }) => why !== null).length).toBe(explanation.stays.length)
      }),
      few
    )
  })

  it('a list of events, and the same one a line, come to the same', () => {
    const ready = readyFor('v2', preset('v2-cloud').settings)
    fc.assert(
      fc.property(fc.array(anyEvent, { minLength: 1, maxLength: 5 }), (events) => {
        const resultsIn = (text: string) =>
          resultsOf(ready, readEvents(text).events).map(({ result }) => result.intents)
        const lines = events.map((event) => JSON.stringify(event)).join('\n')
        expect(resultsIn(JSON.stringify(events, null, 2))).toEqual(resultsIn(lines))
      }),
      few
    )
  })

  it('any settings are ready or say why, with notes inside the text', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('v2' as const, 'v1' as const, 'recipes' as const),
        fc.oneof(
          jsonValue.map((value) => JSON.stringify(value)),
          fc.string()
        ),
        (contract, text) => {
          const prepared = prepare(contract, text, 'server')
          if (prepared._tag === 'Unready') expect(prepared.notes.length).toBeGreaterThan(0)
          for (const { start, end } of prepared.notes) expect(start <= end && start <= text.length).toBe(true)
        }
      )
    )
  })
})

const targetsOf = ({ groups }: Drawing) => groups.flatMap(({ targets }) => targets)

describe('notes', () => {
  const settings = preset('v2-cloud').settings
  const noted = (text: string) => notesOn(resultsOf(readyFor('v2', settings), readEvents(text).events))

  it('mark the member they speak of, key and value', () => {
    const text = '[\n{"type": "identify", "userId": "u1", "traits": {"email": 4711}}]'
    expect(noted(text).map(({ start, end, weight }) => [text.slice(start, end), weight])).toEqual([
      ['"email": 4711', 'invalid']
    ])
  })

  it('mark the object that lacks a member, or else the event', () => {
    const text = '{"type": "track", "userId": "u1", "event": "Order Completed", "properties": {"revenue": 1}}'
    const [note] = noted(text)
    expect(note === undefined ? '' : text.slice(note.start, note.end)).toMatch(/^"properties"$|^\{$/)
  })

  it('the heaviest counts for a line', () => {
    const note = (weight: 'warning' | 'invalid' | 'dropped') => ({ start: 0, end: 1, weight, text: '' })
    expect(heaviest([note('warning'), note('invalid'), note('dropped')])).toBe('invalid')
    expect(heaviest([])).toBeUndefined()
  })
})

describe('the rest', () => {
  it('curl is that of the command line, with variables in the place of secrets', () => {
    const example = examples.find(({ id }) => id === 'cookie')
    const [one] = example === undefined ? [] : shown(example)
    const text = one === undefined ? '' : curlOf(one)
    expect(text).toMatch(/^# item 1, step 0: syncLeads\ncurl --request POST /)
    expect(text).toContain('"$MARKETO_TOKEN"')
    expect(text).toContain('"$STEP_0_RESULT_0_ID"')
  })

  it('v1 maps on the side that is chosen', () => {
    const { settings } = preset('v1')
    const event = { type: 'identify', userId: 'u1', traits: { email: 'ana@example.com' } }
    const decoded = right(decodeV1Settings(JSON.parse(settings)))
    const intentsOn = (side: 'server' | 'browser') =>
      resultsOf(readyFor('v1', settings, side), readEvents(JSON.stringify(event)).events)[0]?.result.intents
    const server = v1Mapper(decoded)(event)
    const browser = v1BrowserMapper(decoded)(event)
    expect(intentsOn('server')).toEqual(server._tag === 'Left' ? [] : server.right)
    expect(intentsOn('browser')).toEqual(browser._tag === 'Left' ? [] : browser.right)
    expect(intentsOn('browser')).not.toEqual(intentsOn('server'))
  })

  it.each([
    ['v2-cloud', ['server', 'server', 'server', 'server']],
    ['v2-device', ['browser', 'browser', 'browser', 'browser']],
    ['v2-hybrid', ['browser', 'browser', 'server', 'server']]
  ])('%s: who takes identify, page, track and group', (id, sides) => {
    const { sideOf } = readyFor('v2', preset(id).settings)
    expect(['identify', 'page', 'track', 'group'].map((type) => sideOf({ type }))).toEqual(sides)
  })

  it('events are counted by how they end', () => {
    const { events = '', preset: id = '' } = examples.find((one) => one.id === 'bad-email') ?? {}
    const results = resultsOf(readyFor('v2', preset(id).settings), readEvents(events).events)
    expect(tallyOf(results)).toMatchObject({ events: 2, endings: { mapped: 0, remarks: 1, skipped: 0, invalid: 1 } })
  })

  it.each([
    ['bad-email', '2 events · 1 mapped with remarks · 1 invalid · 1 intent · 1 call'],
    ['bad-json', '2 events · 2 mapped · 1 unreadable · 3 intents · 3 calls'],
    ['unmapped', '1 event · 1 skipped · 0 intents · 0 calls']
  ])('%s in one line: %s', (id, line) => {
    expect(summaryOf(shownOf(withExample(firstState, id)))).toBe(line)
  })

  it('settings that cannot be used are the line', () => {
    expect(summaryOf(shownOf({ ...firstState, settings: '{' }))).toBe('The settings cannot be used yet')
  })

  it('the caret is in the event that began before it', () => {
    const { events } = readEvents('{"a":1}\n{"b":2}\n\n{"c":3}')
    expect([0, 6, 7, 8, 15, 16, 17, 99].map((offset) => eventAt(events, offset))).toEqual([0, 0, 0, 1, 1, 1, 2, 2])
    expect(eventAt([], 3)).toBe(0)
  })

  it('a text too long and too many events are said', () => {
    expect(readEvents(' '.repeat(4_000_001)).faults.length).toBe(1)
    const { events, faults } = readEvents('{}\n'.repeat(2_001))
    expect([events.length, faults.map(({ at }) => at)]).toEqual([2_000, [6_000]])
  })
})
