/**
 * What only the settings as a whole can show: two that claim one field, a field that this side cannot name, a form that is missing.
 *
 * @module
 */
import type { Path } from '../ground/path.js'
import { conflict, malformed, missing, type Problem, risky } from '../ground/problem.js'
import { findByRest } from '../marketo/lead-fields.js'
import { standardRows } from './lead-rows.js'
import type { Settings, TraitRow } from './settings.js'

/** A row, and where the member stands by which it claims its place. */
export interface Placed<A> {
  readonly row: A
  readonly at: Path
}

/** Two rows that claim one place: the later one is the problem, and names the earlier. */
export const refuseTwins = <A>(
  rows: ReadonlyArray<Placed<A>>,
  claim: (row: A) => string,
  mend: string,
  problems: Array<Problem>
): void => {
  const first = new Map<string, Path>()
  for (const { row, at } of rows) {
    const earlier = first.get(claim(row))
    if (earlier === undefined) first.set(claim(row), at)
    else problems.push(conflict('invalid', at, earlier, mend))
  }
}

/** All but the instance, which decides nothing here. */
type Given = Omit<Settings, 'munchkinId'>

/** The settings that name a lead field. */
const namers = ['userIdField', 'anonymousIdField', 'genderField'] as const

const mendNumber = 'id is the lead’s own number in Marketo: name a custom lead field'
const mendStandard = 'a standard trait goes there: name a custom lead field'
const mendTwice = 'two settings name one lead field: name another one'

/** The standard rows' own fields; gender's is a setting. */
const isStandard = (field: string | null): boolean =>
  standardRows.some((row) => row.source !== 'gender' && row.field === field)

const checkNamers = (settings: Given, problems: Array<Problem>): void => {
  namers.forEach((name, i) => {
    const field = settings[name]
    if (field === 'id') problems.push(malformed('invalid', [name], 'the field id', mendNumber))
    else if (isStandard(field))
      problems.push(malformed('invalid', [name], 'the field of a standard trait', mendStandard))
    const earlier = namers.find((other, k) => k < i && settings[other] === field)
    if (earlier !== undefined) problems.push(conflict('invalid', [name], [earlier], mendTwice))
  })
}

const mendIds = 'the id of the call goes there: map the trait to another field'

const checkRows = (settings: Given, traits: ReadonlyArray<Placed<TraitRow>>, problems: Array<Problem>): void => {
  for (const { row, at } of traits) {
    const name = namers.find((other) => other !== 'genderField' && settings[other] === row.field)
    if (name !== undefined) problems.push(conflict('invalid', at, [name], mendIds))
  }
}

const mendForm = 'without it nothing starts in the browser: identify and page calls are refused there'
const mendSoap = 'forms cannot name this field, which has no SOAP name: the browser leaves its value out, and says so'
const mendNamer =
  'forms cannot name this field, which has no SOAP name: its value is lost in the browser, name another one'

const isNameless = (field: string | null): boolean => field !== null && findByRest(field)?.soap === null

const checkBrowser = (settings: Given, traits: ReadonlyArray<Placed<TraitRow>>, problems: Array<Problem>): void => {
  for (const name of ['formId', 'formHost'] as const) {
    if (settings[name] === null) problems.push(missing('warning', [name], mendForm))
  }
  if (settings.browserProfile === 'exact') return
  for (const name of namers) if (isNameless(settings[name])) problems.push(risky([name], 'unusual', mendNamer))
  for (const { row, at } of traits) if (isNameless(row.field)) problems.push(risky(at, 'unusual', mendSoap))
}

/** Says what is wrong with settings each of which reads by itself. */
export const checkWhole = (
  settings: Given,
  traits: ReadonlyArray<Placed<TraitRow>>,
  problems: Array<Problem>
): void => {
  checkNamers(settings, problems)
  checkRows(settings, traits, problems)
  if (settings.identity.length === 0)
    problems.push(missing('invalid', ['identity'], 'name at least one id: email, userId, anonymousId'))
  if (settings.mode !== 'cloud') checkBrowser(settings, traits, problems)
}
