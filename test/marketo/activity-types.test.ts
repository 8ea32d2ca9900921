import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'
import {
  activityDataTypes,
  activityTypeStatuses,
  builtInActivityName,
  builtInActivityTypes,
  CustomActivityType,
  DescribedAttribute,
  firstCustomActivityTypeId,
  isNewActivityApiName,
  isNewActivityName,
  takesActivities,
  takesAnotherAttribute
} from '../../src/marketo/activity-types.js'
import { valueTypeOf } from '../../src/marketo/value-types.js'

const attribute = fc.record({
  apiName: fc.string(),
  name: fc.string(),
  dataType: fc.constantFrom(...activityDataTypes)
})
const described = fc.record({
  id: fc.integer({ min: firstCustomActivityTypeId, max: 200_000 }),
  apiName: fc.string(),
  name: fc.string(),
  status: fc.constantFrom(...activityTypeStatuses),
  primaryAttribute: attribute,
  attributes: fc.array(attribute)
})

const orderCompleted = {
  id: 100001,
  apiName: 'orderCompleted',
  name: 'Order Completed',
  status: 'approved',
  primaryAttribute: { apiName: 'orderId', name: 'Order Id', dataType: 'string' },
  attributes: [{ apiName: 'total', name: 'Total', dataType: 'currency' }]
}

describe('built-in types', () => {
  it('are listed by id, each id and each name once, below the custom ones', () => {
    const ids = builtInActivityTypes.map(({ id }) => id)
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b))
    expect(new Set(builtInActivityTypes.map(({ name }) => name)).size).toBe(ids.length)
    expect(ids.every((id) => Number.isInteger(id) && id > 0 && id < firstCustomActivityTypeId)).toBe(true)
  })

  it.each(builtInActivityTypes)('$id is $name', ({ id, name }) => {
    expect(builtInActivityName(id)).toBe(name)
    expect(name).toMatch(/^[A-Z][A-Za-z]*( [A-Za-z]+)*$/)
  })

  it.each([
    [1, 'Visit Webpage'],
    [12, 'New Lead'],
    [13, 'Change Data Value'],
    [22, 'Change Score'],
    [32, 'Merge Leads'],
    [37, 'Delete Lead']
  ])('%i is documented as %s', (id, name) => {
    expect(builtInActivityName(id)).toBe(name)
  })

  it('end where the custom ones begin', () => {
    expect(firstCustomActivityTypeId).toBe(100_000)
  })

  it('know no other id', () => {
    expect([0, -1, 4, 5, 1.5, Number.NaN, firstCustomActivityTypeId].map(builtInActivityName)).toEqual(
      Array(7).fill(undefined)
    )
  })
})

describe('data types of attributes', () => {
  it.each(activityDataTypes)('%s is a value type', (name) => {
    expect(valueTypeOf(name)).toBeDefined()
  })

  it('are 11, each once', () => {
    expect(new Set(activityDataTypes).size).toBe(11)
  })
})

describe('one described custom activity type', () => {
  it('P4 is read as it came, unknown members too, and written back', () => {
    fc.assert(
      fc.property(described, fc.jsonValue(), (type, extra) => {
        const input = { ...type, createdAt: extra }
        const decoded = CustomActivityType.decode(input)
        expect(decoded).toEqual(E.right(input))
        expect(E.map(CustomActivityType.encode)(decoded)).toEqual(E.right(input))
      })
    )
  })

  it('P3 any value gets a verdict', () => {
    fc.assert(
      fc.property(fc.anything(), (u) => {
        expect(CustomActivityType.decode(u)._tag).toBe('Left')
      })
    )
  })

  it.each([undefined, null])('attributes of %j are an empty list', (attributes) => {
    const { attributes: _, ...rest } = orderCompleted
    const input = attributes === undefined ? rest : { ...rest, attributes }
    expect(CustomActivityType.decode(input)).toEqual(E.right({ ...orderCompleted, attributes: [] }))
  })

  it.each([
    ['an id in digits', { id: '100001' }],
    ['a broken id', { id: 1.5 }],
    ['no API name', { apiName: undefined }],
    ['no primary attribute', { primaryAttribute: null }],
    ['an attribute without a type', { attributes: [{ apiName: 'a', name: 'A' }] }],
    ['attributes by name', { attributes: { total: 'currency' } }]
  ])('%s is refused', (_, change) => {
    expect(CustomActivityType.decode({ ...orderCompleted, ...change })._tag).toBe('Left')
  })

  it.each([
    ['approved', true],
    ['approved with draft', true],
    ['Approved', true],
    ['Approved With Draft', true],
    ['approved without draft', false],
    ['draft', false],
    ['deleted', false],
    ['', false]
  ])('with status %j, takes activities: %s', (status, expected) => {
    expect(takesActivities({ ...orderCompleted, status })).toBe(expected)
  })

  it('has room for 20 attributes beside the primary one', () => {
    const attributes = Array(19).fill(orderCompleted.primaryAttribute)
    expect(takesAnotherAttribute({ ...orderCompleted, attributes })).toBe(true)
    expect(
      takesAnotherAttribute({ ...orderCompleted, attributes: [...attributes, orderCompleted.primaryAttribute] })
    ).toBe(false)
  })
})

it('the states of a custom activity type are four', () => {
  expect(activityTypeStatuses).toEqual(['draft', 'approved', 'approved with draft', 'deleted'])
})

it.each([
  ['id', 'Whole'],
  ['attributes', 'DescribedAttributes'],
  ['primaryAttribute', 'DescribedAttribute']
])('a message about %s names its codec', (member, name) => {
  const decoded = CustomActivityType.decode({ ...orderCompleted, [member]: 'x' })
  const types = E.isLeft(decoded)
    ? decoded.left.map(({ context }) => context.find(({ key }) => key === member)?.type)
    : []
  expect(types.map((type) => type?.name)).toContain(name)
})

it('codecs carry their names into messages', () => {
  expect([DescribedAttribute.name, CustomActivityType.name]).toEqual(['DescribedAttribute', 'CustomActivityType'])
})

describe('names of new types', () => {
  it.each([
    ['orderCompleted', true],
    ['a', true],
    ['2024a', true],
    ['a'.repeat(255), true],
    ['a'.repeat(256), false],
    ['2024', false],
    ['', false],
    ['order_completed', false],
    ['order completed', false],
    ['été', false],
    ['a\n', false]
  ])('API name %j: %s', (name, expected) => {
    expect(isNewActivityApiName(name)).toBe(expected)
  })

  it.each([
    ['Order Completed', true],
    ['Order_2024', true],
    ['2024', false],
    ['_ _', false],
    ['', false],
    ['Order: completed', false],
    ['Order\tcompleted', false]
  ])('display name %j: %s', (name, expected) => {
    expect(isNewActivityName(name)).toBe(expected)
  })
})
