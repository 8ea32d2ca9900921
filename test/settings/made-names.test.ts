import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isNewActivityApiName, isNewActivityName } from '../../src/marketo/activity-types.js'
import { apiNameFrom, displayNameFrom, fieldNameFrom, isNewFieldName, untaken } from '../../src/settings/made-names.js'

const name = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('Order Completed', 'order_id', '2024', '', ' ', '名前', 'SKU', 'x'.repeat(300), '9'.repeat(255))
)

describe('laws of made names', () => {
  it('Marketo takes each of them', () => {
    fc.assert(
      fc.property(name, (given) => {
        expect(isNewFieldName(fieldNameFrom(given))).toBe(true)
        expect(isNewActivityApiName(apiNameFrom(given, 'event'))).toBe(true)
        expect(isNewActivityName(displayNameFrom(given, 'Event'))).toBe(true)
        expect(displayNameFrom(given, 'Event').length).toBeLessThanOrEqual(255)
      })
    )
  })

  it('a name that Marketo takes stays', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,20}$/), (given) => {
        expect(fieldNameFrom(given)).toBe(given)
      })
    )
  })

  it('no two of them are one, whatever their case', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'A', 'a2', 'a22', 'b'.repeat(255), 'B'.repeat(255)), { maxLength: 12 }),
        (names) => {
          const taken = new Set<string>()
          const made = names.map((one) => untaken(one, taken))
          expect(new Set(made.map((one) => one.toLowerCase())).size).toBe(names.length)
          for (const one of made) expect(one.length).toBeLessThanOrEqual(255)
        }
      )
    )
  })
})

describe('made names', () => {
  it.each([
    ['order_id', 'orderId', 'order_id'],
    ['Order Completed', 'orderCompleted', 'Order Completed'],
    ['SKU', 'sku', 'SKU'],
    ['product.name', 'productName', 'product name'],
    ['plan', 'plan', 'plan'],
    ['2024', 'event2024', 'Event 2024'],
    ['名前', 'event', 'Event']
  ])('%s becomes %s, shown as %s', (given, apiName, displayName) => {
    expect([apiNameFrom(given, 'event'), displayNameFrom(given, 'Event')]).toEqual([apiName, displayName])
  })

  it.each([
    ['Plan-name', 'Plan_name'],
    ['A.b', 'A_b'],
    ['9lives', 'Field_9lives'],
    ['名前', 'Field__']
  ])('the field for %s is %s', (given, field) => {
    expect(fieldNameFrom(given)).toBe(field)
  })

  it.each([
    ['a', true],
    [`a${'b'.repeat(254)}`, true],
    [`a${'b'.repeat(255)}`, false],
    ['9a', false],
    [' a', false],
    ['a b', false]
  ])('%j may be a field: %j', (given, expected) => {
    expect(isNewFieldName(given)).toBe(expected)
  })

  it.each([
    ['Order--Id', 'orderId', 'Order Id'],
    ['-order', 'order', 'order'],
    ['order-', 'order', 'order'],
    ['ORDER ID', 'orderID', 'ORDER ID'],
    ['OrderID', 'orderID', 'OrderID'],
    ['a_b  c', 'aBC', 'a_b c']
  ])('%s becomes %s, shown as %s', (given, apiName, displayName) => {
    expect([apiNameFrom(given, 'event'), displayNameFrom(given, 'Event')]).toEqual([apiName, displayName])
  })

  it('are cut where Marketo cuts them', () => {
    const long = 'x'.repeat(300)
    expect(fieldNameFrom(long)).toBe('x'.repeat(255))
    expect(apiNameFrom(long, 'event')).toBe('x'.repeat(255))
    expect(apiNameFrom('9'.repeat(300), 'event')).toBe(`event${'9'.repeat(250)}`)
    expect(displayNameFrom(long, 'Event')).toBe('x'.repeat(255))
    expect(displayNameFrom('9'.repeat(300), 'Event')).toBe(`Event ${'9'.repeat(249)}`)
    expect(displayNameFrom(`-${'x'.repeat(255)}`, 'Event')).toBe('x'.repeat(255))
    expect(displayNameFrom(`${'x'.repeat(254)} y`, 'Event')).toBe('x'.repeat(254))
  })

  it('count from two on', () => {
    const taken = new Set<string>()
    expect(['a', 'A', 'a'].map((one) => untaken(one, taken))).toEqual(['a', 'A2', 'a3'])
    expect(untaken('a', taken, ' ')).toBe('a 2')
  })
})
