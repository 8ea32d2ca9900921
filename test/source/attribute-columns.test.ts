import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../src/ground/problem.js'
import { createTable } from '../../src/source/create-table.js'
import { decodeSourceSettings } from '../../src/source/decode-settings.js'
import type { CustomActivityAttribute } from '../../src/source/settings.js'
import { compileSource } from '../../src/source/tables.js'
import { settingsWith } from './given.js'

const tablesWith = (attributes: ReadonlyArray<CustomActivityAttribute>) =>
  compileSource(settingsWith([], [], attributes))

const rowsWith = (attributes: ReadonlyArray<CustomActivityAttribute>, record: unknown) => {
  const read = tablesWith(attributes).reader('lead_activities')
  if (read === undefined) throw new Error('no reader')
  return read(record, 0, null)
}

const demo = (attributes: unknown) => ({ marketoGUID: '7', leadId: 1, activityTypeId: 100_001, attributes })

const columns = [
  { attribute: 'Plan', type: 'any' },
  { attribute: 'Seats', type: 'integer' },
  { attribute: 'Lead ID', type: 'text' }
] as const

describe('attributes with columns of their own', () => {
  it('stand behind the usual columns, in the order of the settings, and keep their rows', () => {
    const told = [
      { name: 'Seats', value: 12 },
      { name: 'Plan', value: 'gold' },
      { name: 'Plan', value: 'silver' }
    ]
    const { rows, problems } = rowsWith(columns, demo(told))
    expect(rows[0]?.row).toEqual({
      id: '7',
      activity_id: null,
      lead_id: '1',
      campaign_id: null,
      primary_attribute_value_id: null,
      primary_attribute_value: null,
      activity_type_id: '100001',
      activity_date: null,
      plan: 'gold',
      seats: 12,
      lead_id_2: null
    })
    expect(Object.keys(rows[0]?.row ?? {}).slice(-3)).toEqual(['plan', 'seats', 'lead_id_2'])
    expect(rows.slice(1).map(({ row }) => row.name)).toEqual(['Seats', 'Plan', 'Plan'])
    expect(problems).toEqual([])
  })

  it('are told when they do not fit, and never their values', () => {
    const { rows, problems } = rowsWith(columns, demo({ Seats: 'many' }))
    expect(rows[0]?.row.seats).toBe(null)
    expect(problems.map(describeProblem)).toEqual([
      'lead_activities[0].seats: found text; a whole number is written like 12'
    ])
  })

  it('W5 have one column each, in every row, whatever an activity tells, by REST and in a file', () => {
    const names = fc.uniqueArray(
      fc.constantFrom('Plan', 'plan', 'Seats', 'constructor', '__proto__', 'Activity ID', '%')
    )
    const told = fc.array(
      fc.record({ name: fc.constantFrom('Plan', 'Seats', 'constructor', '%'), value: fc.jsonValue() })
    )
    fc.assert(
      fc.property(names, told, (wanted, pairs) => {
        const attributes = wanted.map((attribute) => ({ attribute, type: 'any' as const }))
        const { collections } = tablesWith(attributes)
        const documented = collections.find(({ name }) => name === 'lead_activities')?.columns.map(({ name }) => name)
        const rest = rowsWith(attributes, demo(pairs))
        expect(Object.keys(rest.rows[0]?.row ?? {})).toEqual(documented)
        expect(documented).toHaveLength(8 + wanted.length)
        expect(rowsWith(attributes, demo(JSON.stringify(pairs)))).toEqual(rest)
      })
    )
  })

  it('are columns of no other table', () => {
    const others = ({ collections }: ReturnType<typeof tablesWith>) =>
      collections.filter(({ name }) => name !== 'lead_activities')
    expect(others(tablesWith(columns))).toEqual(others(tablesWith([])))
  })

  it('are columns of the table, too', () => {
    const table = tablesWith(columns).collections.find(({ name }) => name === 'lead_activities')
    expect(table === undefined ? '' : createTable(table, { schemaName: 'marketo' })).toContain('"seats" BIGINT')
    expect(table?.columns.at(-2)).toEqual({ name: 'seats', type: 'integer', from: [], says: 'the attribute `Seats`' })
  })

  it.each([
    [
      'text with commas',
      'Plan, Seats',
      [
        { attribute: 'Plan', type: 'any' },
        { attribute: 'Seats', type: 'any' }
      ]
    ],
    ['a list', ['Plan', { attribute: 'Seats', type: 'integer' }], [{ attribute: 'Plan', type: 'any' }, columns[1]]]
  ])('are read from settings as %s', (_, given, read) => {
    const decoded = decodeSourceSettings({
      munchkinId: '561-HYG-937',
      activityTypeIds: '1',
      customActivityAttributes: given
    })
    expect(decoded).toMatchObject({ _tag: 'Right', right: { customActivityAttributes: read } })
  })

  it.each([
    ['twice the same', ['Plan', 'Plan']],
    ['a number', [7]],
    ['a kind that nobody knows', [{ attribute: 'Plan', type: 'money' }]]
  ])('are refused: %s', (_, given) => {
    expect(decodeSourceSettings({ munchkinId: '561-HYG-937', customActivityAttributes: given })._tag).toBe('Left')
  })
})
