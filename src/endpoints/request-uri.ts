/**
 * The one place where a request's path and query become text, percent-encoded once.
 *
 * It lies here, and not with the adapter that sends, because a request's size limits are kept where it is described.
 *
 * @module
 */
import { encodePairs, encodePart } from '../ground/uri.js'
import { utf8Length } from '../ground/utf8.js'
import type { Host, HttpRequest } from '../intent/descriptor.js'
import { byteLimits } from '../marketo/limits.js'
import type { MunchkinId } from '../marketo/munchkin-id.js'

/**
 * The host name that answers for an instance.
 *
 * Source: Adobe "Base URL", "Lead Tracking", "Data Ingestion"; the SOAP host is that of the removed SOAP pages.
 *
 * @example
 * import { isMunchkinId } from 'segment-marketo/marketo'
 * import { hostName } from 'segment-marketo/endpoints'
 *
 * const munchkinId = '561-HYG-937'
 * isMunchkinId(munchkinId) && hostName('beacon', munchkinId) // => '561-HYG-937.mktoresp.com'
 * @category urls
 * @since 0.1.0
 */
export const hostName = (host: Host, munchkinId: MunchkinId): string => {
  switch (host) {
    case 'rest':
    case 'identity':
    case 'bulk':
      return `${munchkinId}.mktorest.com`
    case 'beacon':
      return `${munchkinId}.mktoresp.com`
    case 'soap':
      return `${munchkinId}.mktoapi.com`
    case 'ingestion':
      return 'mkto-ingestion-api.adobe.io'
  }
}

/** A URL parser rewrites an apostrophe in a query; written so from the start, what we count is what is sent. */
const apostrophes = /'/g

/**
 * Path and query as they stand in a URL, from the first slash on.
 *
 * @category urls
 * @since 0.1.0
 */
export const requestUri = ({ path, query }: Pick<HttpRequest, 'path' | 'query'>): string => {
  let uri = ''
  for (const part of path) uri += `/${encodePart(part)}`
  if (query.length > 0) uri += `?${encodePairs(query)}`
  return uri.replace(apostrophes, '%27')
}

/** Bytes of the whole URL, as it goes over the wire. @internal */
export const uriBytes = (request: HttpRequest): number =>
  utf8Length(`https://${hostName(request.host, request.munchkinId)}${requestUri(request)}`)

/** A code unit takes nine bytes at most: three of UTF-8, each written `%XX`. */
const encodedAtMost = 9
/** Scheme and host name of any request. */
const originAtMost = 60

/** Bytes that the whole URL takes at most: nothing is encoded to know that nearly all URLs are far below their limit. */
const uriBytesAtMost = ({ path, query }: HttpRequest): number => {
  let bytes = originAtMost
  for (const part of path) bytes += 1 + encodedAtMost * part.length
  for (const [name, value] of query) bytes += 2 + encodedAtMost * (name.length + value.length)
  return bytes
}

/** Whether a URL is longer than Marketo takes. @internal */
export const isUriTooLong = (request: HttpRequest): boolean =>
  uriBytesAtMost(request) > byteLimits.uri && uriBytes(request) > byteLimits.uri
