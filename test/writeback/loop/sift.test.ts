import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LeadChange } from '../../../src/endpoints/lead-changes.js'
import type { UpsertLead } from '../../../src/intent/intent.js'
import {
  emptyLedger,
  fieldsOf,
  forgetLead,
  type LoopLedger,
  mergeInLedger,
  pruneLedger
} from '../../../src/writeback/loop/ledger.js'
import {
  appliedWrites,
  type IntentOutcome,
  type LeadWrite,
  rememberWrites
} from '../../../src/writeback/loop/remember.js'
import { isOurChange, type Sifted, siftChanges } from '../../../src/writeback/loop/sift.js'
import { deepFrozen } from '../../arbitraries/events.js'
import { hyg, id } from '../../endpoints/reading.js'
import { changeOf, day, fields, guardOf, noon, ourUser, texts } from './given.js'

const guard = guardOf()
const remember = rememberWrites(guard)
const sift = siftChanges(guard)

const write = (field: string, value: string | boolean | null, more: Partial<LeadWrite> = {}): LeadWrite => ({
  munchkinId: hyg,
  leadId: 1,
  fields: { [field]: value },
  requestId: null,
  ...more
})

const wrote = (...writes: ReadonlyArray<LeadWrite>): LoopLedger => remember(emptyLedger, writes, noon)

const whys = ({ passed, held }: Sifted): ReadonlyArray<string> => [
  ...held.map(({ why }) => why),
  ...passed.map(() => 'passed')
]

/** What one change becomes. */
const whyOf = (ledger: LoopLedger, change: LeadChange, now = noon): string =>
  whys(sift(ledger, hyg, [change], now)).join()

const leadId = fc.constantFrom(1, 2)

const written = fc.record({ leadId, field: fields, value: texts })

describe('laws of sifting', () => {
  it('W4 what equals a write of ours within the window is held, by whomever it was; anything else goes on', () => {
    fc.assert(
      fc.property(
        fc.array(written, { maxLength: 4 }),
        written,
        fc.boolean(),
        fc.integer({ min: -5, max: 5 }),
        (writes, { leadId, field, value }, byUs, beyond) => {
          const ledger = wrote(...writes.map((one) => write(one.field, one.value, { leadId: one.leadId })))
          const change = changeOf(field, value, {
            leadId,
            activityId: '7',
            ...(byUs ? { modifyingUser: ' API@example.com' } : {})
          })
          const wasOurs = writes.some((one) => one.leadId === leadId && one.field === field && one.value === value)
          const isHeld = byUs || (wasOurs && beyond <= 0)
          expect(whyOf(ledger, change, noon + day + beyond) !== 'passed').toBe(isHeld)
        }
      )
    )
  })

  it('W4 a write is known again once; told twice, its echo is still the echo', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 8 }), (writes, changes) => {
        let ledger = wrote(...Array.from({ length: writes }, () => write('city', 'Bonn')))
        for (let i = 0; i < changes; i += 1) {
          for (const told of ['once', 'twice']) {
            const sifted = sift(ledger, hyg, [changeOf('city', 'Bonn', { activityId: `${i}`, at: noon + i })], noon)
            expect([told, whys(sifted).join()]).toEqual([told, i < writes ? 'our-write' : 'passed'])
            ledger = sifted.ledger
          }
        }
      })
    )
  })

  it('W4 an echo that is known by its maker still uses up the write', () => {
    const echo = sift(
      wrote(write('city', 'Bonn')),
      hyg,
      [changeOf('city', 'Bonn', { activityId: '1', modifyingUser: ourUser })],
      noon
    )
    expect(whys(echo)).toEqual(['our-user'])
    expect(whyOf(echo.ledger, changeOf('city', 'Bonn', { activityId: '2' }))).toBe('passed')
  })

  it('P1 P2 P4 is one answer for one question, in plain JSON, and leaves what it is given', () => {
    const changes = fc.array(
      fc
        .tuple(written, fc.nat({ max: 3 }))
        .map(([{ leadId, field, value }, n]) => changeOf(field, value, { leadId, at: noon + n, activityId: `${n}` })),
      { maxLength: 6 }
    )
    fc.assert(
      fc.property(fc.array(written, { maxLength: 4 }), changes, (writes, told) => {
        const ledger = deepFrozen(wrote(...writes.map((one) => write(one.field, one.value, { leadId: one.leadId }))))
        const sifted = sift(ledger, hyg, deepFrozen(told), noon)
        expect(sift(JSON.parse(JSON.stringify(ledger)), hyg, told, noon)).toEqual(sifted)
        expect(JSON.parse(JSON.stringify(sifted))).toEqual(sifted)
        expect(sifted.passed.length + sifted.held.length).toBe(told.length)
        const keys = sifted.passed.map((one) => `${one.leadId} ${one.field}`)
        expect(new Set(keys).size).toBe(keys.length)
      })
    )
  })

  it('S3 neither the ledger nor what was held holds a value', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{12}$/), (secret) => {
        const ledger = wrote(write('city', secret), write('title', `${secret}2`))
        const { held } = sift(
          ledger,
          hyg,
          [changeOf('city', secret), changeOf('title', secret, { modifyingUser: ourUser })],
          noon
        )
        expect(held).toHaveLength(2)
        expect(JSON.stringify([ledger, held])).not.toContain(secret)
      })
    )
  })
})

describe('a change', () => {
  const ours = wrote(write('city', 'Bonn', { requestId: '10a5#1' }))

  // biome-ignore format: table
  it.each<[string, LeadChange, string]>([
    ['equal to our write',              changeOf('city', 'Bonn'),                                        'our-write'],
    ['equal but for blanks',            changeOf('city', ' Bonn '),                                      'our-write'],
    ['of another case',                 changeOf('city', 'BONN'),                                        'passed'],
    ['of another lead',                 changeOf('city', 'Bonn', { leadId: 2 }),                         'passed'],
    ['of another field',                changeOf('country', 'Bonn'),                                     'passed'],
    ['by our user',                     changeOf('city', 'Bern', { modifyingUser: 'Api@Example.com ' }), 'our-user'],
    ['by our request',                  changeOf('city', 'Bern', { requestId: '10a5#1' }),               'our-request'],
    ['by another request',              changeOf('city', 'Bern', { requestId: '10a5#2' }),               'passed'],
    ['by some program',                 changeOf('city', 'Bern', { source: 'Web service API' }),         'passed'],
    ['by nobody who is named',          changeOf('city', 'Bern', { modifyingUser: null }),               'passed'],
    ['of letters that mean nothing',    changeOf('vip__c', 'maybe ', {}, 'maybe'),                       'no-change'],
    ['that changes nothing',            changeOf('city', 'Bern ', {}, 'Bern'),                           'no-change'],
    ['from nothing to nothing',         changeOf('city', null, {}, ''),                                  'no-change'],
    ['from nothing to false',           changeOf('vip__c', 'False', {}, null),                           'no-change'],
    ['from nothing to false, of a lead that is new', changeOf('vip__c', 'False', { activityTypeId: 12 }, null), 'passed']
  ])('%s: %s', (_, change, why) => {
    expect(whyOf(ours, change)).toBe(why)
  })

  it('by any program counts as ours where the settings say so', () => {
    const every = guardOf({ anyProgram: true })
    const [bySource, byReason] = [{ source: 'Web service API' }, { reason: 'web  service api' }].map((more) =>
      changeOf('city', 'Bern', more)
    )
    for (const change of [bySource, byReason]) {
      if (change === undefined) continue
      expect(whys(siftChanges(every)(emptyLedger, hyg, [change], noon))).toEqual(['our-program'])
      expect(isOurChange(every)(emptyLedger, hyg, noon)(change)).toBe(true)
      expect(isOurChange(guard)(emptyLedger, hyg, noon)(change)).toBe(false)
    }
    expect(isOurChange(every)(emptyLedger, hyg, noon)(changeOf('city', 'Bern'))).toBe(false)
  })

  it('is ours by what is remembered, which is not used up by asking', () => {
    const isOurs = isOurChange(guard)(ours, hyg, noon)
    for (const change of [changeOf('city', 'Bonn'), changeOf('city', 'Bern', { requestId: '10a5#1' })])
      expect([isOurs(change), isOurs(change)]).toEqual([true, true])
    for (const change of [changeOf('city', 'Bern'), changeOf('title', 'Bonn'), changeOf('city', 'Bonn', { leadId: 2 })])
      expect(isOurs(change)).toBe(false)
    expect(isOurChange(guard)(ours, hyg, noon + day + 1)(changeOf('city', 'Bonn'))).toBe(false)
    const { ledger } = sift(ours, hyg, [changeOf('city', 'Bonn', { activityId: '1' })], noon)
    const known = isOurChange(guard)(ledger, hyg, noon)
    expect(['1', '2'].map((activityId) => known(changeOf('city', 'Bonn', { activityId })))).toEqual([true, false])
  })

  it('that a later one takes back was nobody’s last word: only the last state counts', () => {
    const flip = [
      changeOf('city', 'Berlin', { at: noon + 2_000, activityId: '3' }),
      changeOf('city', 'Bonn', { at: noon, activityId: '1' }),
      changeOf('city', 'Bern', { at: noon + 2_000, activityId: '4' })
    ]
    const { passed, held } = sift(emptyLedger, hyg, flip, noon)
    expect(passed.map(({ value, activityId }) => [value, activityId])).toEqual([['Bern', '4']])
    expect(held.map(({ why, activityId }) => [why, activityId])).toEqual([
      ['overtaken', '1'],
      ['overtaken', '3']
    ])
  })

  it('that a change in letters only came after is not overtaken by it', () => {
    const told = [
      changeOf('city', 'Bern', { activityId: '1' }, null),
      changeOf('city', ' Bern', { activityId: '2', at: noon + 1_000 }, 'Bern')
    ]
    expect(sift(emptyLedger, hyg, told, noon).passed.map(({ activityId }) => activityId)).toEqual(['1'])
  })

  it('that our own write came after is overtaken', () => {
    const told = [
      changeOf('city', 'Bern', { activityId: '1' }),
      changeOf('city', 'Bonn', { activityId: '2', at: noon + 1_000 })
    ]
    expect(whys(sift(ours, hyg, told, noon))).toEqual(['overtaken', 'our-write'])
  })

  it('tells its value as its type has it', () => {
    const told = [changeOf('vip__c', 'True'), changeOf('leadScore', '12'), changeOf('city', null)]
    expect(sift(emptyLedger, hyg, told, noon).passed.map(({ value }) => value)).toEqual([true, 12, null])
    expect(sift(emptyLedger, hyg, [changeOf('vip__c', ' maybe')], noon).passed[0]?.value).toBe('maybe')
  })

  it('that is none of ours leaves the ledger as it is', () => {
    expect(sift(emptyLedger, hyg, [changeOf('city', 'Bern')], noon).ledger).toBe(emptyLedger)
    expect(sift(ours, hyg, [changeOf('city', 'Bern')], noon).ledger).toBe(ours)
  })

  it('is ours where one of its fields is, or one of our writes had its request', () => {
    const { fields } = changeOf('title', 'Head')
    const both = { ...changeOf('city', 'Bonn'), fields: [...fields, ...changeOf('city', 'Bonn').fields] }
    expect(isOurChange(guard)(ours, hyg, noon)(both)).toBe(true)
    const twice = remember(ours, [write('city', 'Bern', { requestId: '10a5#2' })], noon)
    expect(whyOf(twice, changeOf('city', 'Basel', { requestId: '10a5#1' }))).toBe('our-request')
  })
})

describe('the ledger', () => {
  const upsert: UpsertLead = {
    _tag: 'UpsertLead',
    munchkinId: hyg,
    lead: { lookupField: 'email', value: 'ana@example.com' },
    fields: { email: 'ana@example.com', city: 'Bonn', gender: 'x' },
    action: 'createOrUpdate',
    partitionName: null
  }
  const reason = { code: '1003', message: '' }

  // biome-ignore format: table
  it.each<[string, IntentOutcome, ReadonlyArray<object>]>([
    ['an upsert that was applied', { intent: upsert, outcome: { _tag: 'Applied', leadId: 7 }, requestId: 'r' },
      [{ leadId: 7, fields: upsert.fields, requestId: 'r' }]],
    ['one by number, whose answer tells none', { intent: { ...upsert, lead: { lookupField: 'id', value: 7 } }, outcome: { _tag: 'Applied', leadId: null } },
      [{ leadId: 7, requestId: null }]],
    ['one by key, whose answer tells none', { intent: upsert, outcome: { _tag: 'Applied', leadId: null } }, []],
    ['a field that was left out, and one that was kept', { intent: upsert, outcome: { _tag: 'Applied', leadId: 7, remarks: [{ _tag: 'LeftOut', field: 'gender' }, { _tag: 'Kept', field: 'city' }, { _tag: 'Warned' }] } },
      [{ fields: { email: 'ana@example.com' } }]],
    ['one that was skipped', { intent: upsert, outcome: { _tag: 'Skipped', ...{ reasons: [reason] } } }, []],
    ['one that nobody knows of', { intent: upsert, outcome: { _tag: 'Unknown', leadId: 7 } }, []],
    ['one that was queued', { intent: upsert, outcome: { _tag: 'Queued', leadId: 7 } }, []],
    ['no upsert', { intent: { _tag: 'DeleteLead', munchkinId: hyg, lead: upsert.lead }, outcome: { _tag: 'Applied', leadId: 7 } }, []]
  ])('takes in what was done: %s', (_, done, expected) => {
    const writes = appliedWrites([done])
    expect(writes).toHaveLength(expected.length)
    expect(writes).toMatchObject(expected)
    const fieldsIn = (list: ReadonlyArray<object>) => list.map((one) => ('fields' in one ? one.fields : upsert.fields))
    expect(fieldsIn(writes)).toEqual(fieldsIn(expected))
  })

  it('leaves alone what was refused: a later change of that value is somebody else’s', () => {
    const ledger = remember(emptyLedger, appliedWrites([{ intent: upsert, outcome: { _tag: 'Skipped' } }]), noon)
    expect(whyOf(ledger, changeOf('city', 'Bonn'))).toBe('passed')
  })

  it('keeps instances and leads apart', () => {
    const ledger = wrote(write('city', 'Bonn', { munchkinId: id('123-ABC-456') }))
    expect(whyOf(ledger, changeOf('city', 'Bonn'))).toBe('passed')
  })

  it('moves a merged lead’s writes to the winner, once', () => {
    const ledger = wrote(
      write('city', 'Bonn', { leadId: 2 }),
      write('city', 'Bern'),
      write('title', 'Head', { leadId: 2 })
    )
    const merged = mergeInLedger(ledger, { munchkinId: hyg, leadId: 1 }, 2, noon)
    for (const [field, value] of [
      ['city', 'Bonn'],
      ['city', 'Bern'],
      ['title', 'Head']
    ] as const) {
      expect(whyOf(merged, changeOf(field, value))).toBe('our-write')
      expect(whyOf(merged, changeOf(field, value, { leadId: 2 }))).toBe('passed')
    }
    expect(merged.size).toBe(2)
    expect(mergeInLedger(merged, { munchkinId: hyg, leadId: 1 }, 1, noon)).toEqual(merged)
    expect(mergeInLedger(merged, { munchkinId: hyg, leadId: 8 }, 9, noon)).toBe(merged)
  })

  it('forgets a lead that was deleted', () => {
    const ledger = forgetLead(wrote(write('city', 'Bonn')), { munchkinId: hyg, leadId: 1 })
    expect(ledger).toEqual(emptyLedger)
    expect(whyOf(ledger, changeOf('city', 'Bonn'))).toBe('passed')
  })

  it('is empty again when its time is over', () => {
    const ledger = wrote(write('city', 'Bonn'), write('title', 'Head', { leadId: 2 }))
    const kept = pruneLedger(guard)(ledger, noon + day)
    expect(kept.size).toBe(2)
    expect(whyOf(kept, changeOf('city', 'Bonn'))).toBe('our-write')
    expect(pruneLedger(guard)(ledger, noon + day + 1)).toEqual(emptyLedger)
  })

  it('never holds many more fields than the settings allow, and those written last', () => {
    const small = guardOf({ mostEntries: 50 })
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 200 }), fields), { minLength: 100, maxLength: 150 }), (writes) => {
        let ledger = emptyLedger
        writes.forEach(([leadId, field], i) => {
          ledger = rememberWrites(small)(ledger, [write(field, 'Bonn', { leadId: leadId + 1 })], noon + i)
          expect(ledger.size).toBeLessThanOrEqual(55)
        })
        const [last] = writes.slice(-1)
        if (last === undefined) return
        const change = changeOf(last[1], 'Bonn', { leadId: last[0] + 1 })
        expect(whys(siftChanges(small)(ledger, hyg, [change], noon)).join()).toBe('our-write')
        expect(pruneLedger(small)(ledger, noon).size).toBeLessThanOrEqual(50)
      }),
      { numRuns: 50 }
    )
  })

  it('keeps, of leads touched at one time, those of the greater number, then those of the first instance', () => {
    const other = id('123-ABC-456')
    const few = (mostEntries: number, ...writes: ReadonlyArray<LeadWrite>) =>
      pruneLedger(guardOf({ mostEntries }))(wrote(...writes), noon)
    const leads = [1, 2, 3].map((leadId) => write('city', 'Bonn', { leadId }))
    for (const list of [leads, [...leads].reverse()]) {
      const kept = few(2, ...list)
      expect([1, 2, 3].map((leadId) => fieldsOf(kept, { munchkinId: hyg, leadId }).size)).toEqual([0, 1, 1])
    }
    const twins = [hyg, other].map((munchkinId) => write('city', 'Bonn', { munchkinId }))
    for (const list of [twins, [...twins].reverse()]) {
      const kept = few(1, ...list)
      expect([hyg, other].map((munchkinId) => fieldsOf(kept, { munchkinId, leadId: 1 }).size)).toEqual([0, 1])
    }
  })

  it('grows a tenth over its limit, and is then cut down to it', () => {
    const small = rememberWrites(guardOf({ mostEntries: 10 }))
    let ledger = emptyLedger
    const sizes = Array.from({ length: 13 }, (_, i) => {
      ledger = small(ledger, [write('city', 'Bonn', { leadId: i + 1 })], noon)
      return ledger.size
    })
    expect(sizes).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 10, 11])
  })

  it('keeps the last writes of two leads that are merged, by their times', () => {
    const late = Array.from({ length: 8 }, (_, i) => write('city', `City ${i}`))
    const early = write('city', 'Bonn', { leadId: 2 })
    const merged = mergeInLedger(remember(wrote(early), late, noon + 5), { munchkinId: hyg, leadId: 1 }, 2, noon + 5)
    const texts = ['Bonn', ...late.map(({ fields }) => String(fields.city))]
    expect(texts.map((value) => whyOf(merged, changeOf('city', value)))).toEqual([
      'passed',
      ...late.map(() => 'our-write')
    ])
  })

  it('holds of a write what it is known again by, and nothing of what the field cannot hold', () => {
    const entry = fieldsOf(wrote(write('city', 'Bonn', { requestId: 'r' })), { munchkinId: hyg, leadId: 1 }).get('city')
    expect(entry).toEqual({
      writes: [{ digest: expect.stringMatching(/^[0-9a-f]{40}$/), writtenAt: noon, requestId: 'r', echo: null }],
      last: null,
      turns: [],
      frozenUntil: null
    })
    const odd = { munchkinId: hyg, leadId: 1, requestId: null }
    expect(remember(emptyLedger, [{ ...odd, fields: { city: Number.NaN } }], noon)).toBe(emptyLedger)
    expect(whyOf(wrote(write('leadScore', 'many')), changeOf('leadScore', 'many'))).toBe('our-write')
  })

  it('keeps the last eight writes of a field', () => {
    const ledger = wrote(...Array.from({ length: 9 }, (_, i) => write('city', `City ${i}`)))
    expect(whyOf(ledger, changeOf('city', 'City 0'))).toBe('passed')
    expect(whyOf(ledger, changeOf('city', 'City 1'))).toBe('our-write')
  })

  it('takes fields of any name, and not the lead’s number', () => {
    const fields = JSON.parse('{"__proto__":"x","id":1}')
    const ledger = wrote({ munchkinId: hyg, leadId: 1, fields, requestId: null })
    expect(ledger.size).toBe(1)
    expect(whyOf(ledger, changeOf('__proto__', 'x'))).toBe('our-write')
  })
})
