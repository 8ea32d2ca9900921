import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { missing, type Problem } from '../../src/ground/problem.js'
import type { Intent } from '../../src/intent/intent.js'
import { combine, concatMapped, type Findings, guarded, type Mapped, mapped } from '../../src/intent/mapped.js'
import { browserMapper, mapper } from '../../src/v2/mapper.js'
import { hostileValue } from '../arbitraries/events.js'
import { upsertLead, visitPageInBrowser } from '../arbitraries/intents.js'
import { encounter, settings } from '../arbitraries/settings.js'
import { settingsFrom } from '../v2/given.js'

const intent: fc.Arbitrary<Intent> = fc.oneof(upsertLead, visitPageInBrowser)
const problem: fc.Arbitrary<Problem> = fc
  .tuple(fc.constantFrom('invalid' as const, 'warning' as const), fc.string())
  .map(([weight, name]) => missing(weight, [name], 'send it'))

/** A verdict, with at least something in it. */
const verdict: fc.Arbitrary<Mapped> = fc
  .tuple(fc.array(intent, { maxLength: 3 }), fc.array(problem, { maxLength: 3 }))
  .filter(([intents, problems]) => intents.length + problems.length > 0)
  .map(([intents, problems]) => mapped({ intents, problems }))

const intentsOf = (m: Mapped): ReadonlyArray<Intent> => (m._tag === 'Left' ? [] : m.right)
const problemsOf = (m: Mapped): ReadonlyArray<Problem> => (m._tag === 'Right' ? [] : m.left)

const a = missing('invalid', ['a'], 'send a')
const b = missing('warning', ['b'], 'send b')
const { munchkinId } = settingsFrom()
const visit = (url: string): Intent => ({ _tag: 'VisitPageInBrowser', munchkinId, url, params: '' })

describe('a verdict', () => {
  it('holds what was found, and its tag says which of both there is', () => {
    expect(mapped({ intents: [visit('/')], problems: [] })).toEqual({ _tag: 'Right', right: [visit('/')] })
    expect(mapped({ intents: [], problems: [a] })).toEqual({ _tag: 'Left', left: [a] })
    expect(mapped({ intents: [visit('/')], problems: [a, b] })).toEqual({
      _tag: 'Both',
      left: [a, b],
      right: [visit('/')]
    })
  })

  it('that holds nothing says so, for that is a fault of ours', () => {
    expect(mapped({ intents: [], problems: [] })).toEqual({
      _tag: 'Left',
      left: [
        {
          _tag: 'Unreadable',
          weight: 'invalid',
          at: [],
          mend: 'the mapper gave neither an intent nor a reason: please report this'
        }
      ]
    })
  })
})

describe('a guarded mapper', () => {
  it('P3 gives a verdict whatever its event throws, and forgets what it had found', () => {
    const map = guarded((event, findings) => {
      findings.intents.push(visit('/'))
      findings.problems.push(a)
      JSON.stringify(event)
      String(Object(event).type)
    })
    fc.assert(
      fc.property(hostileValue, (event) => {
        const found = map(event)
        if (found._tag === 'Left') {
          expect(found.left).toEqual([
            {
              _tag: 'Unreadable',
              weight: 'invalid',
              at: [],
              mend: 'reading a member of this event threw; send plain JSON'
            }
          ])
        } else expect(found).toEqual({ _tag: 'Both', left: [a], right: [visit('/')] })
      })
    )
  })

  it('has what was found, or the one problem that reading threw', () => {
    const map = guarded((event, { problems }) => {
      problems.push(a)
      if (event === 'throw') throw new Error('no')
    })
    expect(map('go')).toEqual({ _tag: 'Left', left: [a] })
    const thrown = map('throw')
    expect(thrown._tag === 'Left' && thrown.left.map(({ _tag }) => _tag)).toEqual(['Unreadable'])
  })

  it('P1 begins with nothing found each time', () => {
    const map = guarded((_, { problems }: Findings) => {
      problems.push(a)
    })
    expect(map(1)).toEqual(map(2))
  })
})

describe('two verdicts as one', () => {
  it('M4 hold all problems and all intents, the first one’s first', () => {
    fc.assert(
      fc.property(verdict, verdict, (x, y) => {
        const both = concatMapped(x, y)
        expect(intentsOf(both)).toEqual([...intentsOf(x), ...intentsOf(y)])
        expect(problemsOf(both)).toEqual([...problemsOf(x), ...problemsOf(y)])
        expect(both).toEqual(mapped({ intents: [...intentsOf(both)], problems: [...problemsOf(both)] }))
      })
    )
  })

  it('M4 are put together associatively', () => {
    fc.assert(
      fc.property(verdict, verdict, verdict, (x, y, z) => {
        expect(concatMapped(concatMapped(x, y), z)).toEqual(concatMapped(x, concatMapped(y, z)))
      })
    )
  })

  it('P2 are left as they were', () => {
    fc.assert(
      fc.property(verdict, verdict, (x, y) => {
        const before = structuredClone([x, y])
        concatMapped(x, y)
        expect([x, y]).toEqual(before)
      })
    )
  })

  it.each([
    ['Left', 'Left', 'Left'],
    ['Left', 'Right', 'Both'],
    ['Right', 'Left', 'Both'],
    ['Right', 'Right', 'Right'],
    ['Both', 'Right', 'Both'],
    ['Left', 'Both', 'Both']
  ])('%s and %s are %s', (first, second, expected) => {
    const made: Readonly<Record<string, Mapped>> = {
      Left: { _tag: 'Left', left: [a] },
      Right: { _tag: 'Right', right: [visit('/')] },
      Both: { _tag: 'Both', left: [b], right: [visit('/b')] }
    }
    const [x, y] = [made[first], made[second]]
    expect(x !== undefined && y !== undefined && concatMapped(x, y)._tag).toBe(expected)
  })
})

describe('mappers side by side', () => {
  it('M4 hold the first one’s result followed by the others’', () => {
    fc.assert(
      fc.property(encounter(settings), settings, ([of, event], other) => {
        const [first, second, third] = [mapper(of), browserMapper(other), mapper(other)]
        const expected = concatMapped(concatMapped(first(event), second(event)), third(event))
        expect(combine(first, second, third)(event)).toEqual(expected)
        expect(combine(combine(first, second), third)(event)).toEqual(expected)
        expect(combine(first, combine(second, third))(event)).toEqual(expected)
      })
    )
  })

  it('M4 one mapper is itself', () => {
    fc.assert(
      fc.property(encounter(settings), ([of, event]) => {
        expect(combine(mapper(of))(event)).toEqual(mapper(of)(event))
      })
    )
  })
})
