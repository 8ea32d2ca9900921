/**
 * A delivery step by step: the calls as they go out, the answers as they are made up.
 */
import { next, type Request } from '../../src/delivery/next.js'
import type { DeliveryOptions } from '../../src/delivery/options.js'
import type { Item } from '../../src/delivery/outcome.js'
import { receive } from '../../src/delivery/receive.js'
import { add, start } from '../../src/delivery/start.js'
import type { Delivery } from '../../src/delivery/state.js'
import type { Intent, SubmitForm, VisitPage } from '../../src/intent/intent.js'
import type { Answer } from '../../src/intent/outcome.js'
import { isMunchkinId, type MunchkinId } from '../../src/marketo/munchkin-id.js'
import { cookie, email, itemsOf, munchkinId } from './world.js'

export const t = 1_700_000_000_000

const other = '123-ABC-456'
if (!isMunchkinId(other)) throw new Error('no Munchkin id')
export const elsewhere: MunchkinId = other

export const ok = (body: unknown, status = 200): Answer => ({ status, headers: {}, body })
export const told = (...result: ReadonlyArray<unknown>): Answer => ok({ success: true, result })
export const refused = (code: string, message = 'no'): Answer => ok({ success: false, errors: [{ code, message }] })
export const skipped = (code: string, message = 'no'): Answer =>
  told({ status: 'skipped', reasons: [{ code, message }] })
export const granted = ok({ access_token: 'x', expires_in: 3_600 })

export const answer = (state: Delivery, request: Request | undefined, what: Answer, now = t): Delivery =>
  receive(state, request?.id ?? '', what, now)
export const lose = (state: Delivery, request: Request | undefined, now = t): Delivery =>
  receive(state, request?.id ?? '', { kind: 'lost' }, now)

type Step = readonly [state: Delivery, requests: ReadonlyArray<Request>]

/** A delivery that has its tokens, and the calls that it makes then. */
export const begun = (items: ReadonlyArray<Item>, options: Partial<DeliveryOptions> = {}): Step => {
  const [asked, tokens] = next(start(items, options), t)
  return next(
    tokens.reduce((state, token) => answer(state, token, granted), asked),
    t
  )
}

/** One more of each, and the calls that are made then. */
export const more = (state: Delivery, intents: ReadonlyArray<Intent>, now = t): Step =>
  next(
    add(
      state,
      intents.map((intent, i) => ({ id: `more${i}`, messageId: null, intent }))
    ),
    now
  )

/** A delivery that has written the leads of these, numbered from 1. */
export const acquainted = (intents: ReadonlyArray<Intent>, options: Partial<DeliveryOptions> = {}): Delivery => {
  const [state, [write]] = begun(itemsOf(...intents), options)
  return answer(state, write, told(...intents.map((_, i) => ({ id: i + 1, status: 'created' }))))
}

export const endpoints = (requests: ReadonlyArray<Request>): ReadonlyArray<string> =>
  requests.map(({ call: { descriptor, intents } }) => `${descriptor.endpoint} ${intents.length}`)

export const ends = ({ outcomes }: Delivery): ReadonlyArray<string> => outcomes.map(({ id, _tag }) => `${id} ${_tag}`)

export const visit = (n: number): VisitPage => ({
  _tag: 'VisitPage',
  munchkinId,
  lead: { lookupField: 'email', value: email(n) },
  visitor: { _tag: 'Cookie', cookie: cookie(n) },
  page: { origin: 'https://corp.test', path: `/${n}`, params: '', fragment: '' },
  referrer: '',
  userAgent: 'test',
  ip: null,
  at: t
})

export const form = (n: number): SubmitForm => ({
  _tag: 'SubmitForm',
  munchkinId,
  lead: { lookupField: 'email', value: email(n) },
  formId: 7,
  fields: { email: email(n) },
  cookie: null,
  page: null,
  userAgent: null,
  ip: null
})
