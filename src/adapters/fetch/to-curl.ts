/**
 * A descriptor as one line for a shell, to read and to paste.
 *
 *     curl --request POST --header 'Authorization: Bearer '"$MARKETO_TOKEN" --header 'Content-Type: …' --data-raw '…' 'https://…'
 *                                                          └ never the secret itself
 *
 * Secrets and empty places are shell variables, the only text between double quotes. All the rest is quoted so that the shell takes it
 * as it stands, also quotes, backticks and dollars; line breaks are written `$'\n'`, which bash, zsh and ksh know. The character with
 * the number 0 has no place in a shell word; no endpoint described here can send one.
 *
 * @module
 */

import { bodyText } from '../../endpoints/body-text.js'
import { hostName, requestUri } from '../../endpoints/request-uri.js'
import { withLead } from '../../endpoints/slots.js'
import type { Auth, HttpRequest, Slot } from '../../intent/descriptor.js'

/** Text as it stands, or the name of a shell variable. */
type Piece = string | { readonly variable: string }

/** Line breaks and the like, which single quotes cannot keep on one line. */
const control = (c: string): boolean => c < ' '

const hex = (c: string): string => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`

/** One character between `$'` and `'`. */
const escaped = (c: string): string => (c === '\\' || c === "'" ? `\\${c}` : control(c) ? hex(c) : c)

const quoted = (text: string): string =>
  Array.from(text).some(control) ? `$'${Array.from(text, escaped).join('')}'` : `'${text.replace(/'/g, "'\\''")}'`

const printPiece = (piece: Piece): string => (typeof piece === 'string' ? quoted(piece) : `"$${piece.variable}"`)

/** Neighbouring texts as one; empty ones take no room. */
const joined = (pieces: ReadonlyArray<Piece>): ReadonlyArray<Piece> => {
  const done: Array<Piece> = []
  for (const piece of pieces) {
    const last = done[done.length - 1]
    if (typeof piece === 'string' && typeof last === 'string') done[done.length - 1] = last + piece
    else if (piece !== '') done.push(piece)
  }
  return done
}

/** One word of the command. */
const word = (pieces: ReadonlyArray<Piece>): string => {
  const full = joined(pieces)
  return full.length === 0 ? "''" : full.map(printPiece).join('')
}

const token: Piece = { variable: 'MARKETO_TOKEN' }

const authHeaders = (auth: Auth): ReadonlyArray<ReadonlyArray<Piece>> => {
  if (auth === 'bearer') return [['Authorization: Bearer ', token]]
  return auth === 'user-token' ? [['X-Mkto-User-Token: ', token]] : []
}

const authQuery = ({ auth, query }: HttpRequest): ReadonlyArray<Piece> =>
  auth === 'client-credentials'
    ? [
        `${query.length === 0 ? '?' : '&'}client_id=`,
        { variable: 'MARKETO_CLIENT_ID' },
        '&client_secret=',
        { variable: 'MARKETO_CLIENT_SECRET' }
      ]
    : []

/** A number that stands in for a variable while the request becomes text, and the variable. */
interface StandIn {
  readonly digits: string
  readonly variable: string
}

const variableOf = ({ step, pick }: Slot): string =>
  ['step', step, ...pick].map((part) => String(part).toUpperCase().replace(/\W/g, '_')).join('_')

const textsOf = (request: HttpRequest): ReadonlyArray<string> => [
  requestUri(request),
  request.body === null ? '' : bodyText(request.body).text
]

/** The request with a number in each empty place, one that occurs nowhere else in it. */
const withStandIns = (
  request: HttpRequest,
  slots: ReadonlyArray<Slot>
): { readonly request: HttpRequest; readonly standIns: ReadonlyArray<StandIn> } => {
  const texts = textsOf(request)
  const standIns: Array<StandIn> = []
  let complete = request
  let next = Number.MAX_SAFE_INTEGER
  for (const slot of slots) {
    while (texts.some((text) => text.includes(String(next)))) next -= 1
    complete = withLead(complete, slot.at, next) ?? complete
    standIns.push({ digits: String(next), variable: variableOf(slot) })
    next -= 1
  }
  return { request: complete, standIns }
}

/** A text cut at its stand-ins. */
const cut = (text: string, standIns: ReadonlyArray<StandIn>): ReadonlyArray<Piece> =>
  standIns.reduce<ReadonlyArray<Piece>>(
    (pieces, { digits, variable }) =>
      pieces.flatMap((piece) =>
        typeof piece !== 'string'
          ? [piece]
          : piece.split(digits).flatMap((part, i): ReadonlyArray<Piece> => (i === 0 ? [part] : [{ variable }, part]))
      ),
    [text]
  )

/**
 * A descriptor as a curl command of one line. Secrets are `$MARKETO_TOKEN`, `$MARKETO_CLIENT_ID` and `$MARKETO_CLIENT_SECRET`; give the
 * call's slots, and each empty place is a variable named after its answer, such as `$STEP_0_RESULT_0_ID`. A SOAP message is printed
 * without a signature, which no variable could hold: it would be good for one message and some minutes. To send such a line, print
 * what `signSoap` made of the descriptor.
 *
 * @example
 * import { describeIdentityToken } from 'segment-marketo/endpoints'
 * import { toCurl } from 'segment-marketo/fetch'
 * import { isMunchkinId } from 'segment-marketo/marketo'
 *
 * const munchkinId = '561-HYG-937'
 * const line = isMunchkinId(munchkinId) ? toCurl(describeIdentityToken(munchkinId).descriptor) : ''
 * line.startsWith("curl 'https://561-HYG-937.mktorest.com/identity/oauth/token?grant_type=client_credentials&client_id='") // => true
 * line.endsWith(`"$MARKETO_CLIENT_ID"'&client_secret='"$MARKETO_CLIENT_SECRET"`) // => true
 * @category printing
 * @since 0.1.0
 */
export const toCurl = (descriptor: HttpRequest, slots: ReadonlyArray<Slot> = []): string => {
  const { request, standIns } = withStandIns(descriptor, slots)
  const { method, headers, host, munchkinId, auth } = request
  const body = request.body === null ? undefined : bodyText(request.body)
  const lines: ReadonlyArray<ReadonlyArray<Piece>> = [
    ...authHeaders(auth),
    ...Object.entries(headers).map(([name, value]) => [`${name}: ${value}`]),
    ...(body === undefined ? [] : [[`Content-Type: ${body.type}`]])
  ]
  const url = [...cut(`https://${hostName(host, munchkinId)}${requestUri(request)}`, standIns), ...authQuery(request)]
  return [
    'curl',
    ...(method === 'GET' ? [] : [`--request ${method}`]),
    ...lines.map((line) => `--header ${word(line)}`),
    ...(body === undefined ? [] : [`--data-raw ${word(cut(body.text, standIns))}`]),
    word(url)
  ].join(' ')
}
