import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FieldValue } from '../../../src/intent/intent.js'
import type { Claim } from '../../../src/writeback/conflict/claims.js'
import {
  type Decided,
  decideFields,
  type FieldDecision,
  type LeadClaims,
  writesTo
} from '../../../src/writeback/conflict/decide.js'
import type { FieldMarks } from '../../../src/writeback/conflict/field-marks.js'
import { policyOf } from '../../../src/writeback/conflict/policy.js'
import { explainReason } from '../../../src/writeback/conflict/reasons.js'
import { deepFrozen, hostileValue } from '../../arbitraries/events.js'
import {
  customPolicies,
  decide,
  exactClaims,
  fieldNames,
  leadClaims,
  roundsAbout,
  settings,
  settingsOf,
  stages,
  written
} from './given.js'

const acts = ({ decisions }: Decided): ReadonlyArray<FieldDecision> =>
  decisions.filter(({ action }) => action !== 'none')

const reversed = <A>(record: Readonly<Record<string, A>>): Readonly<Record<string, A>> =>
  Object.fromEntries(Object.entries(record).reverse())

describe('laws of deciding', () => {
  it('P1 P2 P4 is one answer for one question, which it leaves as it was, in plain JSON', () => {
    fc.assert(
      fc.property(leadClaims, (question) => {
        const decided = decide(deepFrozen(question))
        expect(decideFields(settings, customPolicies)(question)).toEqual(decided)
        expect(JSON.parse(JSON.stringify(decided))).toEqual(decided)
      })
    )
  })

  it('K1 is one decision for each field that a side names, by the alphabet, whatever the order of keys', () => {
    fc.assert(
      fc.property(leadClaims, ({ segment, marketo, marks }) => {
        const decided = decide({ segment, marketo, marks })
        const named = [...new Set([...Object.keys(segment), ...Object.keys(marketo)])].sort()
        expect(decided.decisions.map(({ field }) => field)).toEqual(named)
        expect(decide({ segment: reversed(segment), marketo: reversed(marketo), marks: reversed(marks) })).toEqual(
          decided
        )
      })
    )
  })

  it('K1 is the same for a field alone as among others', () => {
    fc.assert(
      fc.property(leadClaims, fc.constantFrom(...fieldNames), ({ segment, marketo, marks }, field) => {
        const only = <A>(record: Readonly<Record<string, A>>) =>
          Object.fromEntries(Object.entries(record).filter(([name]) => name === field))
        const among = decide({ segment, marketo, marks }).decisions.filter((decision) => decision.field === field)
        expect(decide({ segment: only(segment), marketo: only(marketo), marks: only(marks) }).decisions).toEqual(among)
      })
    )
  })

  it('K2 once its writes are done, there is nothing left to do', () => {
    fc.assert(
      fc.property(leadClaims, (question) => {
        const decided = decide(question)
        const after = written(question, decided)
        const again = decide(after)
        for (const { field } of acts(decided))
          expect(again.decisions.find((decision) => decision.field === field)).toMatchObject({ action: 'none' })
        expect(acts(decide(written(after, again)))).toEqual([])
      })
    )
  })

  /** That a question, asked again with what was settled, asks for nothing else; fails by throwing. */
  const expectSameAgain = (question: LeadClaims): Decided => {
    const decided = decide(question)
    const again = decide({ ...question, marks: decided.marks })
    const before = new Map(decided.decisions.map((decision) => [decision.field, decision]))
    for (const { field, action, value } of acts(again)) {
      const first = before.get(field)
      expect({ field, value }).toEqual({ field, value: first?.value })
      if (first?.action !== 'write-to-both') expect(action).toBe(first?.action)
    }
    expect(decide({ ...question, marks: again.marks }).decisions).toEqual(again.decisions)
    return decided
  }

  it('K2 the same question, asked again with what was settled, never asks for anything else where times are known', () => {
    fc.assert(fc.property(exactClaims, (question) => void expectSameAgain(question)))
  })

  it.each<[string, ReadonlyArray<Omit<Claim, 'at'>>]>([
    ['country', [{ value: 'a' }, { value: 'b' }]],
    ['unnamed__c', [{ value: 'a' }, { value: 'b' }]],
    ['industry', [{ value: 'a' }, { value: 'b' }]],
    ['stage__c', [{ value: 'lead' }, { value: 'mql' }]],
    ['unsubscribed', [{ value: true }, { value: false }, { value: false, optIn: true }]]
  ])(
    'K2 so it is in every quarrel of two rounds about %s, and nothing is left to do once its writes are done',
    (field, things) => {
      const hold = (question: LeadClaims): Decided => {
        const decided = expectSameAgain(question)
        expect(acts(decide(written(question, decided)))).toEqual([])
        return decided
      }
      const rounds = roundsAbout(field, things)
      for (const first of rounds) {
        const { marks } = hold({ ...first, marks: {} })
        for (const second of rounds) hold({ ...second, marks })
      }
    }
  )

  const rank = (value: FieldValue | undefined): number => {
    if (typeof value === 'string') return stages.indexOf(value)
    return typeof value === 'boolean' ? Number(value) : typeof value === 'number' ? value : -1
  }

  it('K3 no write to a monotone field is a step back for the side that is written, unless a person has opted in', () => {
    fc.assert(
      fc.property(leadClaims, (question) => {
        for (const { field, action, value, reason } of acts(decide(question))) {
          if (!['stage__c', 'logins__c', 'unsubscribed'].includes(field) || reason === 'opted-in') continue
          const sides = [
            ...(writesTo({ action }, 'segment') && action !== 'write-to-both' ? [question.segment] : []),
            ...(writesTo({ action }, 'marketo') ? [question.marketo] : [])
          ]
          for (const side of sides) {
            const held = side[field]?.value ?? null
            const number = held === 'True' ? true : held === '7' ? 7 : held === '1,200' ? 1200 : held
            expect(rank(value)).toBeGreaterThanOrEqual(rank(number))
          }
        }
      })
    )
  })

  it('K3 consent is only taken back by a later opt-in, and only where the settings let it count', () => {
    const strict = decideFields(settingsOf({}))
    fc.assert(
      fc.property(leadClaims, (question) => {
        const { segment, marketo } = question
        for (const { field, value } of acts(strict({ segment, marketo, marks: {} })))
          if (field === 'unsubscribed') expect(value).toBe(true)
        for (const { field, value } of acts(decide(question))) {
          if (field !== 'unsubscribed' || value !== false) continue
          const claims = [segment.unsubscribed, marketo.unsubscribed].filter((claim) => claim !== undefined)
          const hadWord = claims.some(({ optIn }) => optIn === true) || question.marks.unsubscribed?.optedIn !== null
          expect(hadWord).toBe(true)
        }
      })
    )
  })

  it('K4 a side that is silent, or says nothing that counts, never wins', () => {
    fc.assert(
      fc.property(leadClaims, (question) => {
        for (const { field, winner, action, value, reason } of decide(question).decisions) {
          if (action === 'none') continue
          const side = winner === 'segment' ? question.segment : question.marketo
          expect(winner).not.toBeNull()
          // What was settled before speaks for a silent side where it can be told.
          if (side[field] === undefined) expect(['further', 'opt-in-refused']).toContain(reason)
          if (value === null) expect(policyOf(settings)(field).clear).toBe(true)
        }
      })
    )
  })

  it('K4 nobody ever writes what is read-only, and an equal value', () => {
    fc.assert(
      fc.property(leadClaims, (question) => {
        for (const { field, action, reason } of decide(question).decisions) {
          if (field === 'createdAt') expect(action).toBe('none')
          if (reason === 'equal') expect(action).toBe('none')
        }
      })
    )
  })

  it('S3 neither a sentence nor what was settled holds a value', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{12}$/), fc.nat(), (secret, at) => {
        const segment = { city: { value: `${secret}1`, at }, industry: { value: `${secret}2`, at } }
        const marketo = { city: { value: `${secret}3`, at: at + 5 }, industry: { value: [secret].join(), at } }
        const { decisions, marks } = decide({ segment, marketo, marks: {} })
        expect(JSON.stringify([marks, decisions.map(({ sentence }) => sentence)])).not.toContain(secret)
      })
    )
  })

  it('P3 answers for values of any kind, and for functions that answer anything or throw', () => {
    fc.assert(
      fc.property(hostileValue, hostileValue, (a, b) => {
        const answers = { longer: JSON.parse('null') }
        for (const odd of [a, b]) {
          const custom = Object.assign({}, answers, { longer: typeof odd === 'function' ? odd : () => odd })
          const field = { value: 'x' }
          const [decision] = decideFields(
            settings,
            custom
          )({ segment: { title: field }, marketo: {}, marks: {} }).decisions
          expect(['custom', 'custom-failed']).toContain(decision?.reason)
        }
        for (const field of fieldNames) {
          const odd: Claim = JSON.parse('{}')
          Object.assign(odd, { value: a, at: b, receivedAt: a })
          const { decisions, marks } = decide({
            segment: { [field]: odd },
            marketo: { [field]: { value: 'x' } },
            marks: {}
          })
          expect(JSON.parse(JSON.stringify([decisions, marks]))).toEqual([decisions, marks])
        }
      })
    )
    const failing = () => {
      throw new Error('no')
    }
    const question = { segment: { title: { value: 'x' } }, marketo: {}, marks: {} }
    expect(decideFields(settings, { longer: failing })(question).decisions[0]?.reason).toBe('custom-failed')
    expect(decideFields(settings, {})(question).decisions[0]?.reason).toBe('custom-failed')
  })

  it('says each reason in a sentence', () => {
    expect(explainReason('newer', 'segment')).toBe('Segment’s change is the later one.')
    expect(explainReason('owner', 'marketo')).toBe('The field is Marketo’s.')
    expect(explainReason('alone', null)).toBe('Nothing is known of this field but what Nobody says.')
    fc.assert(
      fc.property(leadClaims, (question) => {
        for (const { reason, winner, sentence } of decide(question).decisions) {
          expect(sentence).toBe(explainReason(reason, winner))
          expect(sentence).not.toContain('Nobody stands')
          expect(sentence).not.toMatch(/[{}]/)
        }
      })
    )
  })
})

describe('what both sides hold', () => {
  const ofOld = {
    ...decide({ segment: {}, marketo: { country: { value: 'DE', at: 9, bound: true } }, marks: {} }).marks
  }

  // biome-ignore format: table
  it.each<[string, Omit<Claim, 'value'>, Omit<Claim, 'value'>, FieldMarks, object]>([
    ['of the side with a time',         {},          { at: 5 },              {},    { side: 'marketo', at: 5, bound: false }],
    ['of the other side with a time',   { at: 3 },   {},                     {},    { side: 'segment', at: 3, bound: false }],
    ['of the side with a time, before 1970', { at: -3 }, {},         {},    { side: 'segment', at: -3, bound: false }],
    ['of the later',                    { at: 3 },   { at: 5 },              {},    { side: 'marketo', at: 5, bound: false }],
    ['of the later, on the other side', { at: 5 },   { at: 3 },              {},    { side: 'segment', at: 5, bound: false }],
    ['of Segment’s, at one time',       { at: 5 },   { at: 5 },              {},    { side: 'segment', at: 5, bound: false }],
    ['of the exact time',               { at: 3 },   { at: 5, bound: true }, {},    { side: 'segment', at: 3, bound: false }],
    ['of the exact time, if later',     { at: 5 },   { at: 3, bound: true }, {},    { side: 'segment', at: 5, bound: false }],
    ['of the exact time against what was settled of a bound', {}, { at: 5 }, ofOld, { side: 'marketo', at: 5, bound: false }],
    ['of a bound, for want of a time',  {},          { at: 5, bound: true }, {},    { side: 'marketo', at: 5, bound: true }],
    ['of no time',                      {},          {},                     {},    { side: 'marketo', at: null, bound: false }]
  ])('is settled as %s', (_, a, b, marks, expected) => {
    const question = { segment: { country: { value: 'DE', ...a } }, marketo: { country: { value: 'DE', ...b } }, marks }
    expect(decide(question).marks.country).toMatchObject(expected)
  })
})

describe('a function', () => {
  it('that names nobody leaves both as they are', () => {
    const nobody = decideFields(settings, { longer: () => null })
    const question = { segment: { title: { value: 'Head' } }, marketo: { title: { value: 'Lead' } }, marks: {} }
    expect(nobody(question).decisions).toMatchObject([{ reason: 'custom', winner: null, action: 'none' }])
  })
})
