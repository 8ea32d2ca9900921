/**
 * Intents that run in the lead's own browser, as calls of Munchkin and of Forms 2.0.
 *
 *     StartInBrowser        Munchkin.init(id, options), and MktoForms2.loadForm(…) of the hidden form
 *     VisitPageInBrowser    Munchkin.munchkinFunction('visitWebPage', { url, params })
 *     SubmitFormInBrowser   the hidden form: addHiddenFields(…), submit()
 *     AssociateLeadInBrowser  Munchkin.munchkinFunction('associateLead', fields, signature), or first the question to the signer
 *
 * Munchkin and the form know whose browser it is, so no call names a lead.
 *
 * Sources: Adobe "Lead Tracking", "Munchkin API Reference", "Forms API Reference"; Segment's marketo-v2 for analytics.js.
 *
 * @module
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/ReadonlyNonEmptyArray'
import type { Json } from '../ground/json.js'
import {
  type Call,
  type HiddenForm,
  type Lifecycle,
  live,
  type MunchkinCall,
  type SignerRequest
} from '../intent/descriptor.js'
import type {
  AssociateLeadInBrowser,
  BrowserIntent,
  StartInBrowser,
  SubmitFormInBrowser,
  VisitPageInBrowser
} from '../intent/intent.js'

/**
 * A call to make in a browser.
 *
 * @category browser
 * @since 0.1.0
 */
export type BrowserCall = Call<MunchkinCall> | Call<HiddenForm> | Call<SignerRequest>

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
  munchkin('munchkinFunction', ['visitWebPage', url === null ? { params } : { url, params }])

const submit = (intent: SubmitFormInBrowser): BrowserCall =>
  hiddenForm(intent, intent.formId, { submit: intent.fields })

/** Munchkin 161 came without it in the autumn of 2021; which day is not published. */
const associateLeadGone: Lifecycle = { status: 'retired', since: '2021-10', insteadUse: 'submitForm' }

/** Signed here: one call. Else the signer is asked first, and a slot says where its answer belongs. */
const associate = ({ fields, signature }: AssociateLeadInBrowser): ReadonlyNonEmptyArray<BrowserCall> => {
  const call = (key: string, slots: Call['slots']): BrowserCall => ({
    descriptor: {
      _tag: 'MunchkinCall',
      function: 'munchkinFunction',
      args: ['associateLead', fields, key],
      lifecycle: associateLeadGone
    },
    intents: [0],
    slots
  })
  if (signature._tag === 'Signed') return [call(signature.signature, [])]
  const { origin, path } = signature
  return [
    { descriptor: { _tag: 'SignerRequest', origin, path, lifecycle: associateLeadGone }, intents: [0], slots: [] },
    call('', [{ at: ['args', 2], step: 0, pick: ['hash'] }])
  ]
}

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
    case 'AssociateLeadInBrowser':
      return associate(intent)
  }
}
