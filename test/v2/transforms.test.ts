import { format, isValid, parse } from 'date-fns'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileTransforms, isDateFormat, isUnfit, type Transform } from '../../src/v2/transforms.js'
import { jsonValue } from '../arbitraries/events.js'
import { transform } from '../arbitraries/settings.js'
import { transformCases } from '../cases/v2-transforms.js'

/** A value through transforms; null when it is refused. */
const through = (transforms: ReadonlyArray<Transform>, value: unknown): unknown => {
  const steps = compileTransforms(transforms)
  const out = steps === undefined ? value : steps(value)
  return typeof out === 'object' && out !== null && !Array.isArray(out) ? null : out
}

describe('cases', () => {
  it.each(transformCases)('$name', ({ input, expected }) => {
    expect(through(input.transforms, input.value)).toEqual(expected)
  })

  it('say what was found and how to mend it, never the value', () => {
    const said = (transforms: ReadonlyArray<Transform>, value: unknown) => compileTransforms(transforms)?.(value)
    expect(said([{ table: {} }], 'gold')).toEqual({
      found: 'text',
      mend: 'add the value to the table of this mapping, or give it `otherwise`'
    })
    expect(said([{ join: ',' }], [['a']])).toEqual({
      found: 'a list',
      mend: 'only texts, numbers and booleans can be joined: flatten the list first'
    })
    expect(said([{ date: 'DD.MM.YYYY' }], 'x')).toEqual({
      found: 'text',
      mend: 'the value is not a day written in the `date` format of this mapping'
    })
    expect(said(['trim'], {})).toEqual({ found: 'an object', mend: 'send text, a number, a boolean or a list of them' })
  })
})

describe('laws', () => {
  it('no transforms are no steps', () => {
    expect(compileTransforms([])).toBe(undefined)
  })

  it('P3 any value comes through any transforms, as a scalar, a list or a refusal', () => {
    fc.assert(
      fc.property(
        fc.array(transform, { minLength: 1, maxLength: 4 }),
        fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }),
        (transforms, value) => {
          const out = compileTransforms(transforms)?.(value)
          expect(out === undefined || typeof out !== 'object' || Array.isArray(out) || isUnfit(out)).toBe(true)
        }
      )
    )
  })

  it('several are one after another', () => {
    fc.assert(
      fc.property(
        fc.array(transform, { maxLength: 3 }),
        fc.array(transform, { maxLength: 3 }),
        fc.oneof(fc.string(), fc.integer(), fc.array(fc.string())),
        (first, then, value) => {
          const halfway = through(first, value)
          expect(through([...first, ...then], value)).toEqual(halfway === null ? null : through(then, halfway))
        }
      )
    )
  })

  it('trim, lower and upper are as idempotent as the language’s own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(through(['trim'], text)).toBe(text.trim())
        expect(through(['lower'], text)).toBe(text.toLowerCase())
        expect(through(['upper'], text)).toBe(text.toUpperCase())
      })
    )
  })

  it('a cut text is the first characters of the text, no more than asked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), fc.integer({ min: 1, max: 20 }), (text, most) => {
        expect(through([{ cut: most }], text)).toBe([...text].slice(0, most).join(''))
      })
    )
  })

  it('a joined list is what the language joins, when all of it is scalar', () => {
    fc.assert(
      fc.property(fc.array(jsonValue), fc.string({ maxLength: 2 }), (list, join) => {
        const isScalar = list.every((item) => typeof item !== 'object')
        expect(through([{ join }], list)).toBe(isScalar ? list.map(String).join(join) : null)
      })
    )
  })

  // What date-fns calls the three tokens; its letters differ, and literal text must be quoted.
  const formats = ['DD.MM.YYYY', 'YYYYMMDD', 'MM/DD/YYYY', 'YYYY-DD-MM', 'DD MM YYYY'] as const
  const theirs = (ours: string): string => ours.replace('YYYY', 'yyyy').replace('DD', 'dd')

  it('a day is read back from the way date-fns writes it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...formats),
        fc.date({ min: new Date(0, 0, 1), max: new Date(9999, 0, 1), noInvalidDate: true }),
        (ours, day) => {
          expect(through([{ date: ours }], format(day, theirs(ours)))).toBe(format(day, 'yyyy-MM-dd'))
        }
      )
    )
  })

  it('a text is a day exactly when date-fns reads it, and writes it so again', () => {
    const digits = fc.tuple(
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 0, max: 15 }),
      fc.integer({ min: 1, max: 9999 })
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...formats),
        digits,
        fc.constantFrom('.', '/', '-', ' ', ''),
        (ours, [d, m, y], between) => {
          const written = ours
            .replace(/[^DMY]/g, between)
            .replace('DD', String(d).padStart(2, '0'))
            .replace('MM', String(m).padStart(2, '0'))
            .replace('YYYY', String(y).padStart(4, '0'))
          const day = parse(written, theirs(ours), new Date(2000, 0, 1))
          const isDay = isValid(day) && format(day, theirs(ours)) === written
          expect(through([{ date: ours }], written)).toBe(isDay ? format(day, 'yyyy-MM-dd') : null)
        }
      )
    )
  })
})

describe('date formats', () => {
  it.each(['DD.MM.YYYY', 'YYYYMMDD', 'YYYY MM DD', 'DDMMYYYY'])('%s names year, month and day', (text) => {
    expect(isDateFormat(text)).toBe(true)
  })

  it.each(['DD.MM.YY', 'DD.MM', 'YYYY', 'dd.mm.yyyy', 'DD.DD.MM.YYYY', 'DD.MM.YYYYY', 'DDD.MM.YYYY', ''])(
    '%j does not, once each',
    (text) => {
      expect(isDateFormat(text)).toBe(false)
    }
  )
})
