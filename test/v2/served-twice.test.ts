import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Served, servedTwice } from '../../src/v2/served-twice.js'

const served: fc.Arbitrary<ReadonlyArray<Served>> = fc.array(
  fc.record({
    contract: fc.constantFrom('v1' as const, 'v2' as const),
    munchkinId: fc.constantFrom('561-HYG-937', '561-hyg-937', '123-ABC-456', '111-AAA-222')
  })
)

describe('contracts on one instance', () => {
  it('are said, each with the earlier one', () => {
    const contracts: ReadonlyArray<Served> = [
      { contract: 'v1', munchkinId: '561-HYG-937' },
      { contract: 'v2', munchkinId: '123-ABC-456' },
      { contract: 'v2', munchkinId: '561-hyg-937' },
      { contract: 'v2', munchkinId: '561-HYG-937' }
    ]
    const warning = (at: number) => ({
      _tag: 'Risky',
      weight: 'warning',
      at: [at, 'munchkinId'],
      risk: 'duplicate-data',
      mend: 'contract 0 serves this instance too: switch one of them off'
    })
    expect(servedTwice(contracts)).toEqual([warning(2), warning(3)])
  })

  it('are as many as there are beyond one for each instance', () => {
    fc.assert(
      fc.property(served, (contracts) => {
        const instances = new Set(contracts.map(({ munchkinId }) => munchkinId.toUpperCase()))
        expect(servedTwice(contracts)).toHaveLength(contracts.length - instances.size)
      })
    )
  })
})
