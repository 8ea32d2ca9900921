import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { settingsVersion } from '../../src/v2/settings-version.js'
import { settings } from '../arbitraries/settings.js'
import { settingsFrom } from './given.js'

/** The same value, its members in the opposite order all the way down; items stay where they are. */
const turned = <A>(value: A): A =>
  JSON.parse(JSON.stringify(value), (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).reverse())
      : inner
  )

const version = (rows: ReadonlyArray<unknown>) => settingsVersion(settingsFrom({ traits: rows }))
const plan = { trait: 'plan', field: 'plan__c' }
const seats = { trait: 'seats', field: 'seats__c' }

describe('the version of settings', () => {
  it('is twelve hex digits, whatever the order of members', () => {
    fc.assert(
      fc.property(settings, (of) => {
        expect(settingsVersion(of)).toMatch(/^[0-9a-f]{12}$/)
        expect(settingsVersion(turned(of))).toBe(settingsVersion(of))
      })
    )
  })

  it('is another one where anything differs, also deep in a row', () => {
    const versions = [
      settingsVersion(settingsFrom({ createLead: false })),
      version([]),
      version([plan]),
      version([plan, seats]),
      version([seats, plan]),
      version([{ ...plan, default: 'free' }]),
      version([{ ...plan, transforms: ['trim'] }]),
      version([{ ...plan, transforms: ['trim', 'upper'] }]),
      version([{ ...plan, transforms: ['upper', 'trim'] }]),
      version([{ ...plan, transforms: [{ table: { gold: 'A' } }] }]),
      version([{ ...plan, transforms: [{ table: { gold: 'B' } }] }]),
      version([{ ...plan, transforms: [{ table: { silver: 'B' } }] }])
    ]
    expect(new Set(versions).size).toBe(versions.length)
  })
})
