/** The tokens of pages, one by one. */
import { describe, expect, it } from 'vitest'
import { ownMember } from '../../src/ground/json.js'
import type { Pairs } from '../../src/intent/descriptor.js'
import { assetDeleted } from '../../src/simulator/happened.js'
import { Client } from './world.js'

const start = (count: number): Client =>
  new Client({ lists: Array.from({ length: count }, (_, i) => ({ id: i + 1, name: 'x' })) }).signIn()

const page = (client: Client, query: Pairs, method = 'GET'): unknown => client.rest(method, 'lists.json', { query })

const tokenOf = (told: unknown): string => String(ownMember(Object(told), 'nextPageToken'))

const idsOf = (told: unknown): unknown => {
  const result = ownMember(Object(told), 'result')
  return Array.isArray(result) ? result.map((one) => ownMember(Object(one), 'id')) : result
}

const two = ['batchSize', '2'] as const

describe('a page by token', () => {
  it('names no other where it is full and the last', () => {
    expect(ownMember(Object(page(start(2), [two])), 'nextPageToken')).toBeUndefined()
    expect(tokenOf(page(start(3), [two]))).toMatch(/^[0-9A-F]{8}Q2===$/)
  })

  it.each(['1', '2', '300'])('behind what has gone since is empty, and the last (%s at once)', (size) => {
    const client = start(3)
    const token = tokenOf(page(client, [two]))
    client.state = assetDeleted(client.state, 'lists', 3)
    const told = page(client, [
      ['batchSize', size],
      ['nextPageToken', token]
    ])
    expect(told).toEqual({ requestId: expect.any(String), success: true, result: [] })
  })

  it('is asked for with another verb and another size, and still of the same walk', () => {
    const client = start(3)
    const query: Pairs = [
      ['nextPageToken', tokenOf(page(client, [two]))],
      ['batchSize', '1'],
      ['_method', 'GET']
    ]
    expect(idsOf(page(client, query, 'POST'))).toEqual([3])
  })

  it.each<[string, (token: string) => string]>([
    ['something before it', (token) => `x${token}`],
    ['something behind it', (token) => `${token}x`],
    ['another mark', (token) => token.replace(/^.{8}/, '00000000')],
    ['no number', (token) => token.replace('Q2', 'Q')],
    ['nothing of a token', () => 'x']
  ])('with %s is refused by its name', (_, changed) => {
    const client = start(3)
    const nextPageToken = changed(tokenOf(page(client, [two])))
    expect(page(client, [two, ['nextPageToken', nextPageToken]])).toMatchObject({
      errors: [{ code: '1003', message: "Invalid value for 'nextPageToken'" }]
    })
  })

  it.each(['0', '-1', '1e1', '+5', '5 ', '1.5', 'x', '1234567890123456'])('of the size %j is refused', (size) => {
    expect(page(start(1), [['batchSize', size]])).toMatchObject({
      errors: [{ code: '1001', message: "Invalid value for 'batchSize'" }]
    })
  })

  it('passes over what is empty in a list of values', () => {
    const client = start(3)
    expect(idsOf(page(client, [['id', ',1,,3,']]))).toEqual([1, 3])
    expect(idsOf(page(client, [['id', '']]))).toEqual([1, 2, 3])
  })
})
