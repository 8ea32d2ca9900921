/**
 * The conflict settings by name, as the page shows them and `decodeConflictSettings` reads them.
 *
 * @module
 */
import type { SettingRow } from '../../contract/setting-rows.js'
import { usualOthers } from './policy.js'

/**
 * What may be said of one field, and what holds where it is not. `policy` and `type` come from the field's kind where that has one.
 *
 * @category conflicts
 * @since 0.1.0
 */
// biome-ignore format: table
export const fieldSettingRows = {
  policy:          { segment: null, fallback: usualOthers.policy,          takes: 'segment, marketo, newest, fill-empty, monotone, never, custom', about: 'Who is right about the field' },
  owner:           { segment: null, fallback: usualOthers.owner,           takes: 'segment, marketo',                    about: 'Whose change stands where times do not tell' },
  toleranceMillis: { segment: null, fallback: usualOthers.toleranceMillis, takes: 'whole number',                        about: 'How near to each other two changes are at one time' },
  clear:           { segment: null, fallback: usualOthers.clear,           takes: 'boolean',                             about: 'Whether null and empty text can win, and clear the other side’s value; never for consent' },
  correct:         { segment: null, fallback: usualOthers.correct,         takes: 'boolean',                             about: 'Whether what the other side writes into an owned field is written over' },
  type:            { segment: null, fallback: null,                        takes: 'a Marketo type',                      about: 'What a custom field’s values are compared as; text where nothing is said. A standard field has its own' },
  length:          { segment: null, fallback: null,                        takes: 'whole number or null',                about: 'How many characters a custom field takes' },
  stages:          { segment: null, fallback: null,                        takes: 'list of texts',                       about: 'The order of a monotone field’s values, from first to last' },
  optIn:           { segment: null, fallback: false,                       takes: 'boolean',                             about: 'Whether a later opt-in that says so may take a monotone flag back' },
  custom:          { segment: null, fallback: null,                        takes: 'text',                                about: 'The name of the function that decides, for the policy `custom`' }
} as const satisfies Readonly<Record<string, SettingRow>>

/** What may be said of all fields that no row names. @internal */
export const otherSettingNames = ['policy', 'owner', 'toleranceMillis', 'clear', 'correct'] as const
