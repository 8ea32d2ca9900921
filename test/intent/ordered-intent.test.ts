import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Intent } from '../../src/intent/intent.js'
import { isOrderedIntent, isRemoval, isSuppression } from '../../src/intent/ordered-intent.js'
import { browserIntent, keyedIntent, numberedIntent, recordIntent } from '../arbitraries/intents.js'
import { hyg } from '../endpoints/reading.js'

const anyIntent: fc.Arbitrary<Intent> = fc.oneof(keyedIntent, numberedIntent, recordIntent, browserIntent)

const lead = { lookupField: 'id', value: 7 }
const about = { munchkinId: hyg, lead, at: null }
const upsert = {
  _tag: 'UpsertLead',
  munchkinId: hyg,
  lead,
  fields: { city: 'Lyon' },
  action: 'updateOnly',
  partitionName: null
} as const

describe('an intent', () => {
  it('waits for its turn when it is about lists, programs, campaigns, scores or an end', () => {
    fc.assert(
      fc.property(anyIntent, (intent) => {
        expect(isOrderedIntent(intent)).toBe(/List|Program|Campaign|Score|DeleteLead/.test(intent._tag))
      })
    )
  })

  it('that removes waits for its turn too', () => {
    fc.assert(
      fc.property(anyIntent, (intent) => {
        expect(isRemoval(intent)).toBe(/^(Remove|Leave|Delete)/.test(intent._tag))
        if (isRemoval(intent)) expect(isOrderedIntent(intent)).toBe(true)
      })
    )
  })

  it.each<readonly [string, Intent, boolean]>([
    ['a write', upsert, false],
    ['a write of consent that is taken back', { ...upsert, fields: { unsubscribed: true } }, true],
    ['a write of consent that is given', { ...upsert, fields: { unsubscribed: false } }, false],
    ['a write that a rule calls an opt-out', { ...upsert, consent: 'opt-out' }, true],
    ['a write that a rule calls an opt-in', { ...upsert, consent: 'opt-in' }, false],
    ['a list to be taken off', { ...about, _tag: 'RemoveFromList', list: { listId: 1001 } }, true],
    ['all lists', { ...about, _tag: 'LeaveLists', except: [] }, true],
    ['a program to be left', { ...about, _tag: 'LeaveProgram', programId: 12 }, true],
    ['a list to engage', { ...about, _tag: 'AddToList', list: { listId: 1001 }, purpose: 'engage' }, false],
    ['a list to suppress', { ...about, _tag: 'AddToList', list: { listId: 1001 }, purpose: 'suppress' }, true],
    [
      'a status to engage',
      { ...about, _tag: 'SetProgramStatus', programId: 12, statusName: 'On', purpose: 'engage' },
      false
    ],
    [
      'a status to suppress',
      { ...about, _tag: 'SetProgramStatus', programId: 12, statusName: 'Off', purpose: 'suppress' },
      true
    ],
    [
      'a campaign to engage',
      { ...about, _tag: 'RequestCampaign', campaignId: 9, tokens: [], purpose: 'engage' },
      false
    ],
    [
      'a campaign to suppress',
      { ...about, _tag: 'RequestCampaign', campaignId: 9, tokens: [], purpose: 'suppress' },
      true
    ],
    ['the end of a lead', { munchkinId: hyg, lead, _tag: 'DeleteLead' }, false]
  ])('leaves somebody alone: %s', (_, intent, expected) => {
    expect(isSuppression(intent)).toBe(expected)
    expect(isRemoval(intent)).toBe(/^(Remove|Leave|Delete)/.test(intent._tag))
  })
})
