import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainV2 } from '../../src/explain/explain-v2.js'
import { describeProblem, type Problem } from '../../src/ground/problem.js'
import type { Mapped, Mapper } from '../../src/intent/mapped.js'
import { browserMapper as v1BrowserMapper, mapper as v1Mapper } from '../../src/v1/mapper.js'
import { replacingRetired } from '../../src/v1/replace-retired.js'
import { decodeSettings, SettingsFromJson } from '../../src/v2/decode-settings.js'
import { browserMapper, browserStart, mapper } from '../../src/v2/mapper.js'
import { settingRows } from '../../src/v2/setting-names.js'
import {
  deepFrozen,
  foreign,
  hostileEvent,
  hostileValue,
  jsonValue,
  merged,
  oddEvent,
  oddValue,
  revoked
} from '../arbitraries/events.js'
import { fragile, restless } from '../arbitraries/hostile.js'
import {
  browserSettings,
  cloudSettings,
  encounter,
  givenSettings,
  mappedName,
  settings
} from '../arbitraries/settings.js'
import { encounter as v1Encounter, settings as v1Settings } from '../arbitraries/v1-settings.js'
import { problemsOf } from '../v2/given.js'

/** A contract on one side: settings, events that meet them, and the mapper that they make. */
interface Side {
  readonly name: string
  readonly met: fc.Arbitrary<Meeting>
}

/** Settings and an event; `mapperOf` makes a mapper of the settings as they are, or of what `through` makes of them. */
interface Meeting {
  readonly settings: unknown
  readonly event: Readonly<Record<string, unknown>>
  readonly mapperOf: (through?: <A>(settings: A) => A) => Mapper
}

const side = <S>(
  name: string,
  met: fc.Arbitrary<readonly [S, Readonly<Record<string, unknown>>]>,
  mapperOf: (settings: S) => Mapper
): Side => ({
  name,
  met: met.map(([settings, event]) => ({
    settings,
    event,
    mapperOf: (through = (same) => same) => mapperOf(through(settings))
  }))
})

const inBrowser = (profile: 'default' | 'exact') => browserSettings.map((s) => ({ ...s, browserProfile: profile }))
const v1InBrowser = (profile: 'default' | 'exact') => v1Settings.map((s) => ({ ...s, browserProfile: profile }))

const sides: ReadonlyArray<Side> = [
  side('v2 on the server', encounter(cloudSettings), mapper),
  side('v2 in the browser', encounter(inBrowser('default')), browserMapper),
  side('v2 in the browser, exact profile', encounter(inBrowser('exact')), browserMapper),
  side('v1 on the server', v1Encounter(v1Settings), v1Mapper),
  side('v1 in the browser', v1Encounter(v1InBrowser('default')), (of) => v1BrowserMapper(of)),
  side('v1 in the browser with a key', v1Encounter(v1InBrowser('default')), (of) =>
    v1BrowserMapper(of, { privateKey: 'k', runsIn: 'server' })
  ),
  side('v1 in the browser, exact profile', v1Encounter(v1InBrowser('exact')), (of) => v1BrowserMapper(of)),
  side('v1 on the server, over living routes', v1Encounter(v1Settings), (of) => replacingRetired({})(v1Mapper(of)))
]

/** Traits and properties, each of which may be something that JSON does not know. */
const strangers = fc
  .array(
    fc.tuple(
      fc.oneof(mappedName, fc.constantFrom('gender', 'phone', 'birthday', 'address', 'firstName', 'url', 'referrer')),
      fc.oneof(
        oddValue,
        fc.constantFrom(Number.NaN, -0, Number.NEGATIVE_INFINITY, undefined, [undefined], { city: -0 })
      )
    ),
    { maxLength: 4 }
  )
  .map((entries) => Object.fromEntries([['email', 'ana@corp.test'], ...entries]))

/** A verdict with something in it, each problem of which can be said. */
const expectVerdict = (verdict: Mapped): void => {
  expect(['Left', 'Right', 'Both']).toContain(verdict._tag)
  if (verdict._tag !== 'Left') expect(verdict.right.length).toBeGreaterThan(0)
  if (verdict._tag !== 'Right') expect(verdict.left.length).toBeGreaterThan(0)
  for (const problem of problemsOf(verdict)) expectProblem(problem)
}

const expectProblem = (problem: Problem): void => {
  expect(['skipped', 'invalid', 'dropped', 'warning']).toContain(problem.weight)
  expect(describeProblem(problem)).toContain(problem.mend)
}

/** What came out is what its JSON says: nothing undefined, no Date, no NaN, no -0, no member that JSON drops. */
const expectJson = (value: unknown): void => {
  expectSame(JSON.parse(JSON.stringify(value)), value)
}

/** Two values of one shape and content. Node compares them: a member called `constructor` confuses the test runner. */
const expectSame = (value: unknown, other: unknown): void => {
  if (!isDeepStrictEqual(value, other)) expect(value).toStrictEqual(other)
  expect(isDeepStrictEqual(value, other)).toBe(true)
}

describe.each(sides)('$name', ({ met }) => {
  it('P1 the same event gives the same verdict, also from a mapper made of equal settings', () => {
    fc.assert(
      fc.property(met, ({ mapperOf, event }) => {
        const map = mapperOf()
        const first = map(event)
        expectSame(map(structuredClone(event)), first)
        expectSame(mapperOf(structuredClone)(event), first)
      })
    )
  })

  it('P2 settings and event stay as they were, frozen or not', () => {
    fc.assert(
      fc.property(met, ({ mapperOf, settings: of, event }) => {
        const before = structuredClone([of, event])
        const verdict = mapperOf()(event)
        expect([of, event]).toEqual(before)
        expectSame(mapperOf(deepFrozen)(deepFrozen(event)), verdict)
      })
    )
  })

  it('P3 any value gets a verdict', () => {
    fc.assert(
      fc.property(met, hostileEvent, ({ mapperOf }, event) => {
        expectVerdict(mapperOf()(event))
      })
    )
  })

  it('P3 an event that breaks at any moment of being read gets a verdict', () => {
    fc.assert(
      fc.property(met, fc.nat(200), ({ mapperOf, event }, patience) => {
        expectVerdict(mapperOf()(fragile(event, patience)))
      })
    )
  })

  it('P4 what comes out equals its JSON round trip', () => {
    fc.assert(
      fc.property(met, ({ mapperOf, event }) => {
        expectJson(mapperOf()(event))
      })
    )
  })

  it('P4 also when what came in was no JSON', () => {
    fc.assert(
      fc.property(met, oddEvent, strangers, ({ mapperOf, event: own }, event, members) => {
        const map = mapperOf()
        expectJson(map(event))
        expectJson(map({ ...own, traits: members, properties: members }))
        expectJson(map({ ...own, traits: merged(own.traits, members) }))
      })
    )
  })

  it('P4 also when members answer differently each time they are read', () => {
    fc.assert(
      fc.property(met, fc.infiniteStream(hostileValue), ({ mapperOf, event }, whims) => {
        const verdict = mapperOf()(restless(event, whims))
        expectVerdict(verdict)
        expectJson(verdict)
      })
    )
  })

  it('P5 an event parsed in another realm maps like our own', () => {
    fc.assert(
      fc.property(met, ({ mapperOf, event }) => {
        expectSame(mapperOf()(foreign(event)), mapperOf()(event))
      })
    )
  })
})

describe('what starts in the browser', () => {
  it('P1, P2, P4 is decided by settings alone, which stay as they were', () => {
    fc.assert(
      fc.property(settings, (of) => {
        const before = structuredClone(of)
        const start = browserStart(of)
        expectVerdict(start)
        expectJson(start)
        expect(of).toEqual(before)
        expect(browserStart(deepFrozen(structuredClone(of)))).toStrictEqual(start)
      })
    )
  })
})

describe('explanations', () => {
  const whose = fc.constantFrom('server' as const, 'browser' as const)

  it('P1, P2 the same event is explained in the same words and stays as it was', () => {
    fc.assert(
      fc.property(encounter(settings), whose, ([of, event], where) => {
        const before = structuredClone([of, event])
        const first = explainV2(of, where)(event)
        expect([of, event]).toEqual(before)
        expect(explainV2(deepFrozen(of), where)(deepFrozen(event))).toStrictEqual(first)
      })
    )
  })

  it('P3 any value gets an explanation', () => {
    fc.assert(
      fc.property(settings, whose, hostileEvent, (of, where, event) => {
        const { verdict, moves, stays } = explainV2(of, where)(event)
        expectVerdict(verdict)
        expect(moves.length + stays.length).toBeGreaterThan(0)
      })
    )
  })

  it('P4 an explanation equals its JSON round trip', () => {
    fc.assert(
      fc.property(encounter(settings), whose, ([of, event], where) => {
        expectJson(explainV2(of, where)(event))
      })
    )
  })

  it('P5 an event parsed in another realm is explained like our own', () => {
    fc.assert(
      fc.property(encounter(settings), whose, ([of, event], where) => {
        expect(explainV2(of, where)(foreign(event))).toStrictEqual(explainV2(of, where)(event))
      })
    )
  })
})

describe('settings', () => {
  const memberName = fc.constantFrom(
    ...Object.entries(settingRows).flatMap(([name, { segment }]) => (segment === null ? [name] : [name, segment])),
    ...['beta', 'clientId', 'clientSecret', '__proto__', 'constructor']
  )
  const oddly = fc
    .tuple(givenSettings, fc.dictionary(memberName, fc.oneof(jsonValue, hostileValue), { maxKeys: 4 }))
    .map(([given, odd]) => ({ ...given, ...odd }))

  it('P1, P2 decode the same each time and stay as they were', () => {
    fc.assert(
      fc.property(givenSettings, (given) => {
        const before = structuredClone(given)
        const first = decodeSettings(given)
        expect(given).toEqual(before)
        expect(decodeSettings(deepFrozen(given))).toStrictEqual(first)
      })
    )
  })

  it('P3, P4 any value is read or refused, and what comes out equals its JSON round trip', () => {
    fc.assert(
      fc.property(fc.oneof(oddly, hostileValue, jsonValue), (given) => {
        const read = decodeSettings(given)
        expect(['Left', 'Right', 'Both']).toContain(read._tag)
        if (read._tag !== 'Right') for (const problem of read.left) expectProblem(problem)
        expectJson(read)
        expect(['Left', 'Right']).toContain(SettingsFromJson.decode(given)._tag)
      })
    )
  })

  it('P3 settings that break at any moment of being read are refused or read', () => {
    fc.assert(
      fc.property(givenSettings, fc.nat(400), (given, patience) => {
        const breaking = fragile(given, patience)
        expect(['Left', 'Right', 'Both']).toContain(decodeSettings(breaking)._tag)
        expect(typeof SettingsFromJson.is(fragile(given, patience))).toBe('boolean')
      })
    )
  })

  it('P3 a value that cannot even be asked whether it is a list is refused', () => {
    expect(decodeSettings(revoked())._tag).toBe('Left')
  })

  it('P5 settings parsed in another realm are read like our own', () => {
    fc.assert(
      fc.property(givenSettings, (given) => {
        expect(decodeSettings(foreign(given))).toStrictEqual(decodeSettings(given))
      })
    )
  })
})
