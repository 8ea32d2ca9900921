/** What is written later goes by the rules of Sync Leads, and nobody hears why it was not. */
import { describe, expect, it } from 'vitest'
import { leadsIn } from '../../src/simulator/reading.js'
import { hyg } from '../endpoints/reading.js'
import { Client } from './world.js'

const email = 'ana@example.com'

const ingest = (client: Client, json: object): void => {
  const headers = { 'x-mkto-user-token': client.token, 'content-type': 'application/json' }
  const path = ['subscriptions', hyg, 'persons']
  const answer = client.send({
    host: 'ingestion',
    method: 'POST',
    path,
    query: [],
    headers,
    body: JSON.stringify(json)
  })
  expect(answer?.status).toBe(202)
}

const lastNames = (client: Client): unknown => leadsIn(client.state).map(({ fields }) => fields.lastName)

describe('a person that is ingested', () => {
  const three = ['Ana', 'Bo', 'Cy'].map((firstName) => ({ fields: { email, firstName } }))
  const dedupeFields = { field1: 'email', field2: 'firstName' }

  it.each([
    ['Ana', ['Cruz', undefined, undefined]],
    ['Cy', ['Cruz', undefined, undefined].reverse()],
    ['Di', [undefined, undefined, undefined, 'Cruz']]
  ])('is the one of all with its email who is called %s, too', (firstName, told) => {
    const client = new Client({ leads: three }).signIn()
    ingest(client, { dedupeFields, persons: [{ email, firstName, lastName: 'Cruz' }] })
    expect(lastNames(client)).toEqual(told)
  })

  it('is nobody where two have its email, and that is all that is asked', () => {
    const client = new Client({ leads: three.slice(1) }).signIn()
    ingest(client, { persons: [{ email, lastName: 'Cruz' }] })
    expect(lastNames(client)).toEqual([undefined, undefined])
  })

  it('moves no lead into another partition', () => {
    const client = new Client({ leads: three.slice(2), partitions: ['Default', 'EU'] }).signIn()
    ingest(client, { partitionName: 'EU', persons: [{ email, lastName: 'Cruz' }] })
    expect(lastNames(client)).toEqual([undefined])
    ingest(client, { partitionName: 'Default', persons: [{ email, lastName: 'Cruz' }] })
    expect(lastNames(client)).toEqual(['Cruz'])
  })
})
