import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readEvent } from '../../src/segment/event.js'
import { readFullName, readNames } from '../../src/segment/names.js'
import { readPersonTraits } from '../../src/segment/person.js'
import { answerTo, type FacadeCase, isRead } from './facade-answers.js'
import { differences, notRead } from './facade-differences.js'

const cases: ReadonlyArray<FacadeCase> = JSON.parse(
  readFileSync(new URL('../cases/facade-vectors.json', import.meta.url), 'utf8')
).cases

const ids = cases.map(({ id }) => id)
const listed = [...differences, ...notRead].map(({ id }) => id)
const unlisted = cases.filter(({ id }) => !listed.includes(id))

describe('the recorded answers of facade', () => {
  it('are all there, each once', () => {
    expect(cases).toHaveLength(254)
    expect(new Set(ids).size).toBe(254)
  })

  it('belong to one class each: alike, otherwise or not read', () => {
    expect(new Set(listed).size).toBe(listed.length)
    expect(listed.filter((id) => !ids.includes(id))).toEqual([])
  })

  it.each(unlisted.map((one): [string, FacadeCase] => [one.id, one]))('%s is answered alike', (_, one) => {
    expect(isRead(one.getter)).toBe(true)
    expect(answerTo(one)).toStrictEqual(one.expected)
  })

  it.each(differences.map((one) => [one.id, one] as const))(
    '%s is answered otherwise, as listed',
    (id, { ours, why }) => {
      const one = cases.find((candidate) => candidate.id === id)
      expect(one === undefined ? id : answerTo(one)).toStrictEqual(ours)
      expect(isDeepStrictEqual(one?.expected, ours)).toBe(false)
      expect(why).not.toBe('')
    }
  )

  it('give every unread case a reason', () => {
    expect(notRead.filter(({ why }) => why === '')).toEqual([])
  })
})

/** Which of two spellings of a trait is read stays ours in every profile. */
const spelling = 'identify-firstName-040'

const nameCases = cases.filter(
  ({ id, getter }) => /^Identify\.(firstName|lastName|name)$/.test(getter) && id !== spelling
)

describe('the name profile of facade', () => {
  it.each(nameCases.map((one): [string, FacadeCase] => [one.id, one]))('answers %s as facade does', (_, one) => {
    const event = readEvent(one.event, [])
    const traits = event === undefined ? undefined : readPersonTraits(event)
    const names = traits === undefined ? undefined : readNames(traits, 'facade')
    const answers = {
      'Identify.firstName': names?.first?.value,
      'Identify.lastName': names?.last?.value,
      'Identify.name': traits === undefined ? undefined : readFullName(traits, 'facade')?.value
    }
    expect(Object.entries(answers).find(([getter]) => getter === one.getter)?.[1]).toBe(one.expected)
  })

  it('is tried on every name that was recorded', () => {
    expect(nameCases).toHaveLength(28)
  })
})
