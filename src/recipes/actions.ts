/**
 * Actions of the file, made ready: each adds to the draft of an event.
 *
 * @module
 */
import type { Path } from '../ground/path.js'
import { excluded, malformed, missing, type Problem } from '../ground/problem.js'
import type { CampaignToken, FieldValue, ListRef, Purpose } from '../intent/intent.js'
import { isConsentField } from '../marketo/consent-fields.js'
import { coerce } from '../marketo/value-types.js'
import type { Action, ListSource } from './actions-file.js'
import { about, type Draft, putField } from './draft.js'
import { compileFields, compileText, type Value } from './values.js'

/** An id is a line of text. */
const asLine = coerce('string', null)

/** Something a rule does with the draft of an event. @internal */
export type Act = (draft: Draft) => void

/** A list of the file as the list of an intent. @internal */
export const listOf = (list: ListSource): ListRef =>
  typeof list === 'number'
    ? { listId: list }
    : typeof list === 'string'
      ? { name: list, createIn: null }
      : { name: list.name, createIn: list.createIn }

const mendOptIn = 'a field of consent goes back to false only by a rule of optIns'
const mendConsent = 'Marketo keeps an empty field of consent as false: say true, or leave the field out'

/** Writes a field, unless it is one of consent and would open what somebody closed. @internal */
export const putSafely = (draft: Draft, field: string, value: FieldValue): void => {
  if (isConsentField(field) && value !== true)
    draft.problems.push(excluded('dropped', ['fields', field], 'settings', mendOptIn))
  else putField(draft, field, value)
}

type Written = ReadonlyArray<readonly [field: string, value: Value]>

/** Fields of a rule, none of which opens what somebody closed. @internal */
export const compileWritten = (
  sources: Parameters<typeof compileFields>[0],
  at: Path,
  problems: Array<Problem>
): Written => {
  for (const [field, source] of Object.entries(sources))
    if (isConsentField(field) && (source === null || source === false))
      problems.push(
        malformed(
          'invalid',
          [...at, field],
          source === null ? 'null' : 'false',
          source === null ? mendConsent : mendOptIn
        )
      )
  return compileFields(sources, at, problems)
}

const valuesOf = (written: Written, { view, problems }: Draft): ReadonlyArray<readonly [string, FieldValue]> =>
  written.flatMap(([field, value]) => {
    const read = value(view, problems)
    return read === undefined ? [] : [[field, read] as const]
  })

/** Writes the fields of a rule. @internal */
export const writing =
  (written: Written): Act =>
  (draft) => {
    for (const [field, value] of valuesOf(written, draft)) putSafely(draft, field, value)
  }

/** A token's name as Marketo writes it. */
const tokenName = (name: string): string =>
  name.startsWith('{{') ? name : `{{${name.startsWith('my.') ? '' : 'my.'}${name}}}`

type Compile<K extends Action['do']> = (
  action: Extract<Action, { readonly do: K }>,
  at: Path,
  problems: Array<Problem>,
  purpose: Purpose
) => Act

const creating =
  (creates: boolean | undefined, act: Act): Act =>
  (draft) => {
    // What is done to a lead wants one that is there.
    if (creates !== false) draft.creates = true
    act(draft)
  }

const tokensOf = (tokens: ReadonlyArray<readonly [string, Value]>, draft: Draft): ReadonlyArray<CampaignToken> =>
  valuesOf(tokens, draft).map(([name, value]) => ({ name: tokenName(name), value: String(value) }))

const mendCompany = 'without an id of its own no company can be written'
const mendKeys = 'name the fields by which the record is known'
const mendKey = 'a record is known by these fields: each must be among fields'

const compilers: { readonly [K in Action['do']]: Compile<K> } = {
  write: ({ fields, create }, at, problems) =>
    creating(create, writing(compileWritten(fields, [...at, 'fields'], problems))),
  'add-to-list': ({ list, create }, _at, _problems, purpose) =>
    creating(create, (draft) => {
      draft.joinings.push({ _tag: 'AddToList', ...about(draft), list: listOf(list), purpose, at: draft.view.at })
    }),
  'remove-from-list':
    ({ list }) =>
    (draft) => {
      draft.leavings.push({ _tag: 'RemoveFromList', ...about(draft), list: listOf(list), at: draft.view.at })
    },
  'leave-lists':
    ({ except = [] }) =>
    (draft) => {
      draft.leavings.push({ _tag: 'LeaveLists', ...about(draft), except, at: draft.view.at })
    },
  'set-status': ({ program: programId, status: statusName, create }, _at, _problems, purpose) =>
    creating(create, (draft) => {
      draft.joinings.push({
        _tag: 'SetProgramStatus',
        ...about(draft),
        programId,
        statusName,
        purpose,
        at: draft.view.at
      })
    }),
  'leave-program':
    ({ program: programId }) =>
    (draft) => {
      draft.leavings.push({ _tag: 'LeaveProgram', ...about(draft), programId, at: draft.view.at })
    },
  'request-campaign': ({ campaign: campaignId, tokens = {}, create }, at, problems, purpose) => {
    const values = Object.entries(tokens).map(
      ([name, source]) => [name, compileText(source, [...at, 'tokens', name], problems)] as const
    )
    return creating(create, (draft) => {
      const said = tokensOf(values, draft)
      draft.joinings.push({
        _tag: 'RequestCampaign',
        ...about(draft),
        campaignId,
        tokens: said,
        purpose,
        at: draft.view.at
      })
    })
  },
  'add-to-score': ({ field, points, least = null, most = null, create }) =>
    creating(create, (draft) => {
      draft.joinings.push({ _tag: 'AddToScore', ...about(draft), field, points, least, most })
    }),
  'delete-lead': () => (draft) => {
    draft.deletes = true
  },
  'sync-company': ({ id, fields = {} }, at, problems) => {
    const key = compileText(id, [...at, 'id'], problems, asLine)
    const written = compileFields(fields, [...at, 'fields'], problems)
    return (draft) => {
      const read = key(draft.view, draft.problems)
      if (read == null) {
        draft.problems.push(missing('dropped', ['externalCompanyId'], mendCompany))
        return
      }
      const externalCompanyId = String(read)
      draft.companies.push({
        _tag: 'SyncCompany',
        munchkinId: draft.munchkinId,
        externalCompanyId,
        fields: Object.fromEntries([...valuesOf(written, draft), ['externalCompanyId', externalCompanyId]])
      })
      putField(draft, 'externalCompanyId', externalCompanyId)
      draft.creates = true
    }
  },
  'sync-object': ({ object: objectName, dedupeFields, fields }, at, problems) => {
    if (dedupeFields.length === 0) problems.push(missing('invalid', [...at, 'dedupeFields'], mendKeys))
    dedupeFields.forEach((field, i) => {
      if (fields[field] === undefined) problems.push(missing('invalid', [...at, 'dedupeFields', i], mendKey))
    })
    const written = compileFields(fields, [...at, 'fields'], problems)
    return creating(undefined, (draft) => {
      const values = valuesOf(written, draft)
      const absent = dedupeFields.find((field) => !values.some(([name, value]) => name === field && value !== null))
      if (absent !== undefined) draft.problems.push(missing('dropped', ['fields', absent], mendKey))
      else
        draft.objects.push({
          _tag: 'SyncCustomObject',
          munchkinId: draft.munchkinId,
          objectName,
          dedupeFields,
          fields: Object.fromEntries(values)
        })
    })
  }
}

const compileOne = <K extends Action['do']>(
  does: K,
  action: Extract<Action, { readonly do: K }>,
  at: Path,
  problems: Array<Problem>,
  purpose: Purpose
): Act => compilers[does](action, at, problems, purpose)

/** An action made ready. @internal */
export const compileAction = (action: Action, at: Path, problems: Array<Problem>, purpose: Purpose): Act =>
  compileOne(action.do, action, at, problems, purpose)

/** Actions made ready, one behind the other. @internal */
export const compileActions = (
  actions: ReadonlyArray<Action>,
  at: Path,
  problems: Array<Problem>,
  purpose: Purpose = 'engage'
): Act => {
  const acts = actions.map((action, i) => compileAction(action, [...at, i], problems, purpose))
  return (draft) => {
    for (const act of acts) act(draft)
  }
}
