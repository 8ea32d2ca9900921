/**
 * Upserts as they are to be sent: which wait for another call about the same lead, and which change nothing.
 */
import { describe, expect, it } from 'vitest'
import { admitted } from '../../src/delivery/backlog.js'
import { resolveFirst } from '../../src/delivery/options.js'
import { readyOf } from '../../src/delivery/ready-now.js'
import { settleUpserts } from '../../src/delivery/settle-upserts.js'
import { start } from '../../src/delivery/start.js'
import type { Delivery, InFlight } from '../../src/delivery/state.js'
import { describeAddToList } from '../../src/endpoints/list-members.js'
import { describeMergeLeads } from '../../src/endpoints/merge-leads.js'
import { describeRequestCampaign } from '../../src/endpoints/request-campaign.js'
import { describeSyncLeads } from '../../src/endpoints/sync-leads.js'
import type { Call, HttpRequest } from '../../src/intent/descriptor.js'
import type { Intent, UpsertLead } from '../../src/intent/intent.js'
import type { MunchkinId } from '../../src/marketo/munchkin-id.js'
import { defaultBackOff } from '../../src/pace/back-off.js'
import { points } from './belonging.js'
import { acquainted, answer, elsewhere, endpoints, ends, more, ok, t, told } from './steps.js'
import { activity, email, itemsOf, munchkinId, upsert } from './world.js'

describe('a lead that some call has already', () => {
  const flightOf = (errand: InFlight['errand'], id: MunchkinId, call: Call<HttpRequest> | undefined): InFlight => {
    if (call === undefined) throw new Error('no call')
    return {
      errand,
      munchkinId: id,
      call,
      records: [],
      remarks: [],
      keys: [],
      job: null,
      gone: [],
      begunAt: t,
      generation: 0,
      isBudgeted: true
    }
  }
  const merging = (id: MunchkinId, winnerId: number, loserIds: ReadonlyArray<number>): InFlight => {
    const described = describeMergeLeads([{ munchkinId: id, winnerId, loserIds }])
    return flightOf('merge', id, described._tag === 'Left' ? undefined : described.right[0])
  }
  const writing = (id: MunchkinId, leadId: number): InFlight => {
    const one = upsert({ id: leadId, plan: 'x' }, 'id', { munchkinId: id, action: 'updateOnly' })
    const described = describeSyncLeads([one])
    return flightOf('write', id, described._tag === 'Left' ? undefined : described.right[0])
  }
  /** Two people whose keys find leads 70 and 80. */
  const found = (flight: InFlight | undefined, more: ReadonlyArray<Intent> = []): Delivery => {
    const state = admitted(
      start(itemsOf(upsert({ email: email(1) }), upsert({ email: email(2) }), ...more), { identity: resolveFirst() })
    )
    const lead = (leadId: number) => [{ leadId, fields: {}, merged: [], stays: false }]
    return {
      ...state,
      found: { [`${munchkinId} email=${email(1)}`]: lead(70), [`${munchkinId} email=${email(2)}`]: lead(80) },
      inFlight: flight === undefined ? {} : { r0: flight }
    }
  }
  const putting = (leadId: number): InFlight => {
    const described = describeAddToList([{ munchkinId, listId: 1, leadId }])
    return flightOf('act', munchkinId, described._tag === 'Left' ? undefined : described.right[0])
  }
  const requesting = (id: MunchkinId, leadId: number): InFlight => {
    const described = describeRequestCampaign([{ munchkinId: id, campaignId: 1, leadId, tokens: [] }])
    return flightOf('act', id, described._tag === 'Left' ? undefined : described.right[0])
  }
  // biome-ignore format: table
  const cases: ReadonlyArray<[string, InFlight | undefined, ReadonlyArray<number>]> = [
    ['is written where there is no such call',           undefined,                                                       [70, 80]],
    ['waits while a call writes it',                     writing(munchkinId, 70),                                         [80]],
    ['waits while points of it are written',             { ...writing(munchkinId, 70), errand: 'write-score' },           [80]],
    ['waits while others are merged into it',            merging(munchkinId, 70, [9]),                                    [80]],
    ['waits while it is merged into another',            merging(munchkinId, 9, [10, 70]),                                [80]],
    ['waits for no lead of another instance',            writing(elsewhere, 70),                                          [70, 80]],
    ['nor for a merge there',                            merging(elsewhere, 70, [80]),                                    [70, 80]],
    ['waits while a campaign is requested for it',       requesting(munchkinId, 70),                                      [80]],
    ['waits for no campaign of another instance',        requesting(elsewhere, 70),                                       [70, 80]],
    ['nor for a call that puts it on a list',            putting(70),                                                     [70, 80]]
  ]
  it.each(cases)('D5 %s', (_, flight, leads) => {
    const state = found(flight)
    const ready = readyOf(state, t).get(munchkinId)
    if (ready === undefined) throw new Error('nothing is ready')
    const { upserts } = settleUpserts(state, ready, {}, new Set())
    expect(upserts.map(({ what }) => what.lead.value)).toEqual(leads)
  })

  it('D5 waits while points that were read are written to it in this round', () => {
    const score = { ...points(1, 5), lead: { lookupField: 'id', value: 70 } }
    const state = found(undefined, [score])
    const read: Delivery = {
      ...state,
      pending: state.pending.map((item, i) =>
        i === 2 ? { ...item, progress: { _tag: 'Score', group: 2, value: 5 } } : item
      )
    }
    const ready = readyOf(read, t).get(munchkinId)
    if (ready === undefined) throw new Error('nothing is ready')
    expect(ready.ordered.scores).toHaveLength(1)
    expect(settleUpserts(read, ready, {}, new Set()).upserts.map(({ what }) => what.lead.value)).toEqual([80])
  })

  it('D5 is merged by one call at a time, and by none while it is written', () => {
    const merges = (flight: InFlight | undefined) => {
      const one = found(flight)
      const lead = (leadId: number) => ({ leadId, fields: {}, merged: [], stays: false })
      const twins = Object.fromEntries(Object.keys(one.found).map((key) => [key, [lead(70), lead(80)]]))
      const state = {
        ...one,
        found: twins,
        options: { ...one.options, identity: resolveFirst({ duplicates: 'merge' }) }
      }
      const ready = readyOf(state, t).get(munchkinId)
      return (
        ready && settleUpserts(state, ready, {}, new Set()).merges.map(({ what }) => [what.winnerId, what.loserIds])
      )
    }
    expect(merges(undefined)).toEqual([[70, [80]]])
    expect(merges(writing(munchkinId, 80))).toEqual([])
  })

  it('is no lead that has its number for another key', () => {
    const state = found(undefined, [upsert({ userId: '70' }, 'userId')])
    const ready = readyOf({ ...state, found: { ...state.found, [`${munchkinId} userId=70`]: [] } }, t).get(munchkinId)
    if (ready === undefined) throw new Error('nothing is ready')
    const known = { ...state, found: { ...state.found, [`${munchkinId} userId=70`]: [] } }
    expect(settleUpserts(known, ready, {}, new Set()).upserts.map(({ what }) => what.lead.value)).toEqual([
      70,
      80,
      '70'
    ])
  })
})

describe('a field that this Marketo does not have', () => {
  const known = acquainted([upsert({ email: email(1) })], { linger: 0 })
  const instance = known.instances[munchkinId]
  if (instance === undefined) throw new Error('no instance')
  const lacking = { ...known, instances: { [munchkinId]: { ...instance, refusedFields: { crmId: '1006' } } } }
  const refused = {
    _tag: 'Refused',
    reasons: [{ code: '1006', message: expect.stringContaining("'crmId'") }],
    remedy: 'mend-request'
  }

  it.each([
    ['by which a number is looked up', activity('c1', 1, 'crmId')],
    ['by which a lead is written', upsert({ crmId: 'c1' }, 'crmId')]
  ])('D7 %s ends who needs it, and nobody else', (_, intent) => {
    const [state, calls] = more(lacking, [intent, activity(email(9))])
    expect(endpoints(calls)).toEqual(['getLeadsByFilter 1'])
    expect(state.outcomes.slice(1)).toMatchObject([{ id: 'more0', ...refused }])
  })
})

describe('who says not to be written to', () => {
  it.each([
    [true, ['1', '0']],
    [false, ['0', '1']],
    [null, ['0', '1']]
  ])('goes first where the field is true, and not where it is %s', (unsubscribed, order) => {
    const list = itemsOf(upsert({ email: 'p0@corp.test' }), upsert({ email: 'p1@corp.test', unsubscribed }))
    const state = admitted(start(list))
    const ready = readyOf(state, t).get(munchkinId)
    if (ready === undefined) throw new Error('nothing is ready')
    const { upserts } = settleUpserts(state, ready, {}, new Set())
    expect(upserts.map(({ what }) => String(what.lead.value).slice(1, 2))).toEqual(order)
  })
})

describe('a record equal to the last one', () => {
  const fields = { email: email(1), userId: 'u1', plan: 'pro' }
  const first = upsert(fields)
  // biome-ignore format: table
  const cases: ReadonlyArray<[string, UpsertLead, number]> = [
    ['is not sent again',                     upsert(fields),                                 0],
    ['is sent by another key',                upsert(fields, 'userId'),                       1],
    ['is sent to be an update only',          upsert(fields, 'email', { action: 'updateOnly' }),  1],
    ['is sent to another partition',          upsert(fields, 'email', { partitionName: 'EU' }),   1]
  ]
  it.each(cases)('%s', (_, second, calls) => {
    expect(more(acquainted([first], { skipUnchanged: true }), [second])[1]).toHaveLength(calls)
  })

  it.each([
    ['its record got no answer', told()],
    ['its call got none', ok('', 502)]
  ])('D7 is sent where it is in doubt what was written since: %s', (_, inDoubt) => {
    const retry = { backOff: { ...defaultBackOff, retries: 0 }, whenInDoubt: 'report' } as const
    const [writing, [write]] = more(acquainted([first], { skipUnchanged: true, retry }), [
      upsert({ ...fields, plan: 'x' })
    ])
    const after = answer(writing, write, inDoubt)
    expect(ends(after)).toEqual(['i0 Applied', 'more0 Unknown'])
    expect(endpoints(more(after, [first])[1])).toEqual(['syncLeads 1'])
  })
})
