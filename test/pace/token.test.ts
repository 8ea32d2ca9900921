import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { interpretIdentityToken } from '../../src/endpoints/identity-token.js'
import type { Remedy } from '../../src/marketo/error-codes.js'
import {
  defaultTokenSettings,
  hasToken,
  type RenewalEnd,
  renewed,
  renewing,
  resetToken,
  startToken,
  type TokenState,
  tokenNeed,
  tokenRefused,
  tokenWakeAt
} from '../../src/pace/token.js'
import { frozen, hyg } from '../endpoints/reading.js'

const refused = (remedy: Remedy, retryAfter: number | null = null): RenewalEnd => ({
  _tag: 'Refused',
  reasons: [{ code: remedy === 'ask-administrator' ? '401' : '503', message: '' }],
  remedy,
  retryAfter
})
const grantedFor = (expiresIn: number): RenewalEnd => ({ _tag: 'TokenGranted', expiresIn })
const lost: RenewalEnd = { _tag: 'Lost' }

type Happening =
  | { readonly does: 'ask' }
  | { readonly does: 'answer'; readonly end: RenewalEnd }
  | { readonly does: 'refuse'; readonly generation: number }
  | { readonly does: 'reset' }

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ does: 'ask' as const }) },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('answer' as const),
      end: fc.oneof(
        fc.constantFrom(0, 1, 59, 60, 61, 3_599).map(grantedFor),
        fc.constantFrom(lost, refused('back-off'), refused('back-off', 30), refused('mend-request')),
        fc.constant(refused('ask-administrator'))
      )
    })
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('refuse' as const), generation: fc.nat(6) }) },
  { weight: 1, arbitrary: fc.constant({ does: 'reset' as const }) }
)
const after = fc.oneof(
  fc.constantFrom(0, 1, 59_999, 60_000, 3_540_000, 3_599_000),
  fc.integer({ min: 0, max: 100_000 })
)
const life = fc.array(fc.tuple(after, happening), { maxLength: 40 })

const throughJson = (state: TokenState): TokenState => frozen<TokenState>(JSON.parse(JSON.stringify(state)))

/** A driver's life: it asks only when told to, and an answer comes only to a question. */
const live = (steps: ReadonlyArray<readonly [number, Happening]>, from = 1_000_000) => {
  let state = startToken(hyg)
  let now = from
  const asked: Array<number> = []
  for (const [after, what] of steps) {
    now += after
    state = throughJson(state)
    if (what.does === 'ask') {
      if (tokenNeed(state, now) !== 'renew') continue
      state = renewing(state, now)
      asked.push(now)
    } else if (what.does === 'answer') {
      if (state.renewalSince !== null) state = renewed(state, what.end, now)
    } else if (what.does === 'refuse') state = tokenRefused(state, what.generation, now)
    else state = resetToken(state)
  }
  return { state, now, asked }
}

const t0 = 1_714_557_600_000
const fresh = startToken(hyg)
/** A token granted at t0 that lives so many seconds. */
const living = (seconds: number): TokenState => renewed(renewing(fresh, t0), grantedFor(seconds), t0)

describe('laws of the token', () => {
  it('a storm of answers for one token costs one renewal, in any order, however many', () => {
    const storms = fc.array(fc.tuple(fc.nat(3), fc.nat(50)), { minLength: 1, maxLength: 100 })
    fc.assert(
      fc.property(storms, fc.nat(3), (storm, generation) => {
        let state: TokenState = { ...living(3_600), generation }
        let now = t0 + 100_000
        let renewals = 0
        for (const [of, after] of storm) {
          now += after
          state = tokenRefused(state, of, now)
          if (tokenNeed(state, now) !== 'renew') continue
          renewals += 1
          state = renewing(state, now)
        }
        expect(renewals).toBe(storm.some(([of]) => of === generation) ? 1 : 0)
        // It ends, and late answers of the storm still come in.
        if (renewals === 1) state = renewed(state, grantedFor(3_600), now)
        for (const [of] of storm) if (of !== state.generation) state = tokenRefused(state, of, now)
        expect(tokenNeed(state, now)).toBe('use')
      })
    )
  })

  it('one renewal at most is under way: the next is asked for when it ended or is lost', () => {
    fc.assert(
      fc.property(life, (steps) => {
        const { state, now } = live(steps)
        if (tokenNeed(state, now) !== 'renew') return
        const under = renewing(state, now)
        for (const later of [0, 1, defaultTokenSettings.renewalMillis - 1])
          expect(tokenNeed(under, now + later)).not.toBe('renew')
        expect(tokenNeed(under, now + defaultTokenSettings.renewalMillis)).toBe('renew')
      })
    )
  })

  it('a call is sent with a token that lives, and with no other', () => {
    fc.assert(
      fc.property(life, fc.nat(100_000), (steps, later) => {
        const { state, now } = live(steps)
        const at = now + later
        if (tokenNeed(state, at) === 'use') expect(hasToken(state, at)).toBe(true)
        if (tokenNeed(state, at) === 'wait' || tokenNeed(state, at) === 'refused')
          expect(hasToken(state, at)).toBe(false)
      })
    )
  })

  it('renewals that bring no token of use become seldom: there is no loop', () => {
    const ends = fc.constantFrom(grantedFor(0), lost, refused('back-off'), refused('mend-request'))
    fc.assert(
      fc.property(fc.array(ends, { minLength: 60, maxLength: 60 }), fc.nat(), (answers, seed) => {
        let state = startToken(hyg, { seed })
        let now = t0
        for (const end of answers) {
          if (tokenNeed(state, now) !== 'renew') now = tokenWakeAt(state, now) ?? Number.NaN
          expect(tokenNeed(state, now)).toBe('renew')
          state = renewed(renewing(state, now), end, now)
        }
        // Sixty renewals, most of which wait two and a half minutes on average.
        expect(now - t0).toBeGreaterThan(1_000_000)
      })
    )
  })

  it('tokens refused as soon as they are given become seldom as well', () => {
    let state = fresh
    let now = t0
    for (let k = 0; k < 40; k += 1) {
      if (tokenNeed(state, now) !== 'renew') now = tokenWakeAt(state, now) ?? Number.NaN
      state = renewed(renewing(state, now), grantedFor(3_000), now)
      state = tokenRefused(state, state.generation, now)
    }
    expect(now - t0).toBeGreaterThan(1_000_000)
  })

  it('tokenWakeAt is the next instant at which the need changes', () => {
    fc.assert(
      fc.property(life, (steps) => {
        const { state, now } = live(steps)
        const need = tokenNeed(state, now)
        const wakeAt = tokenWakeAt(state, now)
        if (wakeAt === null) expect(tokenNeed(state, now + 1e9)).toBe(need)
        else {
          expect(wakeAt).toBeGreaterThan(now)
          expect(tokenNeed(state, wakeAt)).not.toBe(need)
          for (const part of [0.25, 0.5, 0.75])
            expect(tokenNeed(state, now + Math.floor((wakeAt - 1 - now) * part))).toBe(need)
          expect(tokenNeed(state, wakeAt - 1)).toBe(need)
        }
      })
    )
  })

  it('D8 P2 P4 the state equals its JSON round trip at every moment, and may be frozen', () => {
    fc.assert(
      fc.property(life, (steps) => {
        const { state } = live(steps)
        expect(throughJson(state)).toStrictEqual(state)
      })
    )
  })

  it('P1 the same life leads to the same state', () => {
    fc.assert(
      fc.property(life, (steps) => {
        expect(live(steps)).toStrictEqual(live(structuredClone(steps)))
      })
    )
  })

  it('P3 P4 whatever numbers come in, what comes out is JSON', () => {
    const any = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, 1e306))
    fc.assert(
      fc.property(any, any, any, any, (expiresIn, now, seed, retryAfter) => {
        const asked = renewing(startToken(hyg, { seed: Number.isFinite(seed) ? seed + 0 : 0 }), now)
        const given = renewed(asked, grantedFor(expiresIn), now)
        const out = [asked, given, tokenRefused(given, 1, now), renewed(asked, refused('back-off', retryAfter), now)]
        expect(JSON.parse(JSON.stringify(out))).toStrictEqual(out)
      })
    )
  })

  it('S3 no token and no credential finds its way into the state', () => {
    const answer = { status: 200, headers: {}, body: '{"access_token":"q7mark:ab","expires_in":3599,"scope":"q7mark"}' }
    const state = renewed(renewing(fresh, t0), interpretIdentityToken(answer), t0)
    expect(state.generation).toBe(1)
    expect(JSON.stringify(state)).not.toContain('q7mark')
  })
})

describe('a token', () => {
  it.each([
    ['none yet', fresh, t0, 'renew'],
    ['none yet, at the instant 0', fresh, 0, 'renew'],
    ['asked for', renewing(fresh, t0), t0 + 59_999, 'wait'],
    ['asked for, and nobody heard of it again', renewing(fresh, t0), t0 + 60_000, 'renew'],
    ['granted', living(3_600), t0 + 3_539_999, 'use'],
    ['granted, within its margin', living(3_600), t0 + 3_540_000, 'renew'],
    ['being renewed within its margin', renewing(living(3_600), t0 + 3_540_000), t0 + 3_540_001, 'use'],
    ['being renewed, and expired', renewing(living(3_600), t0 + 3_590_000), t0 + 3_600_000, 'wait'],
    ['the same again with the seconds that are left', living(60), t0 + 59_999, 'use'],
    ['the same again, expired', living(60), t0 + 60_000, 'renew'],
    ['granted with no seconds', living(0), t0, 'renew'],
    ['refused by Marketo', tokenRefused(living(3_600), 1, t0 + 100_000), t0 + 100_000, 'renew'],
    ['refused as soon as it was given', tokenRefused(living(3_600), 1, t0), t0, 'renew'],
    ['of an older generation refused', tokenRefused(living(3_600), 0, t0 + 100_000), t0 + 100_000, 'use'],
    ['of a later generation refused', tokenRefused(living(3_600), 2, t0 + 100_000), t0 + 100_000, 'use']
  ] as const)('%s', (_, state, now, need) => {
    expect(tokenNeed(state, now)).toBe(need)
  })

  it.each<readonly [string, TokenState, number, number | null]>([
    ['a token is to be renewed, before it expires', living(3_600), t0 + 300, t0 + 3_540_000],
    ['a renewal is lost', renewing(fresh, t0), t0 + 300, t0 + 60_000],
    [
      'a token expires, when nobody may ask for another',
      renewed(renewing(living(3_600), t0), refused('ask-administrator'), t0),
      t0 + 300,
      t0 + 3_600_000
    ],
    ['there is nothing to wait for', fresh, t0, null]
  ])('wakes who waits when %s', (_, state, now, wakeAt) => {
    expect(tokenWakeAt(state, now)).toBe(wakeAt)
  })

  it('that is not there is none at any instant', () => {
    expect([hasToken(fresh, -1), hasToken(fresh, t0)]).toEqual([false, false])
  })

  it('lives from the moment it was asked for: that is the earlier reading of its seconds', () => {
    const state = renewed(renewing(fresh, t0), grantedFor(100), t0 + 30_000)
    expect([state.expiresAt, state.renewAt, state.generation]).toEqual([t0 + 100_000, t0 + 40_000, 1])
  })

  it('without seconds is renewed at once, and the next time after a while', () => {
    const again = renewed(renewing(living(0), t0 + 5), grantedFor(0), t0 + 10)
    expect(living(0).retryAt).toBe(t0)
    expect(again.troubles).toBe(2)
    const waits = Array.from({ length: 200 }, (_, seed) => {
      const first = renewed(renewing(startToken(hyg, { seed }), t0), grantedFor(0), t0)
      return renewed(renewing(first, t0), grantedFor(0), t0).retryAt - t0
    })
    expect(Math.max(...waits)).toBeGreaterThan(900)
    expect(Math.max(...waits)).toBeLessThanOrEqual(1_000)
  })

  it('that lived long enough ends the row of troubles', () => {
    const troubled = renewed(renewing(renewed(renewing(fresh, t0), lost, t0), t0), grantedFor(3_600), t0)
    expect(troubled.troubles).toBe(1)
    expect(tokenRefused(troubled, 1, t0 + 59_999).troubles).toBe(2)
    expect(tokenRefused(troubled, 1, t0 + 60_000).troubles).toBe(1)
    expect(renewed(renewing(troubled, t0 + 60_000), grantedFor(3_600), t0 + 60_000).troubles).toBe(0)
  })

  it('stays in use while renewals of it fail', () => {
    const margin = t0 + 3_540_000
    const failed = renewed(renewing(living(3_600), margin), refused('back-off', 30), margin + 10)
    expect(tokenNeed(failed, margin + 11)).toBe('use')
    expect(tokenNeed(failed, failed.retryAt)).toBe('renew')
    expect(failed.retryAt).toBeGreaterThanOrEqual(margin + 10 + 30_000)
    const denied = renewed(renewing(living(3_600), margin), refused('ask-administrator'), margin + 10)
    expect([tokenNeed(denied, margin + 11), tokenNeed(denied, t0 + 3_600_000)]).toEqual(['use', 'refused'])
  })

  it('whose credentials were refused is never asked for again, until they are reset', () => {
    const state = renewed(renewing(fresh, t0), refused('ask-administrator'), t0)
    expect([tokenNeed(state, t0), tokenNeed(state, t0 + 1e12)]).toEqual(['refused', 'refused'])
    expect(tokenWakeAt(state, t0)).toBeNull()
    const reset = resetToken(state)
    expect(tokenNeed(reset, t0)).toBe('renew')
    expect(resetToken(living(3_600)).generation).toBe(1)
  })

  it.each([
    ['401', { status: 401, headers: {}, body: '{"error":"invalid_client"}' }, 'refused'],
    ['503', { status: 503, headers: { 'retry-after': '5' }, body: '' }, 'wait'],
    ['a page of a gateway', { status: 200, headers: {}, body: '<html>' }, 'wait'],
    ['404', { status: 404, headers: {}, body: '' }, 'wait'],
    ['a token', { status: 200, headers: {}, body: '{"access_token":"a","expires_in":3599}' }, 'use']
  ] as const)('after the identity endpoint answered with %s', (_, answer, need) => {
    const seeded = startToken(hyg, { seed: 3 })
    expect(tokenNeed(renewed(renewing(seeded, t0), interpretIdentityToken(answer), t0), t0)).toBe(need)
  })

  it('may have another margin', () => {
    const eager = startToken(hyg, { marginMillis: 600_000 })
    const state = renewed(renewing(eager, t0), grantedFor(3_600), t0)
    expect([tokenNeed(state, t0 + 2_999_999), tokenNeed(state, t0 + 3_000_000)]).toEqual(['use', 'renew'])
  })
})

describe('near misses', () => {
  it('answers for a dead token that come after the next one was granted change nothing', () => {
    const dead = tokenRefused(living(3_600), 1, t0 + 100_000)
    const next = renewed(renewing(dead, t0 + 100_000), grantedFor(3_600), t0 + 100_100)
    expect(tokenRefused(next, 1, t0 + 100_200)).toBe(next)
    expect(tokenNeed(next, t0 + 100_200)).toBe('use')
  })

  it('a second answer for the present token, while it is being renewed, changes nothing', () => {
    const dead = renewing(tokenRefused(living(3_600), 1, t0 + 100_000), t0 + 100_000)
    expect(tokenRefused(dead, 1, t0 + 100_001)).toBe(dead)
  })

  it('a clock that went back keeps a token no shorter than it lives', () => {
    expect(tokenNeed(living(3_600), t0 - 1e6)).toBe('use')
  })
})
