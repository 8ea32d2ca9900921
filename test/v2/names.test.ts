/**
 * The laws of names, through the whole mapping.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blankText, jsonValue, nameText, spellingOf } from '../arbitraries/events.js'
import { intentsOf, serverMapper } from './given.js'

const map = serverMapper()

/** The fields of an identify with these traits. */
const fieldsOf = (traits: unknown): Readonly<Record<string, unknown>> => {
  const [intent] = intentsOf(map({ type: 'identify', userId: 'u1', traits }))
  return intent?._tag === 'UpsertLead' ? intent.fields : {}
}

/** Trimmed, and each run of white space one space; U+0085 is white space to Unicode and not to JavaScript. */
const tidy = (text: string): string => text.replace(/[\s\u0085]+/g, ' ').replace(/^ | $/g, '')

const notText = fc
  .oneof(fc.constantFrom<unknown>(null, undefined, 7, true, [], {}, ['Ana']), jsonValue)
  .filter((value) => typeof value !== 'string')

describe('laws', () => {
  it('N5 with neither name explicit, the present parts joined by one space are the full name, tidied', () => {
    fc.assert(
      fc.property(nameText, spellingOf('name'), (name, spelling) => {
        const { firstName, lastName } = fieldsOf({ [spelling]: name })
        expect([firstName, lastName].filter((part) => part !== undefined).join(' ')).toBe(tidy(name))
        expect(String(firstName)).not.toMatch(/\s/)
      })
    )
  })

  it('N5 a blank full name gives neither name', () => {
    fc.assert(
      fc.property(blankText, (name) => {
        expect(fieldsOf({ name })).toEqual({ userId: 'u1' })
      })
    )
  })

  it('N6 an explicit text wins over the full name, and is left out when blank', () => {
    fc.assert(
      fc.property(nameText, fc.oneof(nameText, blankText), spellingOf('firstName'), (name, first, spelling) => {
        expect(fieldsOf({ name, [spelling]: first }).firstName).toBe(
          tidy(first) === '' ? undefined : first.replace(/^[\s\u0085]+|[\s\u0085]+$/g, '')
        )
        expect(fieldsOf({ name, [spelling]: first }).lastName).toBe(fieldsOf({ name }).lastName)
      })
    )
  })

  it('N6 the last name likewise', () => {
    fc.assert(
      fc.property(nameText, fc.oneof(nameText, blankText), spellingOf('lastName'), (name, last, spelling) => {
        expect(fieldsOf({ name, [spelling]: last }).lastName).toBe(
          tidy(last) === '' ? undefined : last.replace(/^[\s\u0085]+|[\s\u0085]+$/g, '')
        )
        expect(fieldsOf({ name, [spelling]: last }).firstName).toBe(fieldsOf({ name }).firstName)
      })
    )
  })

  it('N6 null and what is no text fall back to the full name', () => {
    fc.assert(
      fc.property(nameText, notText, notText, (name, firstName, lastName) => {
        const { firstName: first, lastName: last } = fieldsOf({ name, firstName, lastName })
        expect(first).toBe(fieldsOf({ name }).firstName)
        // A list or an object is no last name for a full name of one word; a number or a boolean is its text.
        if (tidy(name).includes(' ')) expect(last).toBe(fieldsOf({ name }).lastName)
      })
    )
  })
})
