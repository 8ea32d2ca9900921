import * as fc from 'fast-check'
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../src/ground/problem.js'
import {
  describeSegmentBatches,
  interpretSegmentBatch,
  type SegmentCall,
  segmentLimits
} from '../../src/writeback/segment-batch.js'
import { fragile } from '../arbitraries/hostile.js'
import { batchOf, frozen } from '../endpoints/reading.js'

const event = (more: object = {}): object => ({ type: 'track', event: 'Email Opened', userId: 'u1', ...more })
const callsOf = (events: ReadonlyNonEmptyArray<object>): ReadonlyArray<SegmentCall> => {
  const described = describeSegmentBatches(events)
  return described._tag === 'Left' ? [] : described.right
}
const unsentOf = (events: ReadonlyNonEmptyArray<object>) => {
  const described = describeSegmentBatches(events)
  return described._tag === 'Right' ? [] : described.left
}
const bodyBytes = ({ descriptor }: SegmentCall): number => Buffer.byteLength(JSON.stringify(descriptor.body.json))
/** Letters, and the bytes that JSON has for each. */
const letters = fc.constantFrom<readonly [string, number]>(
  ['a', 1],
  ['é', 2],
  ['\ud83d\ude00', 4],
  ['"', 2],
  ['\ud800', 6]
)
const sized = fc.tuple(letters, fc.oneof(fc.nat({ max: 33_000 }), fc.integer({ min: 31_000, max: 33_000 })))
const someEvent = sized.map(([[letter, each], size]) =>
  event({ properties: { text: letter.repeat(Math.floor(size / each)) } })
)

describe('batches for Segment', () => {
  it('D2 P1 P2 P4 every event is in one batch or told, in order, and no batch exceeds a limit', () => {
    fc.assert(
      fc.property(batchOf(someEvent, 60), (events) => {
        const calls = callsOf(frozen(events))
        const unsent = unsentOf(events).map((one) => one.event)
        const positions = calls.flatMap((call) => call.events)
        expect(positions).toEqual(events.map((_, i) => i).filter((i) => !unsent.includes(i)))
        for (const i of unsent) expect(Buffer.byteLength(JSON.stringify(events[i]))).toBeGreaterThan(32_000)
        for (const call of calls) {
          expect(bodyBytes(call)).toBeLessThanOrEqual(500_000)
          expect(call.descriptor.body.json.batch).toEqual(call.events.map((i) => events[i]))
        }
        // No batch could have taken the first event of the next one too.
        calls.slice(1).forEach((call, k) => {
          const [first] = call.descriptor.body.json.batch
          const before = calls[k]
          if (before !== undefined)
            expect(bodyBytes(before) + Buffer.byteLength(JSON.stringify(first)) + 1).toBeGreaterThan(499_998)
        })
        expect(describeSegmentBatches(events)).toEqual(describeSegmentBatches(structuredClone(events)))
        expect(JSON.parse(JSON.stringify(calls))).toStrictEqual(calls)
      }),
      { numRuns: Math.min(100, fc.readConfigureGlobal().numRuns ?? 100) }
    )
  })

  it.each([
    [1, [1]],
    [2_500, [2_500]],
    [2_501, [2_500, 1]]
  ])('D2 of %s small events', (count, sizes) => {
    const [first, ...rest] = Array.from({ length: count }, () => event())
    const calls = callsOf([first ?? event(), ...rest])
    expect(calls.map((call) => call.events.length)).toEqual(sizes)
    expect(calls.map(({ descriptor }) => descriptor.body.json.batch.length)).toEqual(sizes)
  })

  it('D2 commas count', () => {
    const fill = 19_999 - Buffer.byteLength(JSON.stringify(event({ x: '' })))
    const [first, ...rest] = Array.from({ length: 25 }, () => event({ x: 'a'.repeat(fill) }))
    const calls = callsOf([first ?? event(), ...rest])
    expect(calls.map((call) => call.events.length)).toEqual([24, 1])
  })

  it('D2 a batch of 500,000 bytes is one, a byte more makes two', () => {
    const filled = (size: number) =>
      event({ x: 'a'.repeat(size - Buffer.byteLength(JSON.stringify(event({ x: '' })))) })
    const frame = Buffer.byteLength('{"batch":[]}') + 24
    const rest = Array.from({ length: 24 }, () => filled(20_000))
    const [one, two] = [callsOf([filled(20_000 - frame), ...rest]), callsOf([filled(20_000 - frame + 1), ...rest])]
    expect(one.map(bodyBytes)).toEqual([500_000])
    expect(two.map((call) => call.events.length)).toEqual([24, 1])
  })

  it('D2 an event of 32,000 bytes is taken, one of 32,001 is told', () => {
    const fill = segmentLimits.eventBytes - Buffer.byteLength(JSON.stringify(event({ x: '' })))
    expect(callsOf([event({ x: 'a'.repeat(fill) })])).toHaveLength(1)
    expect(unsentOf([event({ x: 'a'.repeat(fill + 1) })])).toHaveLength(1)
  })

  it.each([
    ['us', 'api.segment.io'],
    ['eu', 'events.eu1.segmentapis.com']
  ] as const)('S3 go to the host of the region %s, and hold no key', (region, host) => {
    const described = describeSegmentBatches([event()], { region })
    expect(described).toEqual({
      _tag: 'Right',
      right: [
        {
          descriptor: {
            _tag: 'SegmentRequest',
            host,
            method: 'POST',
            path: ['v1', 'batch'],
            body: { json: { batch: [event()] } },
            auth: 'write-key'
          },
          events: [0]
        }
      ]
    })
  })

  it('P3 what is no JSON object is told', () => {
    const circle: Record<string, unknown> = {}
    circle.circle = circle
    const throwing = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no')
        }
      }
    )
    expect(unsentOf([circle, event(), throwing, []]).map((one) => one.event)).toEqual([0, 2, 3])
  })

  it('what no batch can carry is told with what to do, and the rest is sent', () => {
    const large = event({ x: 'a'.repeat(32_000) })
    const [unreadable, tooLarge] = [
      '(whole value): found something that is no JSON object; send the events as they were made',
      '(whole value): found an event that is too large; Segment takes 32000 bytes an event'
    ]
    const some = describeSegmentBatches([large, event(), []])
    expect(some).toMatchObject({ _tag: 'Both', right: [{ events: [1] }] })
    expect(some._tag === 'Both' && some.left.map(({ problem }) => problem.weight)).toEqual(['invalid', 'invalid'])
    expect(some._tag === 'Both' && some.left.map(({ problem }) => describeProblem(problem))).toEqual([
      tooLarge,
      unreadable
    ])
    expect(describeSegmentBatches([large])).toMatchObject({
      _tag: 'Left',
      left: [{ event: 0, problem: { weight: 'invalid', at: [] } }]
    })
    const none = describeSegmentBatches(JSON.parse('[]'))
    expect(none._tag === 'Left' && none.left.map(({ event: at, problem }) => [at, describeProblem(problem)])).toEqual([
      [0, unreadable]
    ])
  })
})

describe('Segment’s answers', () => {
  const [call, several] = [callsOf([event()])[0], callsOf([event(), event()])[0]]
  const told = (of: SegmentCall | undefined, status: number, body: unknown = '', headers: object = {}) =>
    of === undefined ? undefined : interpretSegmentBatch(of, { status, headers: { ...headers }, body })

  it('a batch that was taken', () => {
    expect(told(several, 200, '{"success":true}')).toEqual({ _tag: 'Taken', events: [0, 1] })
    expect(told(several, 200)).toEqual({ _tag: 'Taken', events: [0, 1] })
    expect(told(several, 200, null)).toEqual({ _tag: 'Taken', events: [0, 1] })
    expect(told(several, 200, ' \n')).toEqual({ _tag: 'Taken', events: [0, 1] })
    expect(several && interpretSegmentBatch(several, { status: 200, headers: {}, body: undefined })._tag).toBe('Taken')
    expect(told(several, 200, { success: false })).toEqual({
      _tag: 'Refused',
      requestId: null,
      reasons: [{ code: '', message: 'the answer denies success' }],
      remedy: 'mend-request',
      retryAfter: null
    })
  })

  it.each([['<html><body>Sign in to this network</body></html>'], ['[]'], ['"ok"'], ['7']])(
    'S3 a success that is not Segment’s is none: %s',
    (body) => {
      const answer = told(several, 200, body)
      expect(answer).toMatchObject({
        _tag: 'Refused',
        reasons: [{ code: '', message: expect.stringContaining('not Segment’s') }],
        remedy: 'back-off'
      })
      expect(JSON.stringify(answer)).not.toContain('html')
    }
  )

  // biome-ignore format: table
  it.each([
    [400, 'mend-request',      'split-request'],
    [413, 'mend-request',      'split-request'],
    [401, 'ask-administrator', 'ask-administrator'],
    [403, 'ask-administrator', 'ask-administrator'],
    [404, 'mend-request',      'mend-request'],
    [408, 'back-off',          'back-off'],
    [429, 'throttle',          'throttle'],
    [500, 'back-off',          'back-off'],
    [0,   'back-off',          'back-off'],
    [99,  'back-off',          'back-off'],
    [100, 'mend-request',      'mend-request'],
    [300, 'mend-request',      'mend-request']
  ])('%s asks for %s of one event, for %s of several', (status, one, many) => {
    expect(told(call, status)).toMatchObject({ _tag: 'Refused', reasons: [{ code: String(status), message: `HTTP status ${status}` }], remedy: one })
    expect(told(several, status)).toMatchObject({ remedy: many })
  })

  it('say how long to wait, under either name', () => {
    expect(told(call, 429, '', { 'retry-after': '7' })).toMatchObject({ retryAfter: 7 })
    expect(told(call, 429, '', { 'x-ratelimit-reset': '9' })).toMatchObject({ retryAfter: 9 })
    expect(told(call, 429)).toMatchObject({ retryAfter: null })
  })

  it('that turn on their reader are asked for again', () => {
    const hostile = Object(fragile({ status: 200, headers: {}, body: '' }, 0))
    expect(call && interpretSegmentBatch(call, hostile)).toEqual({
      _tag: 'Refused',
      requestId: null,
      reasons: [{ code: '0', message: 'HTTP status 0' }],
      remedy: 'back-off',
      retryAfter: null
    })
  })

  it('P3 P4 S3 any answer gets a verdict that repeats nothing of it', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.oneof(fc.integer(), fc.double()), (body, headers, status) => {
        const verdict = call && interpretSegmentBatch(call, { status, headers: Object(headers), body })
        expect(['Taken', 'Refused']).toContain(verdict?._tag)
        expect(JSON.parse(JSON.stringify(verdict))).toStrictEqual(verdict)
      })
    )
    expect(JSON.stringify(told(call, 400, 'q7mark'))).not.toContain('q7mark')
  })
})
