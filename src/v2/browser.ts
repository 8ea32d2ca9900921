/**
 * Device mode: identify as a hidden form, page as a Munchkin visit, and the calls that start both.
 *
 *     identify → SubmitFormInBrowser { formId, fields: { Email, FirstName, … } }   SOAP names, which forms want
 *     page     → VisitPageInBrowser { url: '/pricing', params: 'a=1' }
 *     start    → StartInBrowser { options: { asyncOnly, apiOnly, cookieAnon }, form }
 *
 * A form without an id or a host never starts in the browser, and neither does Munchkin then: identify and page are refused.
 *
 * Source: Segment "Marketo v2 Destination", Identify in device mode, Page; Adobe "Munchkin configuration", "Forms 2.0".
 *
 * @module
 */
import { readAddress } from '../contract/visit.js'
import type { Path } from '../ground/path.js'
import { excluded, malformed, missing, type Problem } from '../ground/problem.js'
import type { StartInBrowser } from '../intent/intent.js'
import type { Findings } from '../intent/mapped.js'
import type { Trace } from '../intent/trace.js'
import { findByRest } from '../marketo/lead-fields.js'
import type { IdentifyEvent, PageEvent } from '../segment/event.js'
import { isSaid } from '../segment/found.js'
import { readPage } from '../segment/page.js'
import { readTrait } from '../segment/profile.js'
import { recordOf } from '../segment/record.js'
import type { Compiled, Naming } from './compile.js'
import { placeOfTrait, valueOfTrait } from './custom-traits.js'
import { type Draft, stay } from './draft.js'
import { draftLead, newDraft } from './identify.js'
import type { Settings } from './settings.js'

/** Fields by their SOAP names, as forms want them; a custom field has the same name in both, and some standard fields have none. */
export const soapNames: Naming = (rest) => {
  const field = findByRest(rest)
  return field === undefined ? rest : (field.soap ?? undefined)
}

/** What an empty form needs and these settings lack. */
export const formProblems = ({ formId, formHost }: Settings): ReadonlyArray<Problem> => {
  const mend = 'nothing starts in the browser without it: copy it from the form’s embed code in Marketo'
  const problems: Array<Problem> = []
  if (formId === null) problems.push(missing('invalid', ['settings', 'formId'], mend))
  if (formHost === null) problems.push(missing('invalid', ['settings', 'formHost'], mend))
  return problems
}

/** Munchkin's options: asynchronous, no visit of its own (page calls are mapped), no cookie for unknown visitors unless allowed. */
const startOptions = (settings: Settings): StartInBrowser['options'] => {
  if (settings.browserProfile === 'exact') return { asyncOnly: true }
  return {
    asyncOnly: true,
    apiOnly: true,
    ...(settings.anonymousActivity ? {} : { cookieAnon: false }),
    ...settings.munchkinOptions
  }
}

const mendMode = 'the server sends everything in this mode: say device or hybrid'

/** What starts Munchkin and the form, or why nothing does. */
export const mapStart = (settings: Settings, findings: Findings): void => {
  const { formId, formHost, munchkinId } = settings
  if (settings.mode === 'cloud') {
    findings.problems.push(excluded('skipped', ['settings', 'mode'], 'mode', mendMode))
    return
  }
  if (formId === null || formHost === null) {
    findings.problems.push(...formProblems(settings))
    return
  }
  findings.intents.push({
    _tag: 'StartInBrowser',
    munchkinId,
    options: startOptions(settings),
    form: { formId, hostUrl: formHost }
  })
}

const mendEmail = 'a hidden form finds its lead by email: send the email trait, or an email as userId'

/** Maps an identify call for the browser. */
export const mapIdentifyInBrowser = (
  compiled: Compiled,
  event: IdentifyEvent,
  findings: Findings,
  trace: Trace | null
): void => {
  const { formId, munchkinId } = compiled.settings
  if (formId === null) return
  const draft = newDraft(compiled, 'SubmitFormInBrowser', findings.problems, trace)
  const lead = draftLead(compiled, event, draft)
  if (lead === undefined) return
  if (draft.fields[compiled.email.field] === undefined) {
    findings.problems.push(missing('invalid', ['traits', 'email'], mendEmail))
    return
  }
  sayUnnamed(compiled, event, draft)
  findings.intents.push({ _tag: 'SubmitFormInBrowser', munchkinId, formId, fields: draft.fields })
}

const mendName = 'a form cannot name this field: map the trait to another one, or send it from the server'

/** Says which traits are mapped to fields that have no SOAP name, and so cannot go into a form. */
const sayUnnamed = ({ unnamed, isGenderUnnamed }: Compiled, event: IdentifyEvent, draft: Draft): void => {
  const traits = recordOf(event.traits)
  const say = (value: unknown, at: Path): void => {
    if (!isSaid(value)) return
    draft.problems.push(malformed('dropped', at, 'a value for a field without a SOAP name', mendName))
    stay(draft, at, 'its field has no SOAP name')
  }
  const gender = isGenderUnnamed ? readTrait(traits, ['traits'], 'gender') : undefined
  if (gender !== undefined) say(gender.value, gender.at)
  for (const row of unnamed) say(valueOfTrait(row, traits), placeOfTrait(row, traits))
}

/** Maps a page call for the browser. */
export const mapPageInBrowser = (
  compiled: Compiled,
  event: PageEvent,
  findings: Findings,
  trace: Trace | null
): void => {
  const address = readAddress(event, findings.problems)
  if (address === undefined) return
  const { path, params } = address.value
  const verbatim = compiled.settings.browserPageUrl === 'verbatim' ? readPage(event, 'url')?.value : undefined
  const url = typeof verbatim === 'string' ? verbatim : path
  findings.intents.push({ _tag: 'VisitPageInBrowser', munchkinId: compiled.settings.munchkinId, url, params })
  trace?.moves.push(
    { to: ['VisitPageInBrowser', 'url'], from: address.at, rule: 'address of the page', did: ['taken apart'] },
    { to: ['VisitPageInBrowser', 'params'], from: address.at, rule: 'address of the page', did: ['taken apart'] }
  )
}
