/**
 * Settings and rules, held against what an instance tells of itself.
 *
 *     settings ─┐
 *     rules ────┼─▶ problems   what fails as it stands        settings.traits[0].field: is not a known name (nearest: planName); …
 *     instance ─┘   hints      what may fail, or surprises
 *                   unchecked  what the instance did not tell
 *
 * Settings that decode are taken for sound in themselves; `decodeSettings` and `decodeRecipes` say what is wrong without any instance.
 *
 * @module
 */
import type { Path } from '../ground/path.js'
import type { Problem } from '../ground/problem.js'
import type { Recipes } from '../recipes/decode.js'
import type { Settings } from '../v2/settings.js'
import { checkActivityTypes } from './check-activity-types.js'
import { checkLeadFields } from './check-lead-fields.js'
import { checkRules } from './check-rules.js'
import type { Instance, InstanceField } from './instance.js'
import type { Named } from './named-in-rules.js'

/**
 * What was found. Places begin with `settings` or `rules`. `unchecked` lists what could not be checked, because the instance tells nothing
 * of it.
 *
 * @category checking
 * @since 0.1.0
 */
export interface CheckedAgainst {
  readonly problems: ReadonlyArray<Problem>
  readonly hints: ReadonlyArray<Problem>
  readonly unchecked: ReadonlyArray<string>
}

const lacks = (fields: ReadonlyArray<InstanceField> | null, fact: 'type' | 'readOnly'): boolean =>
  fields?.every((field) => field[fact] === null) ?? false

/** Whether types were told without their states; where there are none, nothing is lacking. */
const tellsNoStatus = (types: Instance['activityTypes']): boolean =>
  types !== null && types.length > 0 && types.every(({ status }) => status === null)

/** One row for each thing: whether it is wanted, whether it is lacking, and its name. */
type Row = readonly [isWanted: boolean, isLacking: boolean, name: string]

const rowsFor = (settings: Settings | null, named: Named | null, instance: Instance): ReadonlyArray<Row> => {
  const { fields, searchable, activityTypes, lists, programs, channels, campaigns } = instance
  const wantsFields = settings !== null || named !== null
  const hasEvents = (settings?.events.length ?? 0) > 0
  const sets = named?.programs.some(({ status }) => status !== null) ?? false
  return [
    [wantsFields, fields === null, 'lead fields'],
    [wantsFields, lacks(fields, 'type'), 'types of lead fields'],
    [wantsFields, lacks(fields, 'readOnly'), 'which lead fields are read-only'],
    [wantsFields, searchable === null, 'which lead fields are searchable'],
    [hasEvents, activityTypes === null, 'activity types'],
    [hasEvents, tellsNoStatus(activityTypes), 'which activity types are approved'],
    [(named?.lists.length ?? 0) > 0, lists === null, 'lists'],
    [(named?.programs.length ?? 0) > 0, programs === null, 'programs'],
    [sets, channels === null, 'statuses of programs'],
    [(named?.campaigns.length ?? 0) > 0, campaigns === null, 'campaigns']
  ]
}

const inSettings: Path = ['settings']
const inRules: Path = ['rules']

/**
 * What is wrong with settings, with rules, or with both (null for none), on that instance.
 *
 * @example
 * import { checkAgainst, readFieldSheet } from 'segment-marketo/settings'
 * import { decodeSettings } from 'segment-marketo/v2'
 * import { describeProblem } from 'segment-marketo'
 *
 * const settings = decodeSettings({ munchkinId: '561-HYG-937', traits: [{ trait: 'plan', field: 'plan_name' }] })
 * const sheet = readFieldSheet('REST API Name,SOAP API Name,Friendly Label\nplanName,planName,Plan Name\nuserId,userId,User Id\n')
 * if (settings._tag === 'Left' || sheet._tag === 'Left') throw new Error('cannot be read')
 * checkAgainst(settings.right, null, sheet.right).problems.map(describeProblem)
 * // => ['settings.traits[0].field: is not a known name (nearest: planName); Marketo answers 1006 and skips the record: correct the name, or create the field']
 * @category checking
 * @since 0.1.0
 */
export const checkAgainst = (settings: Settings | null, rules: Recipes | null, instance: Instance): CheckedAgainst => {
  const problems: Array<Problem> = []
  if (settings !== null) {
    checkLeadFields(settings, instance, { root: inSettings, problems })
    checkActivityTypes(settings, instance, { root: inSettings, problems })
  }
  const named = rules === null ? null : checkRules(rules, instance, { root: inRules, problems })
  return {
    problems: problems.filter(({ weight }) => weight !== 'warning'),
    hints: problems.filter(({ weight }) => weight === 'warning'),
    unchecked: rowsFor(settings, named, instance).flatMap(([isWanted, isLacking, name]) =>
      isWanted && isLacking ? name : []
    )
  }
}
