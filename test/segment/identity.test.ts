import { describe, expect, it } from 'vitest'
import type { SegmentEvent } from '../../src/segment/event.js'
import { readAnonymousId, readGroupId, readPreviousId, readUserId } from '../../src/segment/identity.js'

const page = (members: Readonly<Record<string, unknown>>): SegmentEvent => ({ ...members, type: 'page' })
const at = (...path: ReadonlyArray<string>) => path

describe('ids', () => {
  it.each<[string, unknown, unknown]>([
    ['text as it is', ' u 1 ', ' u 1 '],
    ['a number as its digits', 42, '42'],
    ['zero', 0, '0'],
    ['minus zero as zero', -0, '0'],
    ['a large number as JavaScript writes it', 1e21, '1e+21'],
    ['no blank text', ' \u00a0', undefined],
    ['no empty text', '', undefined],
    ['no infinite number', Number.POSITIVE_INFINITY, undefined],
    ['no flag', true, undefined],
    ['no object', { id: 1 }, undefined],
    ['no null', null, undefined]
  ])('are %s', (_, userId, expected) => {
    const event: SegmentEvent = Object.assign(page({}), { userId })
    expect(readUserId(event)?.value).toBe(expected)
  })

  it('stand where they stand', () => {
    expect(readUserId(page({ userId: 'u' }))).toEqual({ value: 'u', at: at('userId') })
    expect(readPreviousId({ type: 'alias', userId: 'u', previousId: 7 })).toEqual({ value: '7', at: at('previousId') })
  })
})

describe('the anonymous id', () => {
  it.each<[string, Record<string, unknown>, unknown]>([
    ['anonymousId', { anonymousId: 'a', sessionId: 's' }, { value: 'a', at: at('anonymousId') }],
    ['else its old name', { sessionId: 's' }, { value: 's', at: at('sessionId') }],
    ['the old name behind a blank', { anonymousId: ' ', sessionId: 's' }, { value: 's', at: at('sessionId') }],
    ['never the userId', { userId: 'u' }, undefined]
  ])('is %s', (_, members, expected) => {
    expect(readAnonymousId(page(members))).toEqual(expected)
  })
})

describe('the group id', () => {
  it.each<[string, SegmentEvent, unknown]>([
    [
      'a group call’s own',
      { type: 'group', groupId: 'g', context: { groupId: 'c' } },
      { value: 'g', at: at('groupId') }
    ],
    [
      'the context’s of any other',
      page({ groupId: 'g', context: { groupId: 5 } }),
      { value: '5', at: at('context', 'groupId') }
    ],
    ['none in an empty list', page({ context: [] }), undefined]
  ])('is %s', (_, event, expected) => {
    expect(readGroupId(event)).toEqual(expected)
  })
})
