/**
 * Munchkin ids, tokens and cookies.
 *
 * @module
 */
import * as fc from 'fast-check'

/** A munchkin id in canonical form. */
export const munchkinIdText = fc.stringMatching(/^\d{3}-[A-Z]{3}-\d{3}$/)

/** A cookie domain, hyphens and several dots included, or a bare host. */
export const cookieDomainText = fc.oneof(
  fc.domain(),
  fc.constantFrom('localhost', 'my-company.com', 'digitalboost.co.nz', '192.168.0.1', 'a-1374552656411-90718.com')
)

const stamped = fc
  .tuple(cookieDomainText, fc.stringMatching(/^[1-9]\d{12}$/), fc.stringMatching(/^[1-9]\d{4}$/))
  .map(([domain, millis, random]) => ({ domain, token: `_mch-${domain}-${millis}-${random}` }))

const hashed = fc
  .tuple(cookieDomainText, fc.stringMatching(/^[0-9a-f]{31,32}$/))
  .map(([domain, hash]) => ({ domain, token: `_mch-${domain}-${hash}` }))

/** A token with one of the two endings that Adobe prints, and the domain inside it. */
export const knownToken = fc.oneof(stamped, hashed)

/** Any token that the canonical form admits. */
export const anyToken = fc.oneof(
  knownToken.map(({ token }) => token),
  fc.stringMatching(/^[!-~]+$/).filter((text) => !/[&,;]/.test(text))
)

/** A canonical cookie whose token has a known ending. */
export const cookieText = fc
  .tuple(munchkinIdText, knownToken)
  .map(([munchkinId, { token }]) => `id:${munchkinId}&token:${token}`)

/** A text that is nearly a cookie: its parts in the wrong order, doubled, damaged, half encoded. */
export const nearlyCookie = fc
  .array(
    fc.oneof(
      munchkinIdText,
      munchkinIdText.map((id) => id.toLowerCase()),
      knownToken.map(({ token }) => token),
      fc.constantFrom(
        'id:',
        'token:',
        'id=',
        'token=',
        '&',
        '%26',
        '%3A',
        '%2526',
        '%',
        '_mkto_trk=',
        ' ',
        ';',
        '\n',
        'é'
      ),
      fc.string({ maxLength: 3 })
    ),
    { maxLength: 8 }
  )
  .map((parts) => parts.join(''))
