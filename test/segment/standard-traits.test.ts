import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { looseMember } from '../../src/segment/key.js'
import { foundAt, pathAt, saidAt } from '../../src/segment/pick.js'
import {
  inContextTraits,
  inTraits,
  position,
  readStandardTraits,
  type StandardTrait,
  standardTraitNames
} from '../../src/segment/standard-traits.js'
import { traits } from '../arbitraries/events.js'

describe('laws', () => {
  it('one walk finds what a look-up of each name would find', () => {
    fc.assert(
      fc.property(traits, (record) => {
        const walked = readStandardTraits(record)
        standardTraitNames.forEach((name, at) => {
          const member = looseMember(record, name)
          expect([walked.keys[at], walked.values[at]]).toEqual([member?.key, member?.value])
        })
      })
    )
  })

  it('every key that spells a standard trait is read or shadowed', () => {
    fc.assert(
      fc.property(traits, (record) => {
        const { keys, shadowed } = readStandardTraits(record)
        const known = Object.keys(record).filter((key) =>
          standardTraitNames.some((name) => looseMember({ [key]: 1 }, name))
        )
        expect([...keys.filter((key) => key !== undefined), ...shadowed].sort()).toEqual(known.sort())
      })
    )
  })
})

describe('the table', () => {
  it('gives each name its place', () => {
    expect(Object.keys(position)).toEqual(standardTraitNames)
    expect(Object.values(position)).toEqual(standardTraitNames.map((_, at) => at))
  })

  it.each([
    [['traits'], inTraits],
    [['context', 'traits'], inContextTraits]
  ])('makes the paths below %j ready', (at, place) => {
    expect(place).toEqual({ at, members: standardTraitNames.map((name) => [...at, name]) })
  })
})

const email: StandardTrait = 'email'

describe('what a walk found', () => {
  const walked = readStandardTraits({ EMAIL: null, E_mail: 'a', email: 'b', name: '', phone: null, Gender: 'f' })

  it('names the spellings that were passed over, in the order of the alphabet', () => {
    expect(walked.shadowed).toEqual(['EMAIL', 'E_mail'])
    expect(readStandardTraits({ E_mail: 'a', EMAIL: 'b', email: 'c' }).shadowed).toEqual(['EMAIL', 'E_mail'])
    expect(readStandardTraits({ email: 'b', name: 'x' }).shadowed).toEqual([])
  })

  it('reuses the ready path where the plain name was used', () => {
    expect(pathAt(walked, position[email])).toBe(inTraits.members[position[email]])
    expect(pathAt(walked, position.gender)).toEqual(['traits', 'Gender'])
    expect(pathAt(walked, position.company)).toEqual(['traits', 'company'])
  })

  it('holds null and empty text apart from nothing', () => {
    expect(foundAt(walked, position.name)).toEqual({ value: '', at: ['traits', 'name'] })
    expect(foundAt(walked, position.phone)).toEqual({ value: null, at: ['traits', 'phone'] })
    expect(foundAt(walked, position.company)).toBeUndefined()
    expect(saidAt(walked, position.name)).toBeUndefined()
    expect(saidAt(walked, position.phone)).toBeUndefined()
    expect(saidAt(walked, position.gender)).toEqual({ value: 'f', at: ['traits', 'Gender'] })
  })

  it('passes over a member that holds undefined', () => {
    expect(readStandardTraits({ email: undefined, Email: 'a' }).keys[position.email]).toBe('Email')
    expect(readStandardTraits({ email: undefined, Email: 'a' }).shadowed).toEqual([])
  })

  it('does not take a null away from a value that stands before it', () => {
    expect(readStandardTraits({ Email: 'a', email: null })).toMatchObject({ shadowed: ['email'] })
    expect(readStandardTraits({ Email: 'a', email: null }).values[position.email]).toBe('a')
  })
})
