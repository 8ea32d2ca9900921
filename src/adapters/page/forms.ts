/**
 * Hidden forms of Forms 2.0: loaded once, filled in and submitted as often as asked. Marketo counts each as a form filled in.
 *
 *     <form id="mktoForm_1001" style="display:none">
 *     MktoForms2.loadForm('//app-ab00.marketo.com', '561-HYG-937', 1001, (form) => …)
 *     form.addHiddenFields({ Email: … })   form.onSuccess(() => false)   form.submit()
 *                                                          └ exactly false: the page stays where it is
 *
 * A submission waits for the calls of Munchkin before it, because Forms 2.0 sends Munchkin's cookie along.
 *
 * Sources: Adobe "Forms API Reference"; Adobe's developer blog, "Make a Marketo Form Submission in the Background"; Segment's
 * marketo-v2 for analytics.js 4.0.2.
 *
 * @module
 */
import type { JsonObject } from '../../ground/json.js'
import type { HiddenForm } from '../../intent/descriptor.js'
import { callMethod, hasMethod, type Page } from './page.js'
import { notRunFor, type Ran, ran } from './ran.js'
import type { Arrive } from './scripts.js'
import { type Begun, type Startable, startable } from './startable.js'

/** Hidden forms, each in turn. @internal */
export interface Forms {
  readonly load: (form: HiddenForm, hostUrl: string) => Promise<Ran>
  readonly submit: (form: HiddenForm, fields: JsonObject, after: Promise<unknown>) => Promise<Ran>
}

/** A form as Forms 2.0 hands it over. In a box, since nobody knows whether it looks like a promise. */
interface Loaded {
  readonly form: unknown
}

/** A host without the slashes at its end. */
const withoutSlash = (hostUrl: string): string => {
  let end = hostUrl.length
  while (hostUrl.charCodeAt(end - 1) === 47) end -= 1
  return hostUrl.slice(0, end)
}

/** Exactly false keeps the page where it is. */
const stay = (): false => false

const isForm = (form: unknown, formId: number): boolean => {
  const called = callMethod(form, 'getId', [])
  return called._tag === 'Called' && String(called.answer) === String(formId)
}

const fillAndSubmit = (form: unknown, fields: JsonObject): Ran => {
  const copy: unknown = JSON.parse(JSON.stringify(fields))
  const calls = [
    () => callMethod(form, 'addHiddenFields', [copy]),
    () => callMethod(form, 'onSuccess', [stay]),
    () => callMethod(form, 'submit', [])
  ]
  return calls.every((call) => call()._tag === 'Called') ? ran : notRunFor.threw
}

/** Hidden forms on this page. Their script is loaded when `loads` says so. @internal */
export const formsOn = (page: Page, arrive: Arrive, loads: boolean, timeOut: number): Forms => {
  const forms = new Map<number, Startable<Loaded>>()
  const ours = new Set<number>()
  const loaded = new Map<number, Loaded>()

  const isThere = (): boolean => hasMethod(page.global('MktoForms2'), 'loadForm')

  const formOf = (formId: number): Startable<Loaded> => {
    const form = forms.get(formId) ?? startable<Loaded>(page, timeOut, notRunFor.formNotLoaded)
    forms.set(formId, form)
    return form
  }

  const loadForm = async ({ munchkinId, formId }: HiddenForm, hostUrl: string): Promise<Begun<Loaded>> => {
    let wasRefused = false
    const coming = new Promise<void>((resolve) => {
      const whenLoaded = (form: unknown): void => {
        if (loaded.has(formId) || !isForm(form, formId)) return
        callMethod(form, 'onSuccess', [stay])
        loaded.set(formId, { form })
        resolve()
      }
      const args = [hostUrl, munchkinId, formId, whenLoaded]
      if (callMethod(page.global('MktoForms2'), 'loadForm', args)._tag !== 'Called') {
        wasRefused = true
        resolve()
      }
    })
    await page.within(timeOut, coming)
    if (wasRefused) return { ran: notRunFor.threw, ready: undefined }
    const ready = loaded.get(formId)
    return ready === undefined ? { ran: notRunFor.formAbsent, ready } : { ran, ready }
  }

  const begin = async (form: HiddenForm, hostUrl: string): Promise<Begun<Loaded>> => {
    const { formId } = form
    const known = loaded.get(formId)
    if (known !== undefined) return { ran: notRunFor.loadTwice, ready: known }
    const script = `${withoutSlash(hostUrl)}/js/forms2/js/forms2.min.js`
    if (!(await arrive(loads ? script : undefined, isThere))) return { ran: notRunFor.formsBlocked, ready: undefined }
    const id = `mktoForm_${formId}`
    if (!ours.has(formId)) {
      if (page.hasElement(id)) return { ran: notRunFor.ownForm, ready: undefined }
      ours.add(formId)
      page.addHiddenForm(id)
    }
    return loadForm(form, hostUrl)
  }

  return {
    load: (form, hostUrl) => formOf(form.formId).start(() => begin(form, hostUrl)),
    submit: (form, fields, after) =>
      formOf(form.formId).use(async (ready) => {
        await after
        return fillAndSubmit(ready.form, fields)
      })
  }
}
