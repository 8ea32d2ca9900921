/**
 * What became of a call in the page: it was made, or why it was not and what mends that.
 *
 * No text here names a value: what a page says may end up in a log.
 *
 * @module
 */

/**
 * Why a call was not made.
 *
 * - `blocked`: its script, or its form, did not come.
 * - `not-started`: nobody started Munchkin, or loaded that form, in time.
 * - `already-started`: this was done before, by this runner; nothing is lost.
 * - `already-on-page`: the page has a Munchkin of its own, which has counted the visit; or a form of its own with this number.
 * - `no-signature`: the signer did not answer with a signature.
 * - `unknown-call`: the page's Munchkin does not know it.
 * - `threw`: the page's Munchkin or Forms 2.0 threw.
 * - `queue-full`: too many calls are waiting.
 *
 * @category page
 * @since 0.1.0
 */
export type NotRunReason =
  | 'blocked'
  | 'not-started'
  | 'already-started'
  | 'already-on-page'
  | 'no-signature'
  | 'unknown-call'
  | 'threw'
  | 'queue-full'

/**
 * A call that was not made.
 *
 * @category page
 * @since 0.1.0
 */
export interface NotRun {
  readonly _tag: 'NotRun'
  readonly reason: NotRunReason
  readonly mend: string
}

/**
 * What became of a call. `Ran` says that it was made; what Marketo made of it, no page is told.
 *
 * @category page
 * @since 0.1.0
 */
export type Ran = { readonly _tag: 'Ran' } | NotRun

/** The call was made. @internal */
export const ran: Ran = { _tag: 'Ran' }

const notRun = (reason: NotRunReason, mend: string): NotRun => ({ _tag: 'NotRun', reason, mend })

/** The ways in which a call is not made. @internal */
export const notRunFor = {
  munchkinBlocked: notRun(
    'blocked',
    'Munchkin did not load: an ad blocker, a content security policy or the network; send this from a server'
  ),
  formsBlocked: notRun(
    'blocked',
    'Forms 2.0 did not load: an ad blocker, a content security policy or the network; check the host of the form'
  ),
  formAbsent: notRun(
    'blocked',
    'Marketo did not give the form: check its number, its munchkin id and its host, and that it is approved'
  ),
  munchkinNotStarted: notRun('not-started', 'start Munchkin first (init): other calls wait for it, but not for ever'),
  formNotLoaded: notRun('not-started', 'load the form first: a submission waits for it, but not for ever'),
  initTwice: notRun('already-started', 'nothing to mend: Munchkin is started once for each munchkin id'),
  loadTwice: notRun('already-started', 'nothing to mend: the form is loaded already'),
  snippet: notRun(
    'already-on-page',
    'the page has a Munchkin snippet of its own: take it out, a second start would count visits twice'
  ),
  ownForm: notRun('already-on-page', 'the page shows this form: make another one, without fields, for hidden use'),
  signature: notRun(
    'no-signature',
    'the signer should answer 200 with {"hash": "<40 hex digits>"}; the lead was not associated'
  ),
  retired: notRun('unknown-call', 'Munchkin 161 and later do not know associateLead: submit a hidden form instead'),
  unknownCall: notRun('unknown-call', "the page's Munchkin has no such function: load Marketo's own script"),
  threw: notRun('threw', "the page's own Marketo script threw: see whether it is the one that Marketo serves"),
  queueFull: notRun('queue-full', 'fewer calls at once, or a higher queueLimit')
} as const
