/**
 * What a rule file names of an instance: lead fields, lists, programs with their statuses, campaigns; each with its place.
 *
 *     rules[0].actions[1].list        a list
 *     scores[0].to.field              a lead field
 *
 * A list that is to be made where it is missing is not among them.
 *
 * @module
 */
import type { Path } from '../ground/path.js'
import type { ValueType } from '../marketo/value-types.js'
import type { Action, ListSource } from '../recipes/actions-file.js'
import type { Recipes } from '../recipes/decode.js'
import type { Source } from '../recipes/rule-parts.js'

/** A lead field that rules write. */
export interface NamedField {
  readonly name: string
  readonly at: Path
  readonly type: ValueType | null
}

/** All that rules name. */
export interface Named {
  readonly fields: Array<NamedField>
  readonly lists: Array<{ readonly list: number | string; readonly at: Path }>
  readonly programs: Array<{ readonly program: number; readonly status: string | null; readonly at: Path }>
  readonly campaigns: Array<{ readonly campaign: number; readonly at: Path }>
}

const typeOf = (source: Source): ValueType | null => {
  if (typeof source === 'boolean') return 'boolean'
  if (typeof source === 'number') return Number.isInteger(source) ? 'integer' : 'float'
  return typeof source === 'object' && source !== null ? (source.type ?? null) : null
}

const nameFields = (fields: Readonly<Record<string, Source>> | undefined, at: Path, named: Named): void => {
  for (const [name, source] of Object.entries(fields ?? {}))
    named.fields.push({ name, at: [...at, name], type: typeOf(source) })
}

const nameList = (list: ListSource, at: Path, named: Named): void => {
  if (typeof list !== 'object') named.lists.push({ list, at })
}

const nameNumbers = (lists: ReadonlyArray<number> | undefined, at: Path, named: Named): void =>
  lists?.forEach((list, i) => {
    named.lists.push({ list, at: [...at, i] })
  })

const nameAction = (action: Action, at: Path, named: Named): void => {
  switch (action.do) {
    case 'write':
      return nameFields(action.fields, [...at, 'fields'], named)
    case 'add-to-list':
    case 'remove-from-list':
      return nameList(action.list, [...at, 'list'], named)
    case 'leave-lists':
      return nameNumbers(action.except, [...at, 'except'], named)
    case 'set-status':
      named.programs.push({ program: action.program, status: action.status, at: [...at, 'program'] })
      return
    case 'leave-program':
      named.programs.push({ program: action.program, status: null, at: [...at, 'program'] })
      return
    case 'request-campaign':
      named.campaigns.push({ campaign: action.campaign, at: [...at, 'campaign'] })
      return
    case 'add-to-score':
      named.fields.push({ name: action.field, at: [...at, 'field'], type: 'integer' })
      return
    case 'delete-lead':
    case 'sync-company':
    case 'sync-object':
      return
  }
}

const nameActions = (actions: ReadonlyArray<Action> | undefined, at: Path, named: Named): void =>
  actions?.forEach((action, i) => {
    nameAction(action, [...at, 'actions', i], named)
  })

const nameOf = (name: string | undefined, type: ValueType | null, at: Path, named: Named): void => {
  if (name !== undefined) named.fields.push({ name, at, type })
}

const nameAudiences = ({ audiences }: Recipes, root: Path, named: Named): void => {
  const at = [...root, 'audiences']
  for (const [key, list] of Object.entries(audiences?.lists ?? {})) nameList(list, [...at, 'lists', key], named)
  for (const [key, name] of Object.entries(audiences?.fields ?? {}))
    nameOf(name, 'boolean', [...at, 'fields', key], named)
  for (const [key, name] of Object.entries(audiences?.traits ?? {})) nameOf(name, null, [...at, 'traits', key], named)
  nameOf(audiences?.namesField, 'string', [...at, 'namesField'], named)
}

const nameSuppressions = ({ suppressions = [], optIns = [] }: Recipes, root: Path, named: Named): void => {
  suppressions.forEach((one, i) => {
    const at = [...root, 'suppressions', i]
    nameFields(one.fields, [...at, 'fields'], named)
    for (const [name, lists] of Object.entries({ lists: one.lists, addTo: one.addTo }))
      if (typeof lists === 'object')
        lists.forEach((list, k) => {
          nameList(list, [...at, name, k], named)
        })
    nameNumbers(one.except, [...at, 'except'], named)
    one.programs?.forEach(({ program, status = null }, k) => {
      named.programs.push({ program, status, at: [...at, 'programs', k, 'program'] })
    })
  })
  optIns.forEach(({ fields }, i) => {
    nameFields(fields, [...root, 'optIns', i, 'fields'], named)
  })
}

const nameScores = ({ scores = [] }: Recipes, root: Path, named: Named): void =>
  scores.forEach(({ to }, i) => {
    const at = [...root, 'scores', i, 'to']
    if (to.way === 'campaign') named.campaigns.push({ campaign: to.campaign, at: [...at, 'campaign'] })
    else nameOf(to.field, 'integer', [...at, 'field'], named)
  })

const nameLifecycles = ({ lifecycles = [] }: Recipes, root: Path, named: Named): void =>
  lifecycles.forEach(({ field, rules }, i) => {
    const at = [...root, 'lifecycles', i]
    nameOf(field, 'string', [...at, 'field'], named)
    rules.forEach(({ actions }, k) => {
      nameActions(actions, [...at, 'rules', k], named)
    })
  })

const nameBehaviors = ({ behaviors = [] }: Recipes, root: Path, named: Named): void =>
  behaviors.forEach(({ count, first, last, done }, i) => {
    const at = [...root, 'behaviors', i]
    nameOf(count, 'integer', [...at, 'count'], named)
    nameOf(first, 'datetime', [...at, 'first'], named)
    nameOf(last, 'datetime', [...at, 'last'], named)
    nameOf(done, 'boolean', [...at, 'done'], named)
  })

/** All that rules name, in the order of the file; every place begins with `root`. */
export const namedInRules = (rules: Recipes, root: Path): Named => {
  const named: Named = { fields: [], lists: [], programs: [], campaigns: [] }
  rules.rules?.forEach(({ actions }, i) => {
    nameActions(actions, [...root, 'rules', i], named)
  })
  nameAudiences(rules, root, named)
  nameSuppressions(rules, root, named)
  nameScores(rules, root, named)
  nameLifecycles(rules, root, named)
  nameBehaviors(rules, root, named)
  return named
}
