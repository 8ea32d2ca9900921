import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isEmail } from '../../src/marketo/email.js'

/** The same judgement with the length of a label in the grammar, which takes too many steps for the road. */
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?'
const oracle = new RegExp(`^[A-Za-z0-9.!#$%&'*+/=?^_\`{|}~-]+@(?:${label}\\.)+(?=[A-Za-z])(?=..)${label}$`)

const nearly = fc
  .array(
    fc.constantFrom(
      'a',
      'B',
      '7',
      '.',
      '-',
      '_',
      '+',
      '@',
      '"',
      ' ',
      ',',
      'é',
      'com',
      'xn--p1ai',
      'ana@',
      '.com',
      '\n'
    ),
    {
      maxLength: 12
    }
  )
  .map((parts) => parts.join(''))

describe('laws', () => {
  it('agrees with the grammar said a second time', () => {
    fc.assert(
      fc.property(fc.oneof(nearly, fc.string(), fc.emailAddress()), (text) => {
        expect(isEmail(text)).toBe(text.length <= 255 && oracle.test(text))
      }),
      { numRuns: 5_000 }
    )
  })

  it('agrees with it on every ASCII character in every kind of place', () => {
    for (let code = 0; code < 128; code += 1) {
      const c = String.fromCharCode(code)
      const places = [
        `${c}@b.co`,
        `a${c}a@b.co`,
        `a@${c}b.co`,
        `a@b${c}b.co`,
        `a@b${c}.co`,
        `a@b.${c}o`,
        `a@b.c${c}`,
        `a@b.c${c}o`
      ]
      expect(places.map(isEmail)).toEqual(places.map((text) => oracle.test(text)))
    }
  })

  it('an address of RFC 5322 is one', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (text) => {
        expect(isEmail(text)).toBe(true)
      })
    )
  })

  it('a blank, a control character or a letter beyond ASCII anywhere makes it none', () => {
    const odd = fc.constantFrom(
      ' ',
      '\t',
      '\n',
      '\u0000',
      '\u007f',
      '\u00a0',
      'é',
      '\ud83d',
      ',',
      ';',
      '"',
      '(',
      '<',
      '\\',
      '@'
    )
    fc.assert(
      fc.property(fc.emailAddress(), odd, fc.nat(), (text, character, at) => {
        const i = at % (text.length + 1)
        expect(isEmail(text.slice(0, i) + character + text.slice(i))).toBe(false)
      })
    )
  })
})

describe('addresses', () => {
  it.each([
    'ana@example.com',
    'ana+news@mail.example.co.uk',
    "o'brien@example.com",
    'a@b.co',
    'ana@1and1.com',
    'ana@xn--mnchen-3ya.de',
    'ana@example.xn--p1ai',
    'ana@example.c--d',
    'ana@example.c-d-e--f',
    '.ana..b.@docomo.example.jp',
    `a@${'b'.repeat(63)}.com`,
    `${'a'.repeat(243)}@example.com`
  ])('%s is one', (text) => {
    expect(isEmail(text)).toBe(true)
  })

  it.each([
    ['', 'empty'],
    ['ana', 'no @'],
    ['@example.com', 'no local part'],
    ['ana@', 'no domain'],
    ['ana@example', 'no dot in the domain'],
    ['ana@@example.com', 'two @'],
    ['ana@example@example.com', 'two @ apart'],
    ['ana@.example.com', 'an empty first label'],
    ['ana@example..com', 'an empty label'],
    ['ana@example.com.', 'a dot behind'],
    ['ana@-example.com', 'a hyphen first'],
    ['ana@example-.com', 'a hyphen last'],
    ['ana@example.c-_d', 'an underscore behind a hyphen'],
    ['ana@example.c-', 'a hyphen at the end'],
    ['ana@exa_mple.com', 'an underscore in the domain'],
    ['ana@example.c', 'a last label of one letter'],
    ['ana@192.168.0.1', 'an address of numbers'],
    ['ana@example.7com', 'a last label that begins with a digit'],
    [`a@${'b'.repeat(64)}.com`, 'a label of 64'],
    [`${'a'.repeat(244)}@example.com`, '256 characters'],
    ['"ana b"@example.com', 'quotes'],
    ['Ana <ana@example.com>', 'a name beside it'],
    ['mailto:ana@example.com', 'a scheme'],
    ['ana@example.com,bob@example.com', 'two addresses']
  ])('%j is none: %s', (text) => {
    expect(isEmail(text)).toBe(false)
  })
})
