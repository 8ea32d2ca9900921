import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Answer } from '../../src/intent/outcome.js'
import { isSynced, nextReads, wakeSyncAt } from '../../src/source/sync/next.js'
import { type LostRead, receivePart, receiveRead, resumedSync } from '../../src/source/sync/receive.js'
import { type SourceSync, startSync, takeRows } from '../../src/source/sync/state.js'
import { fragile } from '../arbitraries/hostile.js'
import { frozen } from '../endpoints/reading.js'
import { day, drive, idsOf, marketo, settingsOf, start } from './drive.js'

const token = {
  status: 200,
  headers: {},
  body: { access_token: 'secret-token', token_type: 'bearer', expires_in: 3_600 }
}

const envelope = (result: unknown): fc.Arbitrary<unknown> =>
  fc.record(
    {
      success: fc.constantFrom(true, true, true, false, 'true'),
      requestId: fc.constant('r'),
      result: fc.oneof({ weight: 5, arbitrary: fc.constant(result) }, { weight: 1, arbitrary: fc.anything() }),
      nextPageToken: fc.constantFrom('A=', 'B=', '', null, 7),
      moreResult: fc.constantFrom(true, false, 'yes', undefined),
      errors: fc.oneof(
        fc.constant([]),
        fc.anything(),
        fc.array(
          fc.record({
            code: fc.constantFrom('601', '602', '606', '607', '610', '702', '1003', '1029', '1035', 606),
            message: fc.string()
          })
        )
      ),
      warnings: fc.anything()
    },
    { requiredKeys: ['success'] }
  )

const records = fc.array(
  fc.oneof(
    fc.record({
      id: fc.oneof(fc.nat(), fc.string()),
      marketoGUID: fc.oneof(fc.nat(), fc.string()),
      leadId: fc.oneof(fc.integer(), fc.string()),
      activityTypeId: fc.constantFrom(1, 10, 12, 13, 32, 37, '10', null),
      activityDate: fc.constantFrom('2024-05-01T10:00:00Z', '9999-12-31T23:59:59Z', 'yesterday', 7),
      attributes: fc.oneof(fc.constant([{ name: 'Merge IDs', value: '[1, 2]' }]), fc.anything()),
      exportId: fc.constantFrom('e1', '', 7),
      status: fc.constantFrom('Created', 'Queued', 'Processing', 'Completed', 'Failed', 'Canceled', 'Dancing'),
      numberOfRecords: fc.constantFrom(0, 2, -1, 'x'),
      fileSize: fc.constantFrom(0, 20, 1e300, null),
      fileChecksum: fc.constantFrom(`sha256:${'a'.repeat(64)}`, 7, undefined)
    }),
    fc.anything()
  ),
  { maxLength: 5 }
)

const file = fc.constantFrom(
  'id,email\n1,a@corp.test\n',
  'id,email\n1,"a',
  '',
  '{"success":false}',
  '<html>\n<p>busy</p>\n',
  'marketoGUID,leadId\n',
  '\0'
)

const answer: fc.Arbitrary<Answer | LostRead> = fc.oneof(
  { weight: 6, arbitrary: records.chain(envelope).map((body) => ({ status: 200, headers: {}, body })) },
  { weight: 3, arbitrary: file.map((body) => ({ status: 200, headers: {}, body })) },
  { weight: 1, arbitrary: file.map((body) => ({ status: 206, headers: {}, body })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(404, 414, 429, 500, 502).map((status) => ({ status, headers: {}, body: '' }))
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'lost' as const }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(records.chain(envelope), fc.nat({ max: 30 }))
      .map(([body, patience]) => ({ status: 200, headers: {}, body: fragile(body, patience) }))
  }
)

const settings = settingsOf({
  activityTypeIds: [1, 10, 37],
  customLeadFields: [{ field: 'leadScore', type: 'integer' }]
})

type Step = (state: SourceSync) => SourceSync

/** One round: what is asked is answered, the token with a token, the rest with what comes. */
const walk = (
  answers: ReadonlyArray<Answer | LostRead>,
  parts: ReadonlyArray<string>,
  check: Step
): { readonly state: SourceSync; readonly now: number } => {
  let state = startSync(settings, start - 40 * day, { leads: 'updatedAt', jobs: 2 })
  let now = start
  let n = 0
  while (n < answers.length) {
    const [after, requests] = nextReads(state, now)
    state = after
    if (requests.length === 0) {
      const at = wakeSyncAt(state, now)
      expect(at === null || at >= now).toBe(true)
      if (at === null) break
      now = Math.max(at, now + 1)
      n += 1
      continue
    }
    for (const { id, call } of requests) {
      const told = call.descriptor.endpoint === 'identityToken' ? token : answers[n % answers.length]
      if (told === undefined) break
      state = receiveRead(receivePart(state, id, { status: 200, text: parts[n % parts.length] ?? '' }), id, told, now)
      n += 1
      now += 5
    }
    state = check(state)
  }
  return { state, now }
}

const same: Step = (state) => state

describe('laws', () => {
  const given = [
    fc.array(answer, { minLength: 1, maxLength: 40 }),
    fc.array(file, { minLength: 1, maxLength: 3 })
  ] as const

  it('P3 P4 whatever answers come, every step gives a state that is JSON, and no secret stands in it', () => {
    fc.assert(
      fc.property(...given, (answers, parts) => {
        walk(answers, parts, (state) => {
          expect(isDeepStrictEqual(JSON.parse(JSON.stringify(state)), state)).toBe(true)
          const [after, taken] = takeRows(state)
          expect(JSON.stringify([after, taken])).not.toContain('secret-token')
          for (const { collection, row } of taken.rows)
            expect([typeof collection, typeof row.id]).toEqual(['string', 'string'])
          return after
        })
      })
    )
  })

  it('P1 P2 a frozen state steps on as any other, and the same way each time', () => {
    fc.assert(
      fc.property(...given, (answers, parts) => {
        const told = answers.filter((one) => !('body' in one) || isDeepStrictEqual(structuredCloneOf(one), one))
        if (told.length === 0) return
        const once = walk(told, parts, (state) => frozen(state))
        expect(isDeepStrictEqual(walk(told, parts, same), once)).toBe(true)
      })
    )
  })

  it('D8 a state of any moment may be resumed, and comes to rest once Marketo answers as it should', () => {
    const instance = marketo({ lists: [{ id: 1, name: 'A' }], customFields: [{ name: 'leadScore', type: 'integer' }] })
    fc.assert(
      fc.property(...given, (answers, parts) => {
        const { state, now } = walk(answers, parts, (so) => takeRows(so)[0])
        const resumed = resumedSync(state, now)
        expect(Object.keys(resumed.inFlight)).toEqual([])
        // The run under way, and one from its beginning.
        const world = drive(resumed, instance, { now, runs: 3 })
        expect(isSynced(world.state, world.now)).toBe(true)
        expect(idsOf(world, 'lists')).toEqual(['1'])
        expect(world.walked.filter(({ collection }) => collection === 'segments').length).toBeGreaterThan(0)
      })
    )
  })
})

const structuredCloneOf = (one: unknown): unknown => {
  try {
    return structuredClone(one)
  } catch {
    return undefined
  }
}
