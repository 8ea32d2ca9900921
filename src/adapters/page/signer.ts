/**
 * The question to the customer's own signer, and its answer in the call that follows.
 *
 *     GET <origin>/integrations/marketo/v1/p1/name%40example.com/hash   →   {"hash":"6cf6ee58…1896"}
 *
 * @module
 */
import { isRecord, type Json, ownMember } from '../../ground/json.js'
import { encodePart, unfitPart } from '../../ground/uri.js'
import type { SignerRequest, Slot } from '../../intent/descriptor.js'
import type { Page } from './page.js'
import type { PageRequest } from './world.js'

/** A question that was asked, and the signature when there is one. @internal */
export interface Asked {
  hash: string | undefined
}

const hashIn = (body: string): string | undefined => {
  try {
    const json: unknown = JSON.parse(body)
    const hash = isRecord(json) ? ownMember(json, 'hash') : undefined
    return typeof hash === 'string' && /^[0-9a-f]{40}$/i.test(hash) ? hash.toLowerCase() : undefined
  } catch {
    return undefined
  }
}

/** The signature, or undefined when the signer does not give one in time. @internal */
export const askSigner = async (
  page: Page,
  { origin, path }: SignerRequest,
  request: PageRequest,
  timeOut: number
): Promise<string | undefined> => {
  if (path.some((part) => unfitPart(part) !== undefined)) return undefined
  let body: string | undefined
  const asked = page.body(`${origin}/${path.map(encodePart).join('/')}`, request).then((text) => {
    body = text
  })
  await page.within(timeOut, asked)
  return body === undefined ? undefined : hashIn(body)
}

/**
 * The arguments with the signature in the place that stands empty for it, or undefined. Nothing but a signature is filled in, and only
 * where nothing stands.
 *
 * @internal
 */
export const filledArgs = (
  args: ReadonlyArray<Json>,
  slots: ReadonlyArray<Slot>,
  asked: Asked | undefined
): ReadonlyArray<Json> | undefined => {
  let filled = args
  for (const { at, pick } of slots) {
    const [place, index, ...rest] = at
    const hash = pick.length === 1 && pick[0] === 'hash' ? asked?.hash : undefined
    if (hash === undefined || place !== 'args' || rest.length > 0 || typeof index !== 'number') return undefined
    if (filled[index] !== '') return undefined
    filled = filled.map((arg, i) => (i === index ? hash : arg))
  }
  return filled
}
