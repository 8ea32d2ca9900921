import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../../src/ground/problem.js'
import { consentFields } from '../../../src/marketo/consent-fields.js'
import { leadFields } from '../../../src/marketo/lead-fields.js'
import { decodeConflictSettings } from '../../../src/writeback/conflict/decode-settings.js'
import { type ConflictSettings, policyOf } from '../../../src/writeback/conflict/policy.js'
import { fieldSettingRows } from '../../../src/writeback/conflict/setting-rows.js'
import { decodeLoopSettings, loopSettingRows, usualLoopSettings } from '../../../src/writeback/loop/settings.js'
import { hostileValue, jsonValue } from '../../arbitraries/events.js'
import { settingsOf } from './given.js'

const problemsOf = (given: unknown): ReadonlyArray<readonly [string, string]> => {
  const read = decodeConflictSettings(given)
  return read._tag === 'Right' ? [] : read.left.map(({ weight, at }) => [weight, at.join('.')])
}

const field = (name: string, settings: unknown): object => ({ fields: { [name]: settings } })

describe('settings', () => {
  it('that say nothing are the usual ones', () => {
    expect(settingsOf({})).toEqual({
      fields: {},
      others: { policy: 'newest', clear: false, owner: 'marketo', toleranceMillis: 2_000, correct: true }
    })
  })

  it('of a field take what all fields have, and its kind’s policy', () => {
    const settings = settingsOf({
      others: { owner: 'segment', clear: true, policy: 'segment' },
      fields: {
        city: { toleranceMillis: '5' },
        unsubscribed: {},
        leadScore: { owner: 'segment' },
        stage__c: { type: 'Score' }
      }
    })
    const shared = {
      owner: 'segment',
      toleranceMillis: 2_000,
      correct: true,
      clear: true,
      stages: null,
      optIn: false,
      custom: null
    }
    expect(settings.fields).toEqual({
      city: { ...shared, policy: 'segment', type: 'string', length: 255, toleranceMillis: 5 },
      unsubscribed: { ...shared, policy: 'monotone', type: 'boolean', length: null, clear: false },
      leadScore: { ...shared, policy: 'marketo', type: 'integer', length: null },
      stage__c: { ...shared, policy: 'marketo', type: 'score', length: null }
    })
    for (const name of ['unsubscribed', 'city']) expect(policyOf(settings)(name)).toEqual(settings.fields[name])
  })

  // biome-ignore format: table
  it.each<[string, unknown, ReadonlyArray<readonly [string, string]>]>([
    ['nothing',                      null,                                                            [['invalid', '']]],
    ['a list of fields',             { fields: [] },                                                  [['invalid', 'fields']]],
    ['a policy of nobody',           field('city', 'newset'),                                         [['invalid', 'fields.city.policy']]],
    ['a number for a policy',        field('city', 7),                                                [['invalid', 'fields.city']]],
    ['an owner of nobody',           field('city', { owner: 'us' }),                                  [['invalid', 'fields.city.owner']]],
    ['a tolerance of days',          field('city', { toleranceMillis: 86_400_001 }),                  [['invalid', 'fields.city.toleranceMillis']]],
    ['one that cut seconds defeat',  field('city', { toleranceMillis: 999 }),                         [['warning', 'fields.city.toleranceMillis']]],
    ['one that they do not',         field('city', { toleranceMillis: 1_000 }),                       []],
    ['one that does not matter',     field('city', { policy: 'segment', toleranceMillis: 0 }),        []],
    ['a negative one',               { others: { toleranceMillis: -1 } },                             [['invalid', 'others.toleranceMillis']]],
    ['a type of nobody',             field('x__c', { type: 'txet' }),                                 [['invalid', 'fields.x__c.type']]],
    ['a type that is no text',       field('x__c', { type: 7 }),                                      [['invalid', 'fields.x__c.type']]],
    ['another type than Marketo’s',  field('city', { type: 'integer' }),                              [['warning', 'fields.city.type']]],
    ['a field of no name',           field('a,b', 'newest'),                                          [['invalid', 'fields.a,b']]],
    ['texts that have no order',     field('city', 'monotone'),                                       [['invalid', 'fields.city.stages']]],
    ['stages twice',                 field('x__c', { policy: 'monotone', stages: ['a', ' a'] }),      [['invalid', 'fields.x__c.stages']]],
    ['no stages',                    field('x__c', { policy: 'monotone', stages: [] }),               [['invalid', 'fields.x__c.stages']]],
    ['stages that are no list',      field('x__c', { stages: 7 }),                                    [['invalid', 'fields.x__c.stages']]],
    ['a type of Marketo’s own, said again', field('city', { type: 'string' }),                        []],
    ['a reference that is written',  field('x__c', { policy: 'newest', type: 'reference' }),          []],
    ['a score that one side owns',   field('leadScore', 'segment'),                                   []],
    ['others that are none',         { others: 7 },                                                   [['invalid', 'others']]],
    ['stages of a flag',             field('unsubscribed', { stages: ['a'] }),                        [['invalid', 'fields.unsubscribed.stages']]],
    ['a function without a name',    field('city', 'custom'),                                         [['invalid', 'fields.city.custom']]],
    ['consent that can be cleared',  field('unsubscribed', { clear: true }),                          [['invalid', 'fields.unsubscribed.clear']]],
    ['consent that may step back',   field('unsubscribed', 'newest'),                                 [['warning', 'fields.unsubscribed']]],
    ['consent that nobody writes',   field('unsubscribed', 'never'),                                  []],
    ['an opt-in of a text',          field('city', { optIn: true }),                                  [['invalid', 'fields.city.optIn']]],
    ['an opt-in of a stage',         field('x__c', { policy: 'monotone', stages: ['a'], optIn: true }), [['invalid', 'fields.x__c.optIn']]],
    ['an opt-in of a flag',          field('x__c', { policy: 'monotone', type: 'boolean', optIn: true }), []],
    ['a score by time',              field('leadScore', 'newest'),                                    [['warning', 'fields.leadScore']]],
    ['what Marketo fills itself',    field('createdAt', 'newest'),                                    [['warning', 'fields.createdAt']]],
    ['the same, never',              field('createdAt', 'never'),                                     []],
    ['names of nobody',              { other: {}, others: { stages: [] }, fields: { city: { onwer: 'segment' } } }, [['warning', 'other'], ['warning', 'others.stages'], ['warning', 'fields.city.onwer']]],
    ['a policy for all that needs more', { others: { policy: 'monotone' } },                          [['invalid', 'others.policy']]],
    ['functions for all',            { others: { policy: 'custom' } },                                [['invalid', 'others.policy']]],
    ['several mistakes at once',     { others: { clear: 1 }, fields: { city: 'x', title: { correct: 0 } } }, [['invalid', 'others.clear'], ['invalid', 'fields.city.policy'], ['invalid', 'fields.title.correct']]]
  ])('with %s say so', (_, given, expected) => {
    expect(problemsOf(given)).toEqual(expected)
    // Whatever is said is said in words.
    expect(JSON.stringify(decodeConflictSettings(given))).not.toContain('""')
  })

  it('name the type that counts, the nearest name, and the length of a field of one’s own', () => {
    const said = (given: unknown): string => {
      const read = decodeConflictSettings(given)
      return read._tag === 'Right' ? '' : read.left.map(describeProblem).join()
    }
    expect(said(field('city', { type: 'integer' }))).toContain('own type of this field is string')
    expect(said(field('x__c', { type: 'strng' }))).toContain('nearest: string')
    expect(settingsOf(field('x__c', { length: 10 })).fields.x__c?.length).toBe(10)
  })

  it('that are read can be read again', () => {
    const settings = settingsOf({
      fields: { city: 'segment', unsubscribed: { optIn: true }, x__c: { policy: 'monotone', stages: ['a'] } }
    })
    const again: ConflictSettings = settingsOf(
      JSON.parse(JSON.stringify(settings, (_, value: unknown) => value ?? undefined))
    )
    expect(again).toEqual(settings)
  })

  it('P3 S3 are read from values of any kind, and no message holds a value', () => {
    const mark = 'q7mark'
    fc.assert(
      fc.property(hostileValue, jsonValue, (odd, json) => {
        for (const given of [
          odd,
          { fields: odd },
          { fields: { city: odd } },
          { fields: { city: { stages: odd, type: odd } } }
        ]) {
          expect(['Left', 'Right', 'Both']).toContain(decodeConflictSettings(given)._tag)
          expect(['Left', 'Right', 'Both']).toContain(decodeLoopSettings(given)._tag)
        }
        const text = JSON.stringify(json) ?? ''
        const read = decodeConflictSettings({
          fields: { city: { policy: mark, owner: `${mark}${text}`, type: mark, custom: [mark] } }
        })
        if (read._tag !== 'Right') expect(read.left.map(describeProblem).join()).not.toContain(mark)
      })
    )
  })

  it('name every setting of a field once', () => {
    const named = { ...settingsOf(field('x__c', {})).fields.x__c }
    expect(Object.keys(named).sort()).toEqual(Object.keys(fieldSettingRows).sort())
  })
})

describe('fields that nobody names', () => {
  const policyFor = policyOf(settingsOf({ others: { clear: true } }))

  it('have the policy of their kind', () => {
    for (const name of consentFields)
      expect(policyFor(name)).toMatchObject({ policy: 'monotone', clear: false, optIn: false })
    expect(policyFor('leadScore').policy).toBe('marketo')
    for (const name of ['id', 'createdAt', 'updatedAt', 'sfdcId', 'contactCompany', 'relativeScore'])
      expect([name, policyFor(name).policy]).toEqual([name, 'never'])
    for (const name of ['city', 'plan__c', 'company']) expect([name, policyFor(name).policy]).toEqual([name, 'newest'])
  })

  it('are never written where Marketo keeps them itself, whole or to read only', () => {
    const kept = leadFields.filter(({ readOnly, managed, write }) => readOnly || managed === 'wholly' || write === 'no')
    expect(kept.length).toBeGreaterThan(10)
    for (const { rest } of kept) expect([rest, policyFor(rest).policy]).toEqual([rest, 'never'])
    const { fields } = settingsOf({ fields: { r__c: { type: 'reference' }, f__c: { type: 'formula' } } })
    expect([fields.r__c?.policy, fields.f__c?.policy]).toEqual(['never', 'never'])
  })

  it('may be cleared where all may', () => {
    expect(policyFor('city').clear).toBe(true)
  })

  it('of consent are flags of Marketo’s', () => {
    for (const name of consentFields) expect(leadFields.find(({ rest }) => rest === name)?.type).toBe('boolean')
  })
})

describe('the guard’s settings', () => {
  it('that say nothing are the usual ones, as the table has them', () => {
    expect(decodeLoopSettings({})).toEqual({ _tag: 'Right', right: usualLoopSettings })
    expect(Object.entries(loopSettingRows).map(([name, { fallback }]) => [name, fallback])).toEqual(
      Object.entries(usualLoopSettings)
    )
  })

  it('are read as they are given, up to ninety days', () => {
    const most = 90 * 86_400_000
    const given = { apiUsers: ['x'], anyProgram: true, windowMillis: 5, mostEntries: 1, mostTurns: 0, turnsMillis: 1 }
    expect(decodeLoopSettings({ ...given, freezeMillis: most })).toEqual({
      _tag: 'Right',
      right: { ...given, freezeMillis: most }
    })
  })

  // biome-ignore format: table
  it.each<[string, object | null, string]>([
    ['nothing',                null,                     ''],
    ['more than ninety days',  { freezeMillis: 90 * 86_400_000 + 1 }, 'freezeMillis'],
    ['a user that is no text', { apiUsers: [7] },        'apiUsers.0'],
    ['no window',              { windowMillis: 0 },      'windowMillis'],
    ['half a turn',            { mostTurns: 0.5 },       'mostTurns'],
    ['a name of nobody',       { apiUser: 'x' },         'apiUser']
  ])('with %s say so', (_, given, at) => {
    const read = decodeLoopSettings(given)
    expect(read._tag === 'Right' ? [] : read.left.map((problem) => problem.at.join('.'))).toEqual([at])
  })
})
