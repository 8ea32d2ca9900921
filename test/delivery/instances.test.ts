import { describe, expect, it } from 'vitest'
import { budgetOf, withBudget, withNewCredentials } from '../../src/delivery/instances.js'
import { next } from '../../src/delivery/next.js'
import { add, start } from '../../src/delivery/start.js'
import { ask, began, spendingOf } from '../../src/pace/budget.js'
import { drive } from './drive.js'
import { elsewhere } from './steps.js'
import { email, endsOf, itemsOf, marketo, munchkinId, upsert } from './world.js'

const t = 1_700_000_000_000

describe('one budget for several', () => {
  const lead = itemsOf(upsert({ email: email(1) }))

  it('D6 what others spend is room that a delivery does not have', () => {
    const first = drive(start(lead), marketo())
    const [asked, granted] = ask(budgetOf(first.delivery, munchkinId), 'source', 100, first.now)
    expect(granted).toBe(5)
    const shared = withBudget(first.delivery, began(asked, 'source', granted, first.now))
    const later = [[{ id: 'later', messageId: null, intent: upsert({ email: email(2) }) }]]
    const held = drive(shared, first.marketo, {
      accessToken: first.accessToken,
      now: first.now,
      later,
      mostRounds: 1
    })
    expect(held.sent).toEqual([])
    const before = drive(first.delivery, first.marketo, { accessToken: first.accessToken, now: first.now, later })
    expect(before.sent).toHaveLength(1)
  })

  it('is of its instance: others keep theirs', () => {
    const there = {
      id: 'there',
      messageId: null,
      intent: upsert({ email: email(1) }, 'email', { munchkinId: elsewhere })
    }
    const [asked] = next(start([...lead, there]), t)
    const { [elsewhere]: own } = asked.instances
    expect(own).toBeDefined()
    expect(withBudget(asked, budgetOf(asked, munchkinId)).instances).toEqual(asked.instances)
    expect(withNewCredentials(asked, munchkinId).instances[elsewhere]).toEqual(own)
  })

  it('what a delivery spends is told to others', () => {
    const first = drive(start(lead), marketo())
    expect(spendingOf(budgetOf(first.delivery, munchkinId), first.now).spent).toEqual({ window: 1, running: 0, day: 1 })
  })
})

describe('new credentials', () => {
  it('are believed, where the old ones were refused', () => {
    const refused = drive(start(itemsOf(upsert({ email: email(1) }))), marketo({ clientSecret: 'other' }))
    expect(endsOf(refused.delivery)).toMatchObject({ i0: { _tag: 'Refused' } })
    const mended = withNewCredentials(refused.delivery, munchkinId)
    const later = [[{ id: 'later', messageId: null, intent: upsert({ email: email(2) }) }]]
    expect(endsOf(drive(refused.delivery, marketo(), { later }).delivery)).toMatchObject({ later: { _tag: 'Refused' } })
    expect(endsOf(drive(mended, marketo(), { later }).delivery)).toMatchObject({ later: { _tag: 'Applied' } })
  })

  it('ask for a token though the old one lives', () => {
    const first = drive(start(itemsOf(upsert({ email: email(1) }))), marketo())
    const more = { id: 'later', messageId: null, intent: upsert({ email: email(2) }) }
    const mended = withNewCredentials(first.delivery, munchkinId)
    const [, requests] = next(add(mended, [more]), t + 1000)
    expect(requests.map(({ call }) => call.descriptor.endpoint)).toEqual(['identityToken'])
  })
})
