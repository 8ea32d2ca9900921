import { describe, expect, it } from 'vitest'
import { browserMapper } from '../../src/v2/mapper.js'
import { deviceCases } from '../cases/v2-device.js'
import { settingsFrom } from './given.js'

describe('Segment’s own device code', () => {
  it('gave us 27 vectors', () => {
    expect(deviceCases).toHaveLength(27)
  })

  it.each(deviceCases)('$source: $name', ({ input, expected }) => {
    expect(browserMapper(settingsFrom(input.settings))(input.event)).toEqual(expected)
  })
})
