/**
 * Get Companies.
 *
 *     companies.json?filterType=externalCompanyId&filterValues=acme,globex&fields=company
 *     { result: [ { seq: 0, id: 1, externalCompanyId: 'acme', company: 'Acme' } ] }
 *
 * A field that holds nothing is left out. What is nobody's id is passed over.
 *
 * Sources: Adobe "Companies", "Lead Database"; "Error Codes" (1003, 1006).
 *
 * @module
 */
import { type JsonObject, ownMember } from '../ground/json.js'
import { valueAt, valuesOf } from '../ground/tree.js'
import { queryLimits } from '../marketo/limits.js'
import { partsUnder, valueUnder } from './query.js'
import { readPairs, type Wire } from './request.js'
import type { Draft, SimulatedCompany } from './state.js'
import { tokenPage } from './token-pages.js'
import { type Desk, failed, type Told } from './told.js'

type Finder = (draft: Draft, values: ReadonlyArray<string>) => ReadonlyArray<SimulatedCompany>

const byOwnId: Finder = ({ companies }, values) =>
  [...new Set(values)].flatMap((value) => {
    const company = valueAt(companies, value)
    return company === undefined ? [] : [company]
  })

const among =
  (of: (company: SimulatedCompany) => unknown): Finder =>
  ({ companies }, values) => {
    const wanted = new Set(values)
    return valuesOf(companies).filter((company) => wanted.has(String(of(company))))
  }

const finders: Readonly<Record<string, Finder>> = {
  externalCompanyId: byOwnId,
  dedupeFields: byOwnId,
  id: among(({ id }) => id),
  idField: among(({ id }) => id),
  company: among(({ fields }) => ownMember(fields, 'company'))
}

const shown =
  (fields: ReadonlyArray<string>) =>
  (company: SimulatedCompany, seq: number): JsonObject => {
    const { id, externalCompanyId } = company
    const own = fields.flatMap((name) => {
      const value = Object.entries(company.fields).find(([held]) => held === name)?.[1]
      return value === undefined ? [] : [[name, value] as const]
    })
    return { seq, ...Object.fromEntries(own), id, externalCompanyId }
  }

/** Carries out Get Companies. @internal */
export const getCompanies = (desk: Desk, wire: Wire): Told => {
  const pairs = readPairs(wire)
  const filterType = valueUnder(pairs, 'filterType')
  if (filterType === '') return failed('1002', "Missing value for required parameter 'filterType'")
  const finder = Object.entries(finders).find(([name]) => name === filterType)?.[1]
  if (finder === undefined) return failed('1003', `Filter type '${filterType}' is not supported`)
  const values = partsUnder(pairs, 'filterValues')
  if (values.length === 0) return failed('1002', "Missing value for required parameter 'filterValues'")
  if (values.length > queryLimits.filterValues) return failed('1003', 'Too many values to filter by')
  const fields = partsUnder(pairs, 'fields')
  const unknown = fields.find(
    (name) => name !== 'id' && name !== 'externalCompanyId' && !desk.fieldNamed(name)?.ofCompany
  )
  if (unknown !== undefined) return failed('1006', `Field '${unknown}' not found`)
  const found = [...finder(desk.draft, values)].sort((a, b) => a.id - b.id)
  return tokenPage(wire, found, shown(fields.length === 0 ? ['company'] : fields))
}
