/**
 * Who was known by the number of a lead that is merged into another, or deleted: campaigns above all, of which Marketo does not say that a
 * lead is gone.
 */
import { describe, expect, it } from 'vitest'
import { next, type Request } from '../../src/delivery/next.js'
import { type DeliveryOptions, resolveFirst } from '../../src/delivery/options.js'
import type { Delivery } from '../../src/delivery/state.js'
import type { DeleteLead, RequestCampaign, UpsertLead } from '../../src/intent/intent.js'
import { campaign, putOn, remove } from './belonging.js'
import {
  answer,
  begun,
  elsewhere,
  endpoints,
  ends,
  granted,
  lose,
  more,
  ok,
  refused,
  skipped,
  t,
  told
} from './steps.js'
import { email, itemsOf, upsert } from './world.js'

const identity = resolveFirst({ duplicates: 'merge' })

const campaignBy = (lookupField: string, value: string, how: Partial<RequestCampaign> = {}): RequestCampaign => ({
  ...campaign(1),
  lead: { lookupField, value },
  ...how
})

const step = (state: Delivery) => next(state, t)

const bodyOf = (calls: ReadonlyArray<Request>, endpoint: string): unknown =>
  calls.find(({ call: { descriptor } }) => descriptor.endpoint === endpoint)?.call.descriptor.body

const asksFor = (leadId: number) => ({ json: { input: { leads: [{ id: leadId }] } } })

/** u1 is known as lead 20. */
const known = (
  options: Partial<DeliveryOptions> = {},
  by: UpsertLead = upsert({ userId: 'u1' }, 'userId')
): Delivery => {
  const [looking, [lookup]] = begun(itemsOf(by), { identity, linger: 0, ...options })
  const [writing, [write]] = step(answer(looking, lookup, told({ id: 20, userId: 'u1' })))
  return answer(writing, write, told({ id: 20, status: 'updated' }))
}

/** An email that finds lead 10 as well as lead 20: the answer to that is there. */
const foundTwice = (state: Delivery): Delivery => {
  const [looking, [lookup]] = more(state, [upsert({ email: email(1) })])
  const both = told({ id: 10, email: email(1) }, { id: 20, email: email(1), userId: 'u1' })
  return answer(looking, lookup, both)
}

/** The merge of lead 20 into lead 10 is under way. */
const merging = (before: Delivery = known()): readonly [state: Delivery, merge: Request | undefined] => {
  const [state, [merge]] = step(foundTwice(before))
  expect(merge?.call.descriptor).toMatchObject({ endpoint: 'mergeLeads', query: [['leadIds', '20']] })
  expect(merge?.call.descriptor.path).toContain('10')
  return [state, merge]
}

/** A merge was done, and so is the write that waited for it. */
const afterMerge = (before: Delivery, merge: Request | undefined, leadId: number): Delivery => {
  const [state, calls] = step(answer(before, merge, told()))
  return answer(state, calls[0], told({ id: leadId, status: 'updated' }))
}

/** Lead 20 has been merged into lead 10. */
const merged = (): Delivery => afterMerge(...merging(), 10)

describe('who was known by the number of a lead that is merged into another', () => {
  it('D7 is known by the other’s number from then on', () => {
    const [state, merge] = merging()
    const [, calls] = more(answer(state, merge, told()), [campaignBy('userId', 'u1')])
    expect([...endpoints(calls)].sort()).toEqual(['requestCampaign 1', 'syncLeads 1'])
    expect(bodyOf(calls, 'requestCampaign')).toMatchObject(asksFor(10))
  })

  it('D5 is one person with whom the other is from then on', () => {
    const written = merged()
    const both = [upsert({ userId: 'u1', plan: 'a' }, 'userId'), upsert({ email: email(1), seats: 2 })]
    expect(bodyOf(more(written, both)[1], 'syncLeads')).toMatchObject({ json: { input: [{ id: 10 }] } })
  })

  it('D7 is written again where nothing would change: nobody knows what the other holds', () => {
    const one = upsert({ userId: 'u1', plan: 'pro' }, 'userId')
    const first = known({ skipUnchanged: true }, one)
    expect(ends(more(first, [one])[0])).toEqual(['i0 Applied', 'more0 Applied'])
    const [state, merge] = merging(first)
    const [written] = step(answer(state, merge, told()))
    expect(ends(more(written, [one])[0])).toEqual(['i0 Applied'])
  })

  it('keeps waiting items in one lane with those of the other', () => {
    const [state, merge] = merging()
    const waiting = [campaignBy('userId', 'u1'), campaignBy('id', '10')]
    const [busy, calls] = more(state, waiting)
    // The second is about the winner, who stays.
    expect(endpoints(calls)).toEqual(['requestCampaign 1'])
    const one = answer(busy, merge, told())
    expect(new Set(one.pending.slice(1).map(({ person }) => person)).size).toBe(1)
  })

  /** The same two leads, of whom nobody was known by a number before. */
  const strangers = (): readonly [state: Delivery, merge: Request | undefined] => {
    const [looking, [lookup]] = begun(itemsOf(upsert({ email: email(1) })), { identity, linger: 0 })
    const [state, [merge]] = step(answer(looking, lookup, told(...[10, 20].map((id) => ({ id, email: email(1) })))))
    return [state, merge]
  }

  it('D7 is known by the other’s number too where nobody was known by the first', () => {
    const [state, merge] = strangers()
    const [, calls] = more(answer(state, merge, told()), [campaignBy('id', '20')])
    expect(bodyOf(calls, 'requestCampaign')).toMatchObject(asksFor(10))
  })

  it.each(['20', '020', '20.0'])('D7 is meant where a campaign names the number %s, however it is spelled', (value) => {
    const [state, merge] = merging()
    const [, calls] = more(answer(state, merge, told()), [campaignBy('id', value)])
    expect(bodyOf(calls, 'requestCampaign')).toMatchObject(asksFor(10))
  })

  it('D7 is meant by the number that the other is merged into in turn', () => {
    const [looking, questions] = more(merged(), [upsert({ userId: 'u2', email: email(1) }, 'userId')])
    const both = told({ id: 5, userId: 'u2' }, { id: 10, email: email(1) })
    const [third, [again]] = step(questions.reduce((state, question) => answer(state, question, both), looking))
    expect(again?.call.descriptor).toMatchObject({ endpoint: 'mergeLeads', query: [['leadIds', '10']] })
    const [, last] = more(afterMerge(third, again, 5), [campaignBy('id', '20')])
    expect(bodyOf(last, 'requestCampaign')).toMatchObject(asksFor(5))
  })

  it('D7 is written by the other’s number where an upsert names the first', () => {
    const byNumber: UpsertLead = { ...upsert({ id: 20, plan: 'pro' }, 'id'), action: 'updateOnly' }
    expect(bodyOf(more(merged(), [byNumber])[1], 'syncLeads')).toMatchObject({
      json: { lookupField: 'id', input: [{ id: 10, plan: 'pro' }] }
    })
  })

  it('is somebody else in another instance', () => {
    const [state, merge] = merging()
    const there = { ...campaignBy('id', '20'), munchkinId: elsewhere }
    const [asking, calls] = more(answer(state, merge, told()), [there])
    const token = calls.find(({ call: { descriptor } }) => descriptor.munchkinId === elsewhere)
    expect(token?.call.descriptor.endpoint).toBe('identityToken')
    expect(bodyOf(step(answer(asking, token, granted))[1], 'requestCampaign')).toMatchObject(asksFor(20))
  })

  const deletionBy = (lookupField: string, value: string): DeleteLead => ({
    ...remove(1),
    lead: { lookupField, value }
  })

  it('D7 is not deleted by the number of the first: that it is the other now is told', () => {
    const [ended, none] = more(merged(), [deletionBy('id', '20')])
    expect(none).toEqual([])
    expect(ended.outcomes.slice(-1)).toMatchObject([
      {
        _tag: 'Skipped',
        reasons: [{ code: '1004', message: 'this lead was merged into lead 10: name that one if it is meant' }],
        remedy: 'mend-record'
      }
    ])
  })

  it('D7 is not deleted by that number beside a deletion of the other', () => {
    const [waiting, [deletion]] = more(merged(), [deletionBy('userId', 'u1'), deletionBy('id', '20')])
    expect(deletion?.call.descriptor.body).toEqual({ json: { input: [{ id: 10 }] } })
    const done = answer(waiting, deletion, told({ id: 10, status: 'deleted' }))
    expect(ends(done)).toContain('more0 Applied')
    expect(ends(done)).not.toContain('more1 Applied')
  })

  it('is deleted by its own number', () => {
    const [, calls] = more(known(), [deletionBy('id', '20')])
    expect(bodyOf(calls, 'deleteLeads')).toEqual({ json: { input: [{ id: 20 }] } })
  })

  // biome-ignore format: table
  const doubts: ReadonlyArray<[string, (state: Delivery, merge: Request | undefined) => Delivery]> = [
    ['no answer came',                     lose],
    ['a lead is not there any more',       (state, merge) => answer(state, merge, refused('1004'))],
    ['the merge was skipped',              (state, merge) => answer(state, merge, skipped('1004'))]
  ]
  it.each(doubts)('D7 is looked for once more where %s', (_, ended) => {
    const [state, merge] = merging()
    const [, calls] = more(ended(state, merge), [campaignBy('userId', 'u1')])
    const question = calls.find(({ call: { descriptor } }) => descriptor.endpoint === 'getLeadsByFilter')
    expect(question?.call.descriptor.query).toContainEqual(['filterValues', 'u1'])
    expect(bodyOf(calls, 'requestCampaign')).toBeUndefined()
  })
})

describe('a campaign', () => {
  it('D7 waits while its lead is merged into another', () => {
    const [state, merge] = merging()
    const [waiting, none] = more(state, [campaignBy('userId', 'u1')])
    expect(none).toEqual([])
    const [, calls] = step(answer(waiting, merge, told()))
    expect(bodyOf(calls, 'requestCampaign')).toMatchObject(asksFor(10))
  })

  it('D7 waits for a merge of this round', () => {
    const [, calls] = more(foundTwice(known()), [campaignBy('userId', 'u1')])
    expect(endpoints(calls)).toEqual(['mergeLeads 1'])
  })

  it('does not wait where another lead is merged', () => {
    const [state] = merging()
    expect(bodyOf(more(state, [campaignBy('id', '30')])[1], 'requestCampaign')).toMatchObject(asksFor(30))
  })

  it('D7 holds the merge up while it is requested', () => {
    const [asking, [request]] = more(known(), [campaignBy('userId', 'u1')])
    expect(request?.call.descriptor.endpoint).toBe('requestCampaign')
    const [waiting, none] = step(foundTwice(asking))
    expect(none).toEqual([])
    const [, calls] = step(answer(waiting, request, told({ id: 1 })))
    expect(endpoints(calls)).toEqual(['mergeLeads 1'])
  })

  it('D7 goes before a merge of this round where it says to leave somebody alone', () => {
    const [, calls] = more(foundTwice(known()), [campaignBy('userId', 'u1', { purpose: 'suppress' })])
    expect(bodyOf(calls, 'requestCampaign')).toMatchObject(asksFor(20))
    expect(endpoints(calls)).toEqual(['requestCampaign 1'])
  })
})

describe('a lookup that is under way while leads are merged', () => {
  /** A campaign for whom nobody knows yet, asked for while the merge is under way; `leadId` is what is told after the merge. */
  const asked = (leadId: number, how: Partial<RequestCampaign> = {}) => {
    const [state, merge] = merging()
    const [looking, [token, ...rest]] = more(state, [campaignBy('anonymousId', 'a1', how)])
    const isElsewhere = how.munchkinId !== undefined
    const [, [there]] = isElsewhere ? step(answer(looking, token, granted)) : [looking, [token, ...rest]]
    const ready = isElsewhere ? step(answer(looking, token, granted))[0] : looking
    expect(there?.call.descriptor.endpoint).toBe('getLeadsByFilter')
    return step(answer(answer(ready, merge, told()), there, told({ id: leadId, anonymousId: 'a1' })))[1]
  }

  it('D7 is asked again where it tells of one that is gone', () => {
    expect([...endpoints(asked(20))].sort()).toEqual(['getLeadsByFilter 1', 'syncLeads 1'])
  })

  it.each([10, 30])('counts where it tells of lead %i', (leadId) => {
    expect(bodyOf(asked(leadId), 'requestCampaign')).toMatchObject(asksFor(leadId))
  })

  it('counts in another instance, where the number is another lead’s', () => {
    expect(bodyOf(asked(20, { munchkinId: elsewhere }), 'requestCampaign')).toMatchObject(asksFor(20))
  })

  it('D7 is asked again where nobody knows whether they were merged', () => {
    const [state, merge] = merging()
    const [looking, [lookup]] = more(state, [campaignBy('anonymousId', 'a1')])
    const after = answer(lose(looking, merge), lookup, told({ id: 20, anonymousId: 'a1' }))
    const questions = step(after)[1].flatMap(({ call: { descriptor } }) => descriptor.query)
    expect(questions).toContainEqual(['filterValues', 'a1'])
  })

  it('begins with none that is gone', () => {
    const [state] = merging()
    expect(Object.values(state.inFlight).map(({ gone }) => gone)).toEqual([[]])
  })

  it('is no other call that waits', () => {
    const [state, merge] = merging()
    const [busy, [request]] = more(state, [campaignBy('id', '30')])
    const after = answer(answer(busy, merge, told()), request, ok({ success: true, result: [{ id: 1 }] }))
    expect(after.outcomes.map(({ id, _tag }) => [id, _tag])).toContainEqual(['more0', 'Applied'])
  })
})

describe('a lookup that is under way while a lead is deleted', () => {
  // biome-ignore format: table
  it.each<[string, (state: Delivery, call: Request | undefined) => Delivery]>([
    ['is asked again where it tells of that one',        (state, call) => answer(state, call, told({ id: 20, status: 'deleted' }))],
    ['is asked again where the deletion had no answer',  (state, call) => lose(state, call)]
  ])('D7 %s', (_, ended) => {
    const [deleting, [deletion]] = more(known(), [{ ...remove(1), lead: { lookupField: 'userId', value: 'u1' } }])
    expect(deletion?.call.descriptor.endpoint).toBe('deleteLeads')
    const [looking, [lookup]] = more(deleting, [campaignBy('anonymousId', 'a1')])
    const after = answer(ended(looking, deletion), lookup, told({ id: 20, anonymousId: 'a1' }))
    const [, calls] = step(after)
    expect(bodyOf(calls, 'requestCampaign')).toBeUndefined()
    expect(calls.flatMap(({ call: { descriptor } }) => descriptor.query)).toContainEqual(['filterValues', 'a1'])
  })

  it('counts where another call about the lead was answered', () => {
    const [joining, [addition]] = more(known(), [
      { ...putOn(1, { listId: 1 }), lead: { lookupField: 'userId', value: 'u1' } }
    ])
    const [looking, [lookup]] = more(joining, [campaignBy('anonymousId', 'a1')])
    const after = answer(
      answer(looking, addition, told({ id: 20, status: 'added' })),
      lookup,
      told({ id: 20, anonymousId: 'a1' })
    )
    expect(bodyOf(step(after)[1], 'requestCampaign')).toMatchObject(asksFor(20))
  })
})
