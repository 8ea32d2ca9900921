import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFullName, readNames } from '../../src/segment/names.js'
import { readStandardTraits } from '../../src/segment/standard-traits.js'
import { blankText, jsonValue, nameText } from '../arbitraries/events.js'

const walked = readStandardTraits

/** Trimmed and collapsed, by the definition of Unicode's White_Space instead of our table. */
const tidy = (text: string): string => text.replace(/[\p{White_Space}\ufeff]+/gu, ' ').replace(/^ | $/g, '')

const anyText = fc.oneof(nameText, blankText, fc.string({ unit: 'binary' }))
const noText = jsonValue.filter((value) => typeof value !== 'string')
const explicitOrNot = fc.oneof(anyText, noText, fc.constant(undefined))

describe('laws', () => {
  it('N5 with neither name explicit, the present parts joined by a space are the full name, trimmed and collapsed', () => {
    fc.assert(
      fc.property(anyText, fc.option(noText), (name, notText) => {
        const traits = walked(notText === null ? { name } : { name, firstName: notText, lastName: notText })
        const { first, last } = readNames(traits)
        expect([first, last].flatMap((part) => (part === undefined ? [] : [part.value])).join(' ')).toBe(tidy(name))
        expect(readFullName(traits)?.value).toBe(tidy(name))
        expect(last?.value).not.toBe('')
        expect(first?.value).not.toContain(' ')
      })
    )
  })

  it('N6 an explicit text wins, even a blank one', () => {
    fc.assert(
      fc.property(anyText, explicitOrNot, explicitOrNot, (text, other, name) => {
        expect(readNames(walked({ firstName: text, lastName: other, name })).first).toEqual({
          value: text.replace(/^[\p{White_Space}\ufeff]+|[\p{White_Space}\ufeff]+$/gu, ''),
          at: ['traits', 'firstName']
        })
        expect(readNames(walked({ last_name: text, firstName: other, name })).last?.at).toEqual(['traits', 'last_name'])
      })
    )
  })

  it('N6 null and whatever is no text fall back to the full name', () => {
    fc.assert(
      fc.property(noText, noText, anyText, (first, last, name) => {
        expect(readNames(walked({ firstName: first, lastName: last, name }))).toEqual(readNames(walked({ name })))
        expect(readNames(walked({ firstName: first, lastName: last, name: first }))).toEqual({})
      })
    )
  })

  it('one half that is explicit leaves the other to the full name', () => {
    fc.assert(
      fc.property(anyText, anyText, (explicit, name) => {
        const { first, last } = readNames(walked({ name }))
        expect(readNames(walked({ name, firstName: explicit })).last).toEqual(last)
        expect(readNames(walked({ name, lastName: explicit })).first).toEqual(first)
      })
    )
  })

  it('facade’s profile answers as facade does: one kind of space, and a cut that leading blanks move', () => {
    fc.assert(
      fc.property(anyText, (name) => {
        const { first, last } = readNames(walked({ name }), 'facade')
        const trimmed = name.trim()
        expect(first?.value).toBe(trimmed.split(' ')[0])
        expect(last?.value).toBe(trimmed.includes(' ') ? name.substring(trimmed.indexOf(' ') + 1).trim() : undefined)
      })
    )
  })
})

const at = (key: string) => ['traits', key]

describe('names', () => {
  it.each<[string, Record<string, unknown>, unknown, unknown]>([
    ['one word is a first name', { name: 'Ana' }, 'Ana', undefined],
    ['the first word, then the rest', { name: 'Ana Maria de la Cruz' }, 'Ana', 'Maria de la Cruz'],
    ['leading blanks shift nothing', { name: '  Ana Cruz' }, 'Ana', 'Cruz'],
    ['a tab parts names', { name: 'Ana\tCruz' }, 'Ana', 'Cruz'],
    ['a no-break space parts names', { name: 'Ana\u00a0Cruz' }, 'Ana', 'Cruz'],
    ['a next-line character parts names', { name: 'Ana\u0085Cruz' }, 'Ana', 'Cruz'],
    ['an ideographic space parts names', { name: '山田\u3000太郎' }, '山田', '太郎'],
    ['a zero-width joiner parts none', { name: 'Ana\u200dCruz' }, 'Ana\u200dCruz', undefined],
    ['a comma means nothing', { name: 'Cruz, Ana' }, 'Cruz,', 'Ana'],
    ['an empty name is an empty first name', { name: '' }, '', undefined],
    ['a blank name is an empty first name', { name: ' \t ' }, '', undefined],
    ['an object is no name', { name: { first: 'Ana' } }, undefined, undefined],
    ['nothing at all', {}, undefined, undefined],
    ['an explicit name keeps its inner spaces', { firstName: ' Ana  Maria ' }, 'Ana  Maria', undefined],
    ['an explicit blank name wins', { firstName: ' ', name: 'Ana Cruz' }, '', 'Cruz'],
    ['a number is no explicit name', { firstName: 7, name: 'Ana Cruz' }, 'Ana', 'Cruz']
  ])('%s', (_, traits, first, last) => {
    const names = readNames(walked(traits))
    expect([names.first?.value, names.last?.value]).toEqual([first, last])
  })

  it('are trimmed as JavaScript trims in facade’s profile: a next-line character stays', () => {
    const traits = walked({ firstName: ' \u0085Ana ', last_name: '\u0085Cruz\u00a0' })
    expect(readNames(traits)).toMatchObject({ first: { value: 'Ana' }, last: { value: 'Cruz' } })
    expect(readNames(traits, 'facade')).toMatchObject({ first: { value: '\u0085Ana' }, last: { value: '\u0085Cruz' } })
  })

  it('says which trait each half was read from', () => {
    expect(readNames(walked({ 'First Name': 'Ana', name: 'Ana Cruz' }))).toEqual({
      first: { value: 'Ana', at: at('First Name') },
      last: { value: 'Cruz', at: at('name') }
    })
  })
})

describe('the full name', () => {
  it.each<[string, Record<string, unknown>, unknown]>([
    [
      'the trait, tidied',
      { name: ' Ana \t Cruz ', firstName: 'B', lastName: 'C' },
      { value: 'Ana Cruz', at: at('name') }
    ],
    ['the trait, even when it is blank', { name: ' ', firstName: 'B', lastName: 'C' }, { value: '', at: at('name') }],
    ['both halves', { first_name: 'Ana', lastName: ' Cruz' }, { value: 'Ana Cruz', at: at('first_name') }],
    ['not one half alone', { firstName: 'Ana' }, undefined],
    ['not the other half alone', { lastName: 'Cruz' }, undefined],
    ['not with a blank first half', { firstName: ' ', lastName: 'Cruz' }, undefined],
    ['not with a blank last half', { firstName: 'Ana', lastName: '' }, undefined]
  ])('is %s', (_, traits, expected) => {
    expect(readFullName(walked(traits))).toEqual(expected)
  })

  it('is only trimmed in facade’s profile', () => {
    expect(readFullName(walked({ name: ' Ana  Cruz ' }), 'facade')?.value).toBe('Ana  Cruz')
  })
})
