/**
 * Intents that run in the lead's own browser, as calls of Munchkin and of Forms 2.0.
 *
 *     StartInBrowser        Munchkin.init(id, options), and MktoForms2.loadForm(…) of the hidden form
 *     VisitPageInBrowser    Munchkin.munchkinFunction('visitWebPage', { url, params })
 *     SubmitFormInBrowser   the hidden form: addHiddenFields(…), submit()
 *
 * Munchkin and the form know whose browser it is, so no call names a lead.
 *
 * Sources: Adobe "Lead Tracking", "Munchkin API Reference", "Forms API Reference"; Segment's marketo-v2 for analytics.js.
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import type { Json } from '../ground/json.js'
import { type Call, type HiddenForm, live, type MunchkinCall } from '../intent/descriptor.js'
import type { BrowserIntent, StartInBrowser, SubmitFormInBrowser, VisitPageInBrowser } from '../intent/intent.js'

/**
 * A call to make in a browser.
 *
 * @category browser
 * @since 0.1.0
 */
export type BrowserCall = Call<MunchkinCall> | Call<HiddenForm>

const munchkin = (name: MunchkinCall['function'], args: ReadonlyArray<Json>): BrowserCall => ({
  descriptor: { _tag: 'MunchkinCall', function: name, args, lifecycle: live },
  intents: [0],
  slots: []
})

const hiddenForm = ({ munchkinId }: BrowserIntent, formId: number, does: HiddenForm['does']): BrowserCall => ({
  descriptor: { _tag: 'HiddenForm', munchkinId, formId, does, lifecycle: live },
  intents: [0],
  slots: []
})

const start = (intent: StartInBrowser): ReadonlyNonEmptyArray<BrowserCall> => {
  const init = munchkin('init', [intent.munchkinId, intent.options])
  if (intent.form === null) return [init]
  return [init, hiddenForm(intent, intent.form.formId, { load: intent.form.hostUrl })]
}

const visit = ({ url, params }: VisitPageInBrowser): BrowserCall =>
  munchkin('munchkinFunction', ['visitWebPage', { url, params }])

const submit = (intent: SubmitFormInBrowser): BrowserCall =>
  hiddenForm(intent, intent.formId, { submit: intent.fields })

/**
 * The calls that carry out an intent in the lead's own browser, in order; each names the intent as number 0.
 *
 * @example
 * import { describeInBrowser } from 'segment-marketo/browser'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * isMunchkinId(munchkinId) &&
 *   describeInBrowser({ _tag: 'VisitPageInBrowser', munchkinId, url: '/pricing', params: 'plan=pro' })[0].descriptor
 * // => {
 * //   _tag: 'MunchkinCall',
 * //   function: 'munchkinFunction',
 * //   args: ['visitWebPage', { url: '/pricing', params: 'plan=pro' }],
 * //   lifecycle: { status: 'live' }
 * // }
 * @category browser
 * @since 0.1.0
 */
export const describeInBrowser = (intent: BrowserIntent): ReadonlyNonEmptyArray<BrowserCall> => {
  switch (intent._tag) {
    case 'StartInBrowser':
      return start(intent)
    case 'VisitPageInBrowser':
      return [visit(intent)]
    case 'SubmitFormInBrowser':
      return [submit(intent)]
  }
}
