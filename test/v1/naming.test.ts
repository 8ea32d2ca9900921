import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leadFields } from '../../src/marketo/lead-fields.js'
import { isWhite } from '../../src/segment/white-space.js'
import { eventUrl, rawEventUrl } from '../../src/v1/event-url.js'
import { collisionsOf, fieldFor, rightCasing, traitFor, unreachableFields } from '../../src/v1/naming.js'
import { eventCases, fieldCases } from '../cases/v1-names.js'

const isLone = (text: string): boolean =>
  /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)

const bare = (text: string): string =>
  Array.from({ length: text.length }, (_, i) => (isWhite(text.charCodeAt(i)) ? '' : text.charAt(i))).join('')

/** Names as people make them, and any other text. */
const name = fc.oneof(
  fc.string({
    unit: fc.constantFrom('a', 'b', 'Z', '_', '-', '.', '1', ' ', '\t', '\u00a0', '\u3000', 'é', 'ß', 'ǆ', '😀', '𐐨'),
    maxLength: 12
  }),
  fc.string({ unit: 'grapheme', maxLength: 12 })
)

describe('laws', () => {
  it('N1 naming a name again changes nothing', () => {
    fc.assert(
      fc.property(name, (trait) => {
        fc.pre(!isLone(trait))
        expect(fieldFor(fieldFor(trait))).toBe(fieldFor(trait))
      })
    )
  })

  it('N1 half a surrogate pair is no name: it comes out as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 6 }), fc.constantFrom('\ud83d', '\ude00'), (text, half) => {
        fc.pre(isLone(text + half))
        expect(fieldFor(text + half)).toBe(text + half)
        expect(traitFor(text + half)._tag).toBe('Left')
      })
    )
  })

  it('N2 no name holds white space', () => {
    fc.assert(
      fc.property(name, (trait) => {
        fc.pre(!isLone(trait))
        const field = fieldFor(trait)
        expect(bare(field)).toBe(field)
      })
    )
  })

  it('N3 but for white space and the size of letters, name and field are equal', () => {
    fc.assert(
      fc.property(name, (trait) => {
        fc.pre(!isLone(trait))
        expect(fieldFor(trait).toUpperCase()).toBe(bare(trait).toUpperCase())
      })
    )
  })

  it('N3 each word stands in the field with its tail unchanged, in order', () => {
    const word = name.map(bare).filter((text) => text !== '' && !isLone(text))
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), fc.constantFrom(' ', '\t', '  '), (words, gap) => {
        const tails = words.map((text) => text.slice(String.fromCodePoint(text.codePointAt(0) ?? 0).length))
        const firsts = words.map((text) => String.fromCodePoint(text.codePointAt(0) ?? 0).toUpperCase())
        expect(fieldFor(words.join(gap))).toBe(firsts.map((first, i) => first + tails[i]).join(''))
      })
    )
  })

  it('N4 of traits with one name all but one are a problem, and the same one stays in any order', () => {
    const twin = fc.constantFrom(
      'plan name',
      'planName',
      'PlanName',
      'plan  Name',
      ' planName',
      'seats',
      'Seats',
      'other'
    )
    fc.assert(
      fc.property(fc.uniqueArray(twin, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (traits, order) => {
        const losers = (list: ReadonlyArray<string>) =>
          collisionsOf(list)
            .map(({ at }) => list[Number(at[0])])
            .sort()
        const shuffled = traits
          .map((trait) => [order.next().value, trait] as const)
          .sort((a, b) => a[0] - b[0])
          .map(([, trait]) => trait)
        expect(losers(shuffled)).toEqual(losers(traits))
        expect(losers(traits)).toHaveLength(traits.length - new Set(traits.map(fieldFor)).size)
        for (const problem of collisionsOf(traits)) {
          if (problem._tag !== 'Conflict') throw new Error('not a conflict')
          const [loser, winner] = [traits[Number(problem.at[0])] ?? '', traits[Number(problem.with[0])] ?? '']
          expect(fieldFor(loser)).toBe(fieldFor(winner))
          expect(losers(traits)).not.toContain(winner)
        }
      })
    )
  })

  it('the trait for a field is one that is named so, and there is one for every field that any trait reaches', () => {
    fc.assert(
      fc.property(name, (trait) => {
        fc.pre(!isLone(trait) && bare(trait) !== '')
        const back = traitFor(fieldFor(trait))
        expect(back._tag).toBe('Right')
        expect(back._tag === 'Right' && fieldFor(back.right)).toBe(fieldFor(trait))
      })
    )
  })

  it('a field that no trait is named like has no trait', () => {
    fc.assert(
      fc.property(name, (field) => {
        fc.pre(!isLone(field))
        expect(traitFor(field)._tag).toBe(fieldFor(field) === field && field !== '' ? 'Right' : 'Left')
      })
    )
  })
})

describe('documented names', () => {
  it.each(fieldCases)('$name', ({ input, expected }) => {
    expect(fieldFor(input)).toBe(expected)
  })

  it.each(eventCases)('$name', ({ input, expected }) => {
    expect(eventUrl(input)).toBe(expected)
  })

  it('an address with its name as it is', () => {
    expect(rawEventUrl('Trial_Started now')).toBe('/event/Trial_Started now')
    expect(rawEventUrl('/event/a b')).toBe('/event/a b')
  })
})

describe('the way back', () => {
  it.each([
    ['Email', 'email'],
    ['CompanyDunsNumber', 'companyDunsNumber'],
    ['Second_favorite_color', 'second_favorite_color'],
    ['SICCode', 'sICCode'],
    ['2fast', '2fast'],
    ['İx', 'İx'],
    ['SS', 'sS']
  ])('%s is reached by %s', (field, trait) => {
    expect(traitFor(field)).toEqual({ _tag: 'Right', right: trait })
  })

  it.each([
    ['someTrait', 'a name that no trait is given'],
    ['Some Trait', 'a name that no trait is given'],
    ['favoriteColor__c', 'a name that no trait is given'],
    [' ', 'blank text'],
    ['', 'empty text'],
    ['A\ud83d', 'text with half a surrogate pair']
  ])('%j is reached by none', (field, found) => {
    const left = { weight: 'invalid', found, mend: expect.stringMatching(/\S/) }
    expect(traitFor(field, ['x'])).toMatchObject({ _tag: 'Left', left: { ...left, at: ['x'] } })
    expect(traitFor(field)).toMatchObject({ _tag: 'Left', left: { ...left, at: [] } })
  })

  it('a list is checked field by field', () => {
    expect(unreachableFields(['SomeTrait', 'someTrait', 'a b']).map(({ at }) => at)).toEqual([[1], [2]])
    expect(unreachableFields([])).toEqual([])
  })

  it('traits that are given one name are found before they are sent', () => {
    expect(collisionsOf(['a b', 'aB'])).toEqual([
      {
        _tag: 'Conflict',
        weight: 'dropped',
        at: [1],
        with: [0],
        mend: 'both are given one name on the way: send one of them, or rename one'
      }
    ])
    expect(collisionsOf(['same', 'same'])).toEqual([])
  })
})

describe('casing', () => {
  it.each([
    ['DateOfBirth', 'DateofBirth'],
    ['SicCode', 'SICCode'],
    ['EMAIL', 'Email']
  ])('%s is Marketo’s %s', (field, soap) => {
    expect(rightCasing(field)).toBe(soap)
  })

  it.each(leadFields.flatMap(({ soap }) => (soap === null ? [] : [soap])))('%s is right as it is', (soap) => {
    expect(rightCasing(soap)).toBeUndefined()
  })

  it('a field of one’s own has no casing to be right', () => {
    expect(rightCasing('FavoriteColor')).toBeUndefined()
    expect(rightCasing('')).toBeUndefined()
  })
})
