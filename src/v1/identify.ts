/**
 * identify: over SOAP from a server, by Munchkin's associateLead from a browser.
 *
 *     server    → SyncLeadOverSoap { lead: the cookie or the email, email, attributes: { FirstName, UserId, … }, cookie }
 *     browser   → AssociateLeadInBrowser { fields: { Email, FirstName, userId, … }, signature }
 *
 * Both routes are switched off; `replaceRetired` gives what to do instead. An email that cannot be one stops the event: another key
 * would make a second lead of the same person.
 *
 * Sources: Segment "Marketo Destination", Identify; Segment's marketo for analytics.js 2.0.2.
 *
 * @module
 */
import { readOwnCookie } from '../contract/own-cookie.js'
import { kindOf } from '../ground/json.js'
import { malformed, missing, type Problem, risky } from '../ground/problem.js'
import type { Signature } from '../intent/intent.js'
import type { Findings } from '../intent/mapped.js'
import { isEmail } from '../marketo/email.js'
import { readEmail } from '../segment/email.js'
import type { IdentifyEvent } from '../segment/event.js'
import type { Found } from '../segment/found.js'
import type { StandardTraits } from '../segment/standard-traits.js'
import type { Compiled } from './compile.js'
import { beginRecord, finishRecord } from './record.js'
import type { Settings } from './settings.js'
import { associateLeadSignature } from './sign.js'
import { cookieKey } from './visit.js'

/**
 * The private key of Munchkin's API and where the mapping that holds it runs. On a server that renders the page only the signature
 * reaches the browser; in a browser the key itself would, and each identify says so.
 *
 * @category mapping
 * @since 0.1.0
 */
export interface Signing {
  readonly privateKey: string
  readonly runsIn: 'server' | 'browser'
}

const mendEmail = 'send one address in plain ASCII, such as ana@example.com, as the email trait or as userId'
const mendNobody = 'send the email as a trait or as userId, or the Munchkin cookie'
const mendNoEmail = 'without an email only the cookie says who this is: send the email as a trait or as userId'
const mendKey =
  'whoever opens the page can read it and claim any lead: leave the key with a signer, and give its place as signerOrigin and projectId'

/** The email of the call: undefined when there is none, null after saying that what is there cannot be one. */
const emailOf = (
  event: IdentifyEvent,
  traits: StandardTraits,
  isTraitOnly: boolean,
  problems: Array<Problem>
): Found<string> | null | undefined => {
  const found = readEmail(event, isTraitOnly ? ['traits'] : undefined, traits)
  if (found === undefined) return undefined
  if (typeof found.value === 'string' && isEmail(found.value)) return { value: found.value, at: found.at }
  // A userId with an @ in it that is no email is a userId.
  if (found.at.length === 1) return undefined
  problems.push(malformed('invalid', found.at, kindOf(found.value), mendEmail))
  return null
}

/** Maps an identify call for the server. */
export const mapIdentify = (compiled: Compiled, event: IdentifyEvent, findings: Findings): void => {
  const { settings, server } = compiled
  const { problems } = findings
  const begun = beginRecord(server, event, problems)
  const email = emailOf(event, begun.standard, false, problems)
  if (email === null) return
  const cookie = readOwnCookie(settings, event, problems)
  if (email === undefined && cookie === undefined) {
    problems.push(missing('invalid', ['traits', 'email'], mendNobody))
    return
  }
  if (email === undefined) problems.push(missing('warning', ['traits', 'email'], mendNoEmail))
  const attributes = finishRecord(compiled, server, event, begun, email)
  findings.intents.push({
    _tag: 'SyncLeadOverSoap',
    munchkinId: settings.munchkinId,
    lead: cookie === undefined ? { lookupField: 'email', value: email?.value ?? '' } : cookieKey(cookie.value),
    email: email?.value ?? null,
    attributes,
    cookie: cookie?.value ?? null
  })
}

const mendSigner = 'give the project id, or the private key to a mapper that does not run in a page'

/** How the call is signed, or undefined after saying why it cannot be. */
export const signatureFor = (
  settings: Settings,
  signing: Signing | undefined,
  email: string,
  problems: Array<Problem>
): Signature | undefined => {
  if (signing !== undefined) {
    if (signing.runsIn === 'browser') problems.push(risky(['settings', 'privateKey'], 'key-in-browser', mendKey))
    return { _tag: 'Signed', signature: associateLeadSignature(signing.privateKey)(email) }
  }
  const { projectId, signerOrigin } = settings
  if (projectId !== null) {
    const path = ['integrations', 'marketo', 'v1', projectId, email, 'hash']
    return { _tag: 'AskSigner', origin: signerOrigin, path }
  }
  problems.push(missing('invalid', ['settings', 'projectId'], mendSigner))
  return undefined
}

const mendBrowser = 'associateLead needs the email: send it as a trait, or as userId'

/** Maps an identify call for the browser. */
export const mapIdentifyInBrowser = (
  compiled: Compiled,
  signing: Signing | undefined,
  event: IdentifyEvent,
  findings: Findings
): void => {
  const { settings, browser } = compiled
  const { problems } = findings
  const begun = beginRecord(browser, event, problems)
  const email = emailOf(event, begun.standard, settings.clientEmail === 'trait', problems)
  if (email === null) return
  if (email === undefined) {
    problems.push(missing('invalid', ['traits', 'email'], mendBrowser))
    return
  }
  const signature = signatureFor(settings, signing, email.value, problems)
  if (signature === undefined) return
  const fields = finishRecord(compiled, browser, event, begun, email)
  findings.intents.push({ _tag: 'AssociateLeadInBrowser', munchkinId: settings.munchkinId, fields, signature })
}
