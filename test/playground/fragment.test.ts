/** Links: what they hold, what they never hold, and what becomes of forged ones. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { knownSettings, prepare } from '../../docs/playground/model/contracts.js'
import { controls, initialControls } from '../../docs/playground/model/controls.js'
import { examples, presets } from '../../docs/playground/model/examples.js'
import { fragmentOf, longestFragment, stateIn } from '../../docs/playground/model/fragment.js'
import { readEvents } from '../../docs/playground/model/read-events.js'
import {
  contractOf,
  editsOf,
  firstState,
  type State,
  tabs,
  withExample,
  withPreset
} from '../../docs/playground/model/state.js'
import { jsonObject, jsonValue, prototypeKey } from '../arbitraries/events.js'

const controlValues = fc
  .tuple(...controls.map(({ values }) => fc.constantFrom(...values)))
  .map((values) => Object.fromEntries(controls.map(({ name }, i) => [name, values[i] ?? 0])))

const choices = fc.record({
  example: fc.constantFrom(...examples.map(({ id }) => id)),
  preset: fc.constantFrom(...presets.map(({ id }) => id)),
  side: fc.constantFrom('server' as const, 'browser' as const),
  tab: fc.constantFrom(...tabs),
  chosen: fc.nat({ max: 5_000 }),
  controls: controlValues
})

const stateWith = (chosen: typeof choices extends fc.Arbitrary<infer C> ? C : never): State => ({
  ...withPreset(withExample(firstState, chosen.example), chosen.preset),
  ...chosen
})

/** Names of credentials, in the spellings that people use. */
const secretName = fc.constantFrom(
  'privateKey',
  'private_key',
  'Private Key',
  'apiPrivateKey',
  'soapUserId',
  'encryptionKey',
  'SOAP Encryption Key',
  'clientId',
  'clientSecret',
  'client-secret',
  'accessToken',
  'access_token',
  'password',
  'apiKey',
  'Authorization',
  'writeKey'
)

const secret = fc.stringMatching(/^[a-z0-9]{24}$/).map((text) => `s3cr3t${text}`)

/** What a fragment says, in clear. */
const clear = (fragment: string | null): string =>
  fragment === null ? '' : Buffer.from(fragment.slice('#s='.length), 'base64url').toString('utf8')

/** A value with a member put somewhere into it. */
const hidden = (value: unknown, name: string, member: string, depth: number): unknown =>
  depth === 0
    ? { ...(typeof value === 'object' ? value : {}), [name]: member }
    : { inner: [hidden(value, name, member, depth - 1)] }

describe('laws', () => {
  it('L1 a credential among the settings stands in no link, however deep and however it is spelled', () => {
    fc.assert(
      fc.property(choices, secretName, secret, fc.nat({ max: 3 }), (chosen, name, member, depth) => {
        const state = stateWith(chosen)
        const settings = {
          ...JSON.parse(state.settings),
          munchkinOptions: hidden({}, name, member, depth),
          [name]: member
        }
        const { fragment, leftOut } = fragmentOf({ ...state, settings: JSON.stringify(settings) })
        expect(fragment).not.toBeNull()
        expect(clear(fragment)).not.toContain(member)
        expect(leftOut).toContain(name)
      })
    )
  })

  it('L1 a setting that no contract knows stands in no link', () => {
    fc.assert(
      fc.property(choices, fc.string({ minLength: 1 }), secret, (chosen, name, member) => {
        const state = stateWith(chosen)
        fc.pre(!knownSettings(contractOf(state)).includes(name))
        const settings = JSON.stringify({ ...JSON.parse(state.settings), [name]: member })
        expect(clear(fragmentOf({ ...state, settings }).fragment)).not.toContain(member)
      })
    )
  })

  it('L1 a credential that a later member hides from whoever parses the text stands in no link', () => {
    fc.assert(
      fc.property(choices, secretName, secret, (chosen, name, member) => {
        const state = stateWith(chosen)
        const twice = `{${JSON.stringify(name)}: ${JSON.stringify(member)}, ${state.settings.slice(1)}`
        const nested = state.settings.replace('{', `{"traits": {${JSON.stringify(name)}: "${member}"}, "traits": [],`)
        for (const settings of [twice, nested])
          expect(clear(fragmentOf({ ...state, settings }).fragment)).not.toContain(member)
      })
    )
  })

  it('L1 settings that cannot be read stand in no link', () => {
    fc.assert(
      fc.property(choices, secretName, secret, (chosen, name, member) => {
        const settings = `{ ${name}: "${member}" `
        expect(clear(fragmentOf({ ...stateWith(chosen), settings }).fragment)).not.toContain(member)
      })
    )
  })

  it('L1 a credential among the events stands in no link, readable or not', () => {
    fc.assert(
      fc.property(
        choices,
        secretName,
        secret,
        fc.nat({ max: 3 }),
        fc.boolean(),
        (chosen, name, member, depth, isCut) => {
          const text = JSON.stringify(hidden({ type: 'identify' }, name, member, depth))
          const events = isCut ? text.slice(0, -1) : text
          expect(clear(fragmentOf({ ...stateWith(chosen), events }).fragment)).not.toContain(member)
        }
      )
    )
  })

  it('L2 a link brings back all that was shown', () => {
    fc.assert(
      fc.property(
        choices,
        fc.option(jsonObject),
        fc.option(fc.array(jsonValue, { maxLength: 3 })),
        (chosen, traits, rows) => {
          const base = stateWith(chosen)
          const known = knownSettings(contractOf(base)).filter((name) => name !== 'clientId' && name !== 'clientSecret')
          const settings =
            rows === null
              ? base.settings
              : JSON.stringify(Object.fromEntries(rows.map((row, i) => [known[i] ?? '', row])))
          const events = traits === null ? base.events : JSON.stringify({ type: 'identify', traits })
          const state = { ...base, settings, events }
          const { fragment, leftOut } = fragmentOf(state)
          fc.pre(fragment !== null && leftOut.length === 0)
          expect(stateIn(fragment)).toEqual(state)
        }
      )
    )
  })

  it('L2 a text of events that is no JSON is brought back as it was', () => {
    fc.assert(
      fc.property(choices, fc.string({ unit: 'binary' }), (chosen, events) => {
        const { fragment, leftOut } = fragmentOf({ ...stateWith(chosen), events })
        fc.pre(fragment !== null && leftOut.length === 0)
        expect(stateIn(fragment)?.events).toBe(events)
      }),
      { examples: [[{ ...firstState }, '\ud800 half a pair']] }
    )
  })

  const forged = fc.oneof(
    fc.string().map((text) => `#s=${text}`),
    fc.stringMatching(/^[\w-]{0,80}$/).map((text) => `#s=${text}`),
    fc.uint8Array({ maxLength: 60 }).map((bytes) => `#s=${Buffer.from(bytes).toString('base64url')}`),
    fc
      .dictionary(
        fc.oneof(
          fc.constantFrom('example', 'preset', 'side', 'tab', 'chosen', 'events', 'settings', 'controls'),
          prototypeKey
        ),
        jsonValue
      )
      .map((value) => `#s=${Buffer.from(JSON.stringify(value)).toString('base64url')}`),
    fc
      .dictionary(fc.oneof(fc.constantFrom(...controls.map(({ name }) => name)), prototypeKey), jsonValue)
      .map((given) => `#s=${Buffer.from(JSON.stringify({ controls: given })).toString('base64url')}`)
  )

  it('L3 whatever a fragment holds, what comes out can be shown', () => {
    fc.assert(
      fc.property(forged, (fragment) => {
        const state = stateIn(fragment)
        if (state === undefined) return
        expect(Object.keys(state).sort()).toEqual(Object.keys(firstState).sort())
        expect(Object.keys(state.controls)).toEqual(Object.keys(initialControls))
        for (const { name, values } of controls) expect(values).toContain(state.controls[name])
        expect(['Ready', 'Unready']).toContain(prepare(contractOf(state), state.settings, state.side)._tag)
        expect(readEvents(state.events).events.length).toBeGreaterThanOrEqual(0)
        expect(tabs).toContain(state.tab)
      })
    )
  })
})

describe('cases', () => {
  it('the first page needs a short link', () => {
    expect(fragmentOf(firstState).fragment?.length).toBeLessThan(200)
  })

  it('what is too long is not shared, and not read', () => {
    const events = JSON.stringify({ type: 'identify', traits: { about: 'x'.repeat(longestFragment) } })
    expect(fragmentOf({ ...firstState, events }).fragment).toBeNull()
    expect(stateIn(`#s=${Buffer.from(JSON.stringify({ events })).toString('base64url')}`)).toBeUndefined()
  })

  it.each(['', '#', '#s=', '#s=%00', '#s=e30', '#t=e30', '#s=bnVsbA', '#s=W10'])('%j', (fragment) => {
    expect(stateIn(fragment)).toEqual(fragment === '#s=e30' ? firstState : undefined)
  })

  it('an example brings its preset along, and a preset leaves the events alone', () => {
    const { id, events, preset } = examples.find((one) => one.id === 'hybrid') ?? { id: '', events: '', preset: '' }
    const shown = withExample({ ...firstState, tab: 'curl', chosen: 3 }, id)
    expect(shown).toMatchObject({ example: id, events, preset, tab: 'curl', chosen: 0 })
    const other = withPreset(shown, 'v1')
    expect(other).toEqual({ ...shown, preset: 'v1', settings: presets.find((one) => one.id === 'v1')?.settings })
    expect(withExample(firstState, 'nobody')).toEqual(firstState)
    expect([editsOf(shown), editsOf({ ...shown, events: '' }), editsOf({ ...shown, settings: '' })]).toEqual([
      { events: false, settings: false },
      { events: true, settings: false },
      { events: false, settings: true }
    ])
  })

  it('a prototype is no slider, no example and no preset', () => {
    const forged =
      '{"__proto__":{"tab":"curl"},"example":"__proto__","preset":"constructor","controls":{"__proto__":{"copies":200}}}'
    expect(stateIn(`#s=${Buffer.from(forged).toString('base64url')}`)).toEqual(firstState)
  })

  it('names that were left out are told', () => {
    const settings = '{"accountId":"561-HYG-937","privateKey":"k","nobody":1}'
    const { leftOut } = fragmentOf({ ...withPreset(firstState, 'v1'), settings })
    expect(leftOut).toEqual(['privateKey', 'nobody'])
  })

  it('a Munchkin cookie is no credential: it is shared as it was typed', () => {
    const events = '{"context": {"Marketo": {"marketoCookie": "id:561-HYG-937&token:_mch-example.com-1-2"}}, }'
    const { fragment } = fragmentOf({ ...firstState, events })
    expect(stateIn(fragment ?? '')?.events).toBe(events)
  })
})
